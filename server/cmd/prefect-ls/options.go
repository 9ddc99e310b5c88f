package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// parse reads the options of a command, wherever they stand among its other arguments, which it returns. Where it reports false, the
// command ends with the code.
func parse(std stdio, flags *flag.FlagSet, usage string, args []string) (names []string, code int, ok bool) {
	flags.SetOutput(io.Discard)
	names, err := parseArgs(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(std.out, usage)
		listOptions(std.out, flags)
		return nil, exitClean, false
	case err != nil:
		return nil, fail(std, "%v; see prefect-ls %s --help", err, flags.Name()), false
	}
	return names, exitClean, true
}

// listOptions lists them with two dashes, as everybody writes them; one would do.
func listOptions(out io.Writer, flags *flag.FlagSet) {
	flags.VisitAll(func(f *flag.Flag) {
		value, usage := flag.UnquoteUsage(f)
		fmt.Fprintf(out, "  %s\n        %s", strings.TrimSpace("--"+f.Name+" "+value), usage)
		if f.DefValue != "" && f.DefValue != "false" {
			fmt.Fprintf(out, " (default %s)", f.DefValue)
		}
		fmt.Fprintln(out)
	})
}

// parseArgs reads options wherever they stand among the paths; all that follows "--" is a path.
func parseArgs(flags *flag.FlagSet, args []string) (paths []string, err error) {
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		rest := flags.Args()
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(paths, rest...), nil
		}
		if len(rest) == 0 {
			break
		}
		paths, args = append(paths, rest[0]), rest[1:]
	}
	return paths, nil
}

// isJSON reads the value of --format of a command that has just two.
func isJSON(format string) (bool, error) {
	if format != "text" && format != "json" {
		return false, fmt.Errorf("there is no format %q; use text or json", format)
	}
	return format == "json", nil
}

// checkRelease refuses a value of --prefect-version that is none.
func checkRelease(release string) error {
	if release != "" && (release[0] < '0' || release[0] > '9') {
		return fmt.Errorf("%q is not a release such as 3.4.0", release)
	}
	return nil
}

const releaseUsage = "the `release` of Prefect in use, such as 3.4.0, if it is not that of the folder's environment or lock file"
