// Package command holds the deeds: what the server does at a person's word, be it from an editor or from the command line.
// Each command of [protocol.CommandParams] is one file. What a deed makes of a file's text is a [Change], which is pure; the
// [Desk] sees to it that it is written whole, proven, and can be undone.
package command

import (
	"context"
	"errors"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// ErrDismissed is the error of a [Person] who thought better of it. A deed that meets it has changed nothing.
var ErrDismissed = errors.New("dismissed")

// A Person is who asked for a deed, behind an editor or a terminal. All questions wait for the answer, and end with the context.
type Person interface {
	// Pick lets the person choose one of the items and returns its id.
	Pick(ctx context.Context, question protocol.PickParams) (id string, err error)
	// Input lets the person type a line.
	Input(ctx context.Context, question protocol.InputParams) (value string, err error)
	// Browse opens a page in the person's browser.
	Browse(ctx context.Context, url string) error
	// Callback is the address under which the person's browser reaches one of the loopback interface here.
	Callback(ctx context.Context, url string) (string, error)
	// Say shows a message. It does not wait: an action is done when, and if, the person chooses it.
	Say(ctx context.Context, message Message)
	// Progress shows that something goes on until done is called. The context that it returns ends if the person cancels it.
	Progress(ctx context.Context, title string) (running context.Context, done func())
}

// A Message is something to be told.
type Message struct {
	Type    lsp.MessageType
	Text    string
	Actions []Action
}

// An Action is something that can be done about a message.
type Action struct {
	Title string
	Do    func(ctx context.Context) error
}

// An Editor has files open, of which it, and not the disk, has the text.
type Editor interface {
	// Snapshot is what is open now.
	Snapshot() *session.Snapshot
	// ApplyEdit has the editor make an edit. It reports false where the editor did not, as the text has changed meanwhile.
	// The error is [errors.ErrUnsupported] for an editor that makes no edits of others.
	ApplyEdit(ctx context.Context, label string, edit lsp.WorkspaceEdit) (applied bool, err error)
	// Copy puts a text into the clipboard. The error is [errors.ErrUnsupported] for an editor that has none for others.
	Copy(text string) error
	// Written tells of a file that was written on disk.
	Written(path string)
}

// A Desk is what deeds are done at, one for each client. Deeds may be done at the same time.
type Desk struct {
	Person Person
	Editor Editor // nil on the command line
	// Folder is what is in effect in the folder of a file or folder; for "", in the first one of the workspace.
	Folder func(uri string) (*session.Folder, error)
	Now    func() time.Time
	// Servers are those that may be asked. The deeds that ask none do without.
	Servers Servers

	undo history
}

// A Deed is what a command does. Its errors are sentences for the person. Where the person thinks better of it, the result says so
// and there is no error.
type Deed func(ctx context.Context, desk *Desk, params protocol.CommandParams) (protocol.CommandResult, error)

// Deeds are what the commands do, by their names.
func Deeds() map[string]Deed {
	return map[string]Deed{
		protocol.CommandUseProfile:       UseProfile,
		protocol.CommandCreateProfile:    CreateProfile,
		protocol.CommandDuplicateProfile: DuplicateProfile,
		protocol.CommandExtractProfile:   ExtractProfile,
		protocol.CommandRenameProfile:    RenameProfile,
		protocol.CommandDeleteProfile:    DeleteProfile,
		protocol.CommandLogout:           Logout,
		protocol.CommandLogin:            Login,
		protocol.CommandSetWorkspace:     SetWorkspace,
		protocol.CommandSwitch:           Switch,
		protocol.CommandVerify:           Verify,
		protocol.CommandMoveKey:          MoveKey,
		protocol.CommandRestrictMode:     RestrictMode,
		protocol.CommandOpen:             Open,
		protocol.CommandCopyLink:         CopyLink,
		protocol.CommandCopyAsEnv:        CopyAsEnv,
		protocol.CommandUndo:             Undo,
	}
}

// Do does the deed of a command.
func (d *Desk) Do(ctx context.Context, deed Deed, params protocol.CommandParams) (protocol.CommandResult, error) {
	result, err := deed(ctx, d, params)
	if errors.Is(err, ErrDismissed) {
		return protocol.CommandResult{}, nil
	}
	return result, err
}
