package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"prefect-ls/server"

	"github.com/tliron/commonlog"
)

const serveUsage = `Usage: prefect-ls serve

Serve an editor over standard input and output, in the Language Server Protocol. The log goes to standard error.
`

// serve talks LSP. It takes any arguments: clients add some of their own, such as --stdio and --clientProcessId.
func serve(ctx context.Context, std stdio, args []string) int {
	if slices.Contains(args, "--help") || slices.Contains(args, "-h") {
		fmt.Fprint(std.out, serveUsage)
		return exitClean
	}
	commonlog.SetBackend(server.NewLogBackend(std.err))
	err := server.Serve(ctx, version, std.in, std.out)
	switch {
	case errors.Is(err, server.ErrNoShutdown), errors.Is(err, context.Canceled):
		return exitFindings
	case err != nil:
		return fail(std, "%v", err)
	}
	return exitClean
}
