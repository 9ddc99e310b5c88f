package command

import (
	"context"

	"prefect-ls/protocol"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// say tells the person what a deed has done, and is its result.
func (d *Desk) say(ctx context.Context, result protocol.CommandResult, actions ...Action) protocol.CommandResult {
	result.Done = true
	if result.Unsaved {
		result.Message += " Save the file to make it count."
	}
	d.Person.Say(ctx, Message{Type: lsp.MessageTypeInfo, Text: result.Message, Actions: actions})
	return result
}

// undoing is the action that takes back the last change, as long as it is the last.
func (d *Desk) undoing() Action {
	last, _ := d.undo.last()
	return Action{Title: "Undo", Do: func(ctx context.Context) error {
		_, err := d.takeBack(ctx, last)
		return err
	}}
}
