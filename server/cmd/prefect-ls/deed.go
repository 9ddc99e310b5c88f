package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server"
	"prefect-ls/server/command"
	"prefect-ls/server/session"
)

// A deedRun is what the options of a verb ask for that does something with servers.
type deedRun struct {
	desk  *command.Desk
	names []string
	json  bool
}

// parseDeed reads the options of a verb that does something. Where it reports false, the command ends with the code.
func parseDeed(std stdio, verb, usage string, args []string, declare func(*flag.FlagSet)) (run deedRun, code int, ok bool) {
	flags := flag.NewFlagSet(verb, flag.ContinueOnError)
	declare(flags)
	format := flags.String("format", "text", "the `format`: text or json")
	cwd := flags.String("cwd", ".", "the `folder` in which the code is started")
	names, code, ok := parse(std, flags, usage, args)
	if !ok {
		return run, code, false
	}
	isJSON, err := isJSON(*format)
	if err != nil {
		return run, fail(std, "%v", err), false
	}
	run = deedRun{desk: newDesk(std, *cwd, isJSON), names: names, json: isJSON}
	if in, ok := std.in.(*os.File); ok && isTerminal(in) {
		run.desk.Person = &asked{Person: run.desk.Person, in: in, out: std.err}
	}
	return run, exitClean, true
}

// end tells of the outcome, where it has not been said.
func (d deedRun) end(std stdio, result protocol.CommandResult, err error) int {
	switch {
	case errors.Is(err, command.ErrDismissed), errors.Is(err, context.Canceled):
		return fail(std, "nothing was changed")
	case err != nil:
		return fail(std, "%s", command.Sentence(err))
	case d.json:
		if err := encode(std.out, result); err != nil {
			return fail(std, "writing the result: %v", err)
		}
	}
	return exitClean
}

// newDesk is where deeds are done without an editor, for code that is started in the folder at cwd.
func newDesk(std stdio, cwd string, quiet bool) *command.Desk {
	person := unasked{std.out}
	if quiet {
		person.out = io.Discard
	}
	memory := session.New(nil, session.ReadDisk)
	memory.Learn(func(*session.Directory) *session.Directory { return recalled() })
	return &command.Desk{
		Person: person,
		Now:    time.Now,
		Folder: func(string) (*session.Folder, error) { return folderAt(cwd, "") },
		Servers: command.Servers{
			Settings:  func() protocol.Settings { return protocol.Settings{} },
			Directory: func() *session.Directory { return memory.Snapshot().Directory },
			Learn:     func(change func(*session.Directory) *session.Directory) { memory.Learn(change) },
			UserAgent: server.Name + "/" + version,
			Cache:     command.Cache(),
		},
	}
}

// recalled is what servers said earlier.
func recalled() *session.Directory {
	var nothing *session.Directory
	return nothing.Recall(command.Cache().All())
}
