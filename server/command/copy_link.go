package command

import (
	"context"
	"errors"
	"fmt"

	"prefect-ls/protocol"
)

// CopyLink puts the address of the page that [Open] shows into the clipboard.
func CopyLink(_ context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	url, err := d.page(params)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	if d.Editor == nil {
		return protocol.CommandResult{}, errors.ErrUnsupported
	}
	if err := d.Editor.Copy(url); err != nil {
		return protocol.CommandResult{}, err
	}
	return protocol.CommandResult{Done: true, Message: fmt.Sprintf("Copied %s.", url), Profile: params.Profile}, nil
}
