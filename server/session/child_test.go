package session

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
)

// childVariable turns this test program into a process that writes to the file called childFile in its working directory.
const (
	childVariable = "SESSION_TEST_CHILD"
	childFile     = "f"
)

func TestMain(m *testing.M) {
	if job := os.Getenv(childVariable); job != "" {
		os.Exit(beChild(job))
	}
	os.Exit(m.Run())
}

func beChild(job string) int {
	fmt.Println("ready")
	var said string
	err := errors.New("nobody knows how to " + job)
	switch job {
	case "rewrite":
		said, err = rewriteOften(childFile, os.Stdin)
	case "write":
		err = writeForever(childFile)
	}
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println(said)
	return 0
}

// A child is a process of its own.
type child struct {
	*exec.Cmd
	in  io.WriteCloser
	out io.Reader
}

// startChild returns once the process is at its work.
func startChild(t *testing.T, job, folder string) child {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Dir, cmd.Env = folder, append(os.Environ(), childVariable+"="+job)
	in, err := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	ready := make([]byte, len("ready\n"))
	if _, err := io.ReadFull(out, ready); err != nil {
		t.Fatal(err)
	}
	return child{cmd, in, out}
}

// start has the process begin its next piece of work.
func (c child) start(t *testing.T) {
	t.Helper()
	if _, err := c.in.Write([]byte{'\n'}); err != nil {
		said, _ := io.ReadAll(c.out)
		t.Fatalf("%v: %s", err, said)
	}
}

// end lets the process finish and returns what it said.
func (c child) end(t *testing.T) string {
	t.Helper()
	c.in.Close()
	said, err := io.ReadAll(c.out)
	if err := errors.Join(err, c.Wait()); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return string(bytes.TrimSpace(said))
}

func (c child) kill(t *testing.T) {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	c.Wait()
}
