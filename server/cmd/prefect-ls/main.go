// Command prefect-ls is a language server and linter for Prefect's configuration files.
//
// Each verb of the command line is one file.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"prefect-ls/profiles/settings"
)

// Exit codes.
const (
	exitClean    = 0 // nothing to report
	exitFindings = 1 // check found something at or above the severity asked for; serve ended without a shutdown
	exitFailure  = 2 // wrong usage, or we failed
)

// A verb is one thing that the command can do.
type verb struct {
	name, args, summary string
	run                 func(ctx context.Context, std stdio, args []string) int
}

func verbs() []verb {
	return []verb{
		{"serve", "", "Serve an editor over standard input and output (LSP).", serve},
		{"check", "[PATH...]", "Report what is wrong in configuration files.", check},
		{"status", "", "Tell where code that is started here runs, and why.", status},
		{"settings", "[NAME...]", "List the settings in effect here, with their sources.", listSettings},
		{"login", "", "Log in to Prefect Cloud.", login},
		{"logout", "", "Take the login out of a profile.", logout},
		{"workspace", "VERB", "List the workspaces of Prefect Cloud; point a profile at one.", workspaces},
		{"profile", "VERB", "List, use, create, rename and delete profiles.", profile},
		{"explain", "CODE|SETTING", "Explain a finding or a setting.", explain},
		{"version", "", "Print the version.", printVersion},
	}
}

// stdio are the streams of the process.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	out := &outlet{File: os.Stdout}
	std := stdio{os.Stdin, out, os.Stderr}
	code := run(ctx, std, os.Args[1:])
	if failure := out.failure.Load(); failure != nil && code != exitFailure {
		code = fail(std, "standard output: %v", *failure)
	}
	stop()
	os.Exit(code)
}

// An outlet is standard output, which remembers the first failure to write to it: what asked for a result did not get it.
type outlet struct {
	*os.File

	failure atomic.Pointer[error]
}

// Write implements [io.Writer].
func (o *outlet) Write(p []byte) (int, error) {
	n, err := o.File.Write(p)
	if err != nil {
		o.failure.CompareAndSwap(nil, &err)
	}
	return n, err
}

// WriteString implements [io.StringWriter], in place of that of the file.
func (o *outlet) WriteString(s string) (int, error) { return o.Write([]byte(s)) }

func run(ctx context.Context, std stdio, args []string) int {
	if len(args) == 0 {
		usage(std.err)
		return exitFailure
	}
	switch args[0] {
	case "--stdio": // many clients start every server like this
		return serve(ctx, std, args)
	case "-h", "--help", "help":
		usage(std.out)
		return exitClean
	case "--version":
		return printVersion(ctx, std, nil)
	}
	var names []string
	for _, v := range verbs() {
		if v.name == args[0] {
			return v.run(ctx, std, args[1:])
		}
		names = append(names, v.name)
	}
	if near, ok := settings.Nearest(args[0], names); ok {
		return fail(std, "there is no command %q; did you mean %s?", args[0], near)
	}
	return fail(std, "there is no command %q; prefect-ls --help lists them", args[0])
}

func usage(out io.Writer) {
	fmt.Fprintln(out, "prefect-ls understands the files in which Prefect keeps its settings.")
	fmt.Fprintln(out)
	for _, v := range verbs() {
		fmt.Fprintf(out, "  prefect-ls %-20s  %s\n", v.name+" "+v.args, v.summary)
	}
	fmt.Fprintln(out)
	fmt.Fprintln(out, "prefect-ls COMMAND --help lists the options of a command.")
}

// fail reports a failure of ours, or a wrong use, which may be a key in the wrong place.
func fail(std stdio, format string, args ...any) int {
	fmt.Fprintf(std.err, "prefect-ls: %s\n", visibleLines(settings.MaskKeys(fmt.Sprintf(format, args...))))
	return exitFailure
}
