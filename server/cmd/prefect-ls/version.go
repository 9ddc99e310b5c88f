package main

import (
	"context"
	"flag"
	"fmt"

	"prefect-ls/profiles/settings"
)

// version is the release, set by the linker from package.json.
var version = "dev"

func printVersion(_ context.Context, std stdio, args []string) int {
	if _, code, ok := parse(std, flag.NewFlagSet("version", flag.ContinueOnError), "Usage: prefect-ls version\n", args); !ok {
		return code
	}
	fmt.Fprintf(std.out, "prefect-ls %s (settings of Prefect %s)\n", version, settings.Version)
	return exitClean
}
