package command

import (
	"context"
	"errors"
	"fmt"

	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// RestrictMode leaves the file at URI to its owner, so that nobody else on the machine gets at its secrets.
func RestrictMode(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	path, isFile := protocol.PathOf(params.URI)
	if !isFile {
		return protocol.CommandResult{}, errors.New("name the file that only you may read")
	}
	name := protocol.NameOf(params.URI)
	if err := session.Restrict(path); err != nil {
		return protocol.CommandResult{}, fmt.Errorf("restricting %s: %w", name, err)
	}
	if d.Editor != nil {
		d.Editor.Written(path)
	}
	return d.say(ctx, protocol.CommandResult{Message: fmt.Sprintf("Nobody but you can read or change %s now.", name), Path: path}), nil
}
