package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/command"

	"golang.org/x/sys/unix"
	"golang.org/x/term"
)

// terminal opens a pseudo terminal: what the program sees, and the person's end of it.
func terminal(t *testing.T) (seen, person *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	seen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = seen.Close(), person.Close() })
	return seen, person
}

// TestAsked plays a person at a terminal, whose secret does not show, and to whom a question is asked that the next one takes back.
func TestAsked(t *testing.T) {
	seen, person := terminal(t)
	if !isTerminal(seen) {
		t.Fatal("it is no terminal")
	}
	a := &asked{in: seen, out: seen}
	shown := bufio.NewReader(person)
	var transcript strings.Builder
	until := func(text string) {
		t.Helper()
		for !strings.HasSuffix(transcript.String(), text) {
			c, err := shown.ReadByte()
			if err != nil {
				t.Fatal(err)
			}
			transcript.WriteByte(c)
		}
	}
	say := func(line string) {
		t.Helper()
		if _, err := io.WriteString(person, line+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	type answer struct {
		text string
		err  error
	}
	do := func(ask func() (string, error)) <-chan answer {
		done := make(chan answer, 1)
		go func() {
			text, err := ask()
			done <- answer{text, err}
		}()
		return done
	}
	ctx, cancel := context.WithCancel(t.Context())
	before, err := term.GetState(int(seen.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	hidden := func() { // what is typed earlier shows
		t.Helper()
		for {
			state, err := term.GetState(int(seen.Fd()))
			if err != nil {
				t.Fatal(err)
			}
			if *state != *before {
				return
			}
		}
	}
	withdrawn := do(func() (string, error) {
		return a.Input(ctx, protocol.InputParams{Title: "Waiting", Prompt: "A key:", Secret: true})
	})
	until("A key: ")
	hidden()
	cancel()
	if got := <-withdrawn; got.err == nil {
		t.Errorf("a question that is taken back is answered %q", got.text)
	}
	if after, err := term.GetState(int(seen.Fd())); err != nil || *after != *before {
		t.Errorf("the terminal is left in another state: %v", err)
	}
	picked := do(func() (string, error) {
		return a.Pick(t.Context(), protocol.PickParams{Title: "Which?", Items: []protocol.PickItem{{ID: "x", Label: "one", Group: "All"}, {ID: "y", Label: "two", Group: "All"}}})
	})
	until("Number from 1 to 2: ")
	say("7")
	until("Number from 1 to 2: ")
	say("2")
	if got := <-picked; got.text != "y" || got.err != nil {
		t.Errorf("picked %q: %v", got.text, got.err)
	}
	for _, line := range []string{"Which?", "    All", "  1 one", "  2 two"} {
		if !strings.Contains(transcript.String(), line+"\r\n") {
			t.Errorf("no line is %q in\n%s", line, transcript.String())
		}
	}
	for prompt, ask := range map[string]func() (string, error){
		"Number from 1 to 1: ": func() (string, error) {
			return a.Pick(t.Context(), protocol.PickParams{Items: []protocol.PickItem{{ID: "x"}}})
		},
		"A name: ": func() (string, error) { return a.Input(t.Context(), protocol.InputParams{Prompt: "A name:"}) },
	} {
		dismissed := do(ask)
		until(prompt)
		say("")
		if got := <-dismissed; !errors.Is(got.err, command.ErrDismissed) {
			t.Errorf("%san empty line answers %q: %v", prompt, got.text, got.err)
		}
	}
	secret := do(func() (string, error) {
		return a.Input(t.Context(), protocol.InputParams{Prompt: "Secret:", Secret: true})
	})
	until("Secret: ")
	hidden()
	say("canary")
	if got := <-secret; got.text != "canary" || got.err != nil {
		t.Errorf("typed %q: %v", got.text, got.err)
	}
	if until("\n"); strings.Contains(transcript.String(), "canary") {
		t.Errorf("the secret shows:\n%s", transcript.String())
	}
}

// TestBlankBrowser opens a page with a BROWSER that names nothing, and no other.
func TestBlankBrowser(t *testing.T) {
	t.Setenv("BROWSER", " ")
	t.Setenv("PATH", "")
	var seen strings.Builder
	if err := (&asked{out: &seen}).Browse(t.Context(), "http://x"); err != nil || !strings.Contains(seen.String(), "Open the address yourself.") {
		t.Errorf("%v, says %q", err, &seen)
	}
}
