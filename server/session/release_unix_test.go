//go:build unix

package session

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// TestPrefectReleaseOfNoFile shows that a pipe, which nobody may ever write to, does not hold up who asks for the release.
func TestPrefectReleaseOfNoFile(t *testing.T) {
	folder := t.TempDir()
	for _, name := range append(lockFiles(), "requirements.txt") {
		if err := syscall.Mkfifo(filepath.Join(folder, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found := make(chan string, 1)
	go func() { found <- PrefectRelease(folder) }()
	select {
	case release := <-found:
		if release != "" {
			t.Errorf("got %q of a pipe", release)
		}
	case <-time.After(30 * time.Second):
		t.Fatal("still reading the pipe")
	}
}
