package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"

	"prefect-ls/protocol"
	"prefect-ls/server/command"

	"golang.org/x/term"
)

// asked is a [command.Person] at a terminal. Questions go to out, which is not where results go.
type asked struct {
	command.Person

	in      *os.File
	out     io.Writer
	reading <-chan typed // a line that is being read still, as its question has been taken back; or nil
}

// typed is a line, or why there is none.
type typed struct {
	line string
	err  error
}

func isTerminal(in io.Reader) bool {
	file, ok := in.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// Pick lists the items with numbers, and takes a number.
func (a *asked) Pick(ctx context.Context, question protocol.PickParams) (string, error) {
	fmt.Fprintln(a.out, visible(question.Title))
	group := ""
	for i, item := range question.Items {
		if item.Group != group {
			group = item.Group
			fmt.Fprintln(a.out, "    "+visible(group))
		}
		fmt.Fprintf(a.out, "%3d %s\n", i+1, visible(strings.TrimSpace(strings.Join([]string{item.Label, item.Description, item.Detail}, "  "))))
	}
	for {
		line, err := a.line(ctx, fmt.Sprintf("Number from 1 to %d: ", len(question.Items)), false)
		if err != nil {
			return "", err
		}
		if line == "" {
			return "", command.ErrDismissed
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(question.Items) {
			return question.Items[n-1].ID, nil
		}
	}
}

// Input takes a line. A secret one does not show.
func (a *asked) Input(ctx context.Context, question protocol.InputParams) (string, error) {
	for _, text := range []string{question.Problem, question.Title, question.Patience} {
		if text != "" {
			fmt.Fprintln(a.out, visible(text))
		}
	}
	line, err := a.line(ctx, strings.TrimSpace(question.Prompt)+" ", question.Secret)
	if err == nil && line == "" {
		return "", command.ErrDismissed
	}
	return line, err
}

// line reads a line, or ends with the context, which leaves the terminal as it was.
func (a *asked) line(ctx context.Context, prompt string, secret bool) (string, error) {
	fmt.Fprint(a.out, visible(prompt))
	terminal := int(a.in.Fd())
	before, err := term.GetState(terminal)
	if err != nil {
		return "", err
	}
	if a.reading == nil {
		a.reading = read(a.in, secret)
	}
	select {
	case t := <-a.reading:
		a.reading = nil
		if secret {
			fmt.Fprintln(a.out)
		}
		if t.err == io.EOF { //nolint:errorlint // as readers return it
			return "", command.ErrDismissed
		}
		return strings.TrimSpace(t.line), t.err
	case <-ctx.Done():
		fmt.Fprintln(a.out)
		return "", errors.Join(ctx.Err(), term.Restore(terminal, before))
	}
}

// read reads a line from a terminal, which does not show a secret one.
func read(in *os.File, secret bool) <-chan typed {
	done := make(chan typed, 1)
	go func() {
		if secret {
			line, err := term.ReadPassword(int(in.Fd()))
			done <- typed{string(line), err}
			return
		}
		line, err := bufio.NewReader(in).ReadString('\n')
		done <- typed{line, err}
	}()
	return done
}

// Browse opens a page in the browser, and names it in case that nothing comes of it.
func (a *asked) Browse(_ context.Context, url string) error {
	fmt.Fprintf(a.out, "Opening %s\n", visible(url))
	opener := []string{"xdg-open"}
	switch named := strings.Fields(os.Getenv("BROWSER")); {
	case len(named) > 0:
		opener = named
	case runtime.GOOS == "darwin":
		opener = []string{"open"}
	case runtime.GOOS == "windows":
		opener = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	page := exec.Command(opener[0], append(opener[1:], url)...) //nolint:gosec // what the person has set
	if err := page.Start(); err != nil {
		fmt.Fprintln(a.out, "No browser could be opened. Open the address yourself.")
		return nil
	}
	go func() { _ = page.Wait() }() // its end is nobody's news
	return nil
}

// Progress tells what goes on.
func (a *asked) Progress(ctx context.Context, title string) (context.Context, func()) {
	fmt.Fprintln(a.out, title)
	return ctx, func() {}
}
