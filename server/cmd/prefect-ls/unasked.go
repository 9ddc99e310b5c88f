package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"prefect-ls/protocol"
	"prefect-ls/server/command"
)

// unasked is a [command.Person] who has said all on the command line. Messages go to out.
type unasked struct{ out io.Writer }

// Pick fails: the command line has to say it.
func (unasked) Pick(_ context.Context, question protocol.PickParams) (string, error) {
	lines := []string{question.Title}
	for _, item := range question.Items {
		lines = append(lines, "  "+item.Label)
	}
	return "", errors.New(strings.Join(append(lines, "Say it on the command line; see --help."), "\n"))
}

// Input fails: the command line has to say it.
func (unasked) Input(_ context.Context, question protocol.InputParams) (string, error) {
	return "", fmt.Errorf("%s: %s is missing", question.Title, question.Prompt)
}

// Browse names the page.
func (p unasked) Browse(_ context.Context, url string) error {
	_, err := fmt.Fprintf(p.out, "Open %s in your browser.\n", visible(url))
	return err
}

// Callback is the same address: the browser is expected on this machine.
func (unasked) Callback(_ context.Context, url string) (string, error) { return url, nil }

// Say prints the message.
func (p unasked) Say(_ context.Context, message command.Message) {
	fmt.Fprintln(p.out, visibleLines(message.Text))
}

// Progress has nothing to show.
func (unasked) Progress(ctx context.Context, _ string) (context.Context, func()) {
	return ctx, func() {}
}
