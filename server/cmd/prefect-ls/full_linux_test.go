package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestFullOutput has every verb write to where nothing can be written: a script must not take what it did not get for an empty result.
func TestFullOutput(t *testing.T) {
	binary := build(t)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer full.Close()
	home := t.TempDir()
	for _, args := range [][]string{
		{"--help"}, {"check", "--help"}, {"check"}, {"check", "--format", "json"}, {"status"}, {"status", "--format", "json"}, {"settings"},
		{"settings", "--all", "--format", "json"}, {"explain", "PREFECT_API_URL"}, {"explain", "unknown-setting"}, {"version"},
		{"profile", "create", "new"}, {"profile", "use", "new"}, {"profile", "ls"}, {"profile", "ls", "--format", "json"},
	} {
		var said bytes.Buffer
		command := exec.Command(binary, args...)
		command.Dir, command.Stdout, command.Stderr = home, full, &said
		command.Env = []string{"HOME=" + home}
		exit, _ := errors.AsType[*exec.ExitError](command.Run())
		if exit == nil || exit.ExitCode() != exitFailure || strings.Count(said.String(), "no space left on device") != 1 {
			t.Errorf("%q ends with %v and says %q", args, exit, said.String())
		}
	}
}
