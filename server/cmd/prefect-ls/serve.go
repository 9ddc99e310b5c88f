package main

import (
	"context"
	"errors"

	"prefect-ls/server"

	"github.com/tliron/commonlog"
)

// serve talks LSP. It takes any arguments: clients add some of their own, such as --stdio and --clientProcessId.
func serve(ctx context.Context, std stdio, _ []string) int {
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
