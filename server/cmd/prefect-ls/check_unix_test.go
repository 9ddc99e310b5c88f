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
