package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestCheckUnreadable has a folder with what may not be read. The rest is checked, and nobody is told that all is well.
func TestCheckUnreadable(t *testing.T) {
	const good, bad = "PREFECT_DEBUG_MODE=1\n", "PREFECT_DEBUG_MODE=maybe\n"
	s := newShell(t, map[string]string{"a/.env": good, "closed/.env": bad, "shut/below/.env": bad, "z/.env": bad})
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(os.Chmod("closed/.env", 0), os.Chmod("shut", 0), os.Chmod("a", 0o755), os.Chmod("z", 0o755), os.Chmod("closed", 0o755),
		os.Chmod("a/.env", 0o644), os.Chmod("z/.env", 0o644), os.Chmod(here, 0o755), os.Chmod(filepath.Dir(here), 0o755))
	if err != nil {
		t.Fatal(err)
	}
	defer os.Chmod("shut", 0o700)
	if os.Geteuid() == 0 { // whom no mode stops
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		const nobody = 65534
		if _, err := unix.SetfsuidRetUid(nobody); err != nil {
			t.Fatal(err)
		}
		defer unix.SetfsuidRetUid(0)
	}
	s.want(exitFailure, "", "check", "--format", "concise", ".")
	if !strings.HasPrefix(s.out.String(), "z/.env:1:20: error[invalid-value]") || strings.Count(s.out.String(), "\n") != 1 {
		t.Errorf("found is\n%s", &s.out)
	}
	s.wantIn(&s.err, "closed/.env cannot be read: permission denied", "shut: permission denied")
	s.want(exitFailure, "", "check", "--exit-zero", "closed", "a")
	s.wantIn(&s.out, "Nothing to report in 1 file.")
}
