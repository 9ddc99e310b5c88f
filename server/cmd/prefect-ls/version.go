package main

import (
	"context"
	"fmt"

	"prefect-ls/profiles/settings"
)

// version is the release, set by the linker from package.json.
var version = "dev"

func printVersion(_ context.Context, std stdio, _ []string) int {
	fmt.Fprintf(std.out, "prefect-ls %s (settings of Prefect %s)\n", version, settings.Version)
	return exitClean
}
