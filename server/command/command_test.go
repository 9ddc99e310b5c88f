package command

import (
	"context"
	"errors"

	"prefect-ls/protocol"
)

// silent is a [Person] who answers nothing.
type silent struct{}

var errAsked = errors.New("the person was asked")

func (silent) Pick(context.Context, protocol.PickParams) (string, error)   { return "", errAsked }
func (silent) Input(context.Context, protocol.InputParams) (string, error) { return "", errAsked }
func (silent) Browse(context.Context, string) error                        { return errAsked }
func (silent) Callback(context.Context, string) (string, error)            { return "", errAsked }
func (silent) Say(context.Context, Message)                                {}
func (silent) Progress(ctx context.Context, _ string) (context.Context, func()) {
	return ctx, func() {}
}
