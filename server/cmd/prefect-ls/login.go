package main

import (
	"context"
	"flag"
	"io"
	"strings"

	"prefect-ls/profiles/settings"
	"prefect-ls/server/cloud"
	"prefect-ls/server/command"
)

const loginUsage = `Usage: prefect-ls login [OPTION...]

Log in to Prefect Cloud: in the browser, with a key that you type, or with one from standard input. The key goes into a profile.

`

func login(ctx context.Context, std stdio, args []string) int {
	if namesKey(args) {
		return fail(std, "a key is not taken as an argument, where the shell's history and other users of this computer see it; use --key-stdin")
	}
	request, keyStdin := command.LoginRequest{}, false
	deed, code, ok := parseDeed(std, "login", loginUsage, args, func(flags *flag.FlagSet) {
		flags.BoolVar(&keyStdin, "key-stdin", false, "read the API key from standard input")
		flags.StringVar(&request.Workspace, "workspace", "", "the workspace to use, as `account/workspace`")
		flags.StringVar(&request.Profile, "profile", "", "the `profile` to put the key into, instead of the active one or a new one")
	})
	switch {
	case !ok:
		return code
	case len(deed.names) > 0:
		return fail(std, "login takes no %q; see prefect-ls login --help", deed.names[0])
	case keyStdin:
		text, err := io.ReadAll(io.LimitReader(std.in, 64<<10))
		if err == nil {
			request.Key, err = cloud.ParseKey(string(text))
		}
		if err != nil {
			return fail(std, "%v", err)
		}
		request.Unasked = true
	case !isTerminal(std.in):
		return fail(std, "there is no terminal to ask on; use --key-stdin, and --workspace if the key can see several")
	}
	result, err := deed.desk.LogIn(ctx, request)
	return deed.end(std, result, err)
}

// namesKey reports whether somebody gives a key as an argument, which must not be repeated.
func namesKey(args []string) bool {
	for _, arg := range args {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && (name == "key" || name == "k") || settings.MaskKeys(arg) != arg {
			return true
		}
	}
	return false
}
