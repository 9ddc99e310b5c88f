package session

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWriteWaits meets a file that another program reads, or writes to, until it closes it.
func TestWriteWaits(t *testing.T) {
	for name, open := range map[string]func(path string) (*os.File, error){"read": os.Open, "written": os.Create} {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
			t.Fatal(err)
		}
		theirs, err := open(path)
		if err != nil {
			t.Fatal(err)
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if _, err := Write(ended, path, become("ours")); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want to have waited", name, err)
		}
		if err := theirs.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := Write(t.Context(), path, become("ours")); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		wantFile(t, path, "ours", 0o600)
		wantAlone(t, path)
	}
}

// TestWriteGivesUp meets a file that another program never closes, and says so.
func TestWriteGivesUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	theirs, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer theirs.Close()
	if _, err := Write(t.Context(), path, become("ours")); !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), "another program may have it open") {
		t.Error(err)
	}
	wantAlone(t, path)
}
