//go:build unix

package main

import (
	"syscall"
	"testing"
)

// TestCheckPipe shows that a pipe, which may never end, is not waited for.
func TestCheckPipe(t *testing.T) {
	s := newShell(t, nil)
	if err := syscall.Mkfifo("pipe.env", 0o600); err != nil {
		t.Fatal(err)
	}
	s.want(exitFailure, "", "check", "pipe.env")
	s.wantIn(&s.err, "pipe.env is not a regular file", "--stdin-filename")
}

// TestUnreadPipe tells of a pipe for which Prefect waits, and of none that it passes over.
func TestUnreadPipe(t *testing.T) {
	s := newShell(t, nil)
	for _, name := range []string{"prefect.toml", "pyproject.toml"} {
		if err := syscall.Mkfifo(name, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.want(exitClean, "", "status")
	if err := syscall.Mkfifo(".env", 0o600); err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"check", "status", "settings"} {
		s.want(exitFailure, "", verb)
		s.wantIn(&s.err, ".env is a pipe where a regular file should be")
	}
}
