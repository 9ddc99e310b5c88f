package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"prefect-ls/profiles/settings"
	"prefect-ls/protocol"
	"prefect-ls/server/command"
	"prefect-ls/server/session"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

// commands are the names of those that a client may have executed.
func commands() []string { return slices.Sorted(maps.Keys(command.Deeds())) }

// newDesk is where this server does what commands ask for.
func (s *Server) newDesk() *command.Desk {
	return &command.Desk{
		Person: dialogs{s},
		Editor: editing{s},
		Folder: s.folder,
		Now:    time.Now,
		Servers: command.Servers{
			Settings:  func() protocol.Settings { return s.session.Snapshot().Settings },
			Directory: func() *session.Directory { return s.session.Snapshot().Directory },
			Learn:     s.learn,
			UserAgent: Name + "/" + s.version,
			Cache:     command.Cache(),
		},
	}
}

// folder is what is in effect in the folder of a file or folder; for "", in the first folder in use.
func (s *Server) folder(uri string) (*session.Folder, error) {
	snap := s.session.Snapshot()
	if f := snap.Folder(uri); f != nil {
		return f, nil
	}
	if used := snap.InUse(); len(used) > 0 {
		return used[0], nil
	}
	return nil, errors.New("open a folder first: it decides on what is in effect")
}

// executeCommand does what a command asks for. What goes wrong is shown here, with what can be done about it, and is no error of
// the request: editors would show it a second time.
func (s *Server) executeCommand(call *glsp.Context, params *lsp.ExecuteCommandParams) (any, error) {
	deed := command.Deeds()[params.Command]
	if deed == nil {
		return nil, fmt.Errorf("prefect-ls does not know the command %s", settings.MaskKeys(params.Command))
	}
	var arguments protocol.CommandParams
	if len(params.Arguments) > 0 {
		raw, err := json.Marshal(params.Arguments[0])
		if err == nil {
			err = json.Unmarshal(raw, &arguments)
		}
		if err != nil {
			return nil, invalidParams(params.Command)
		}
	}
	result, err := s.desk.Do(call.Context, deed, arguments)
	if err != nil {
		return protocol.CommandResult{Message: s.complain(call.Context, err)}, nil
	}
	return result, nil
}

// complain shows the person what went wrong, unless it was the person who ended it.
func (s *Server) complain(ctx context.Context, err error) string {
	if errors.Is(err, context.Canceled) || errors.Is(err, command.ErrDismissed) {
		return ""
	}
	message := command.Message{Type: lsp.MessageTypeError, Text: settings.MaskKeys(command.Sentence(err))}
	if failure, ok := errors.AsType[*command.Failure](err); ok {
		message.Actions = failure.Actions
	}
	s.desk.Person.Say(ctx, message)
	return message.Text
}

// targets answers where code could be run.
func (s *Server) targets(call *glsp.Context, params *protocol.TargetsParams) (any, error) {
	return s.desk.Targets(call.Context, *params)
}

// learn takes in what a server said, and shows it wherever it makes a difference.
func (s *Server) learn(change func(*session.Directory) *session.Directory) {
	s.session.Learn(change)
	s.start("show what a server said", func(ctx context.Context) error {
		return errors.Join(s.inEffect(ctx), s.refreshDiagnostics(ctx), s.refreshInlayHints(ctx), s.refreshCodeLenses(ctx))
	})
}

// recall takes in what servers said in earlier sessions.
func (s *Server) recall(context.Context) error {
	if listings := s.desk.Servers.Cache.All(); len(listings) > 0 {
		s.session.Learn(func(d *session.Directory) *session.Directory { return d.Recall(listings) })
	}
	return nil
}

// start does something that nobody waits for.
func (s *Server) start(what string, do func(ctx context.Context) error) { go s.attempt(what, do) }

// attempt does something of which nobody is told how it went. A panic in it costs nothing but itself.
func (s *Server) attempt(what string, do func(ctx context.Context) error) {
	defer func() {
		if p := recover(); p != nil {
			s.log.Errorf("panic in %q: a value of type %T\n%s", what, p, debug.Stack()) // which may quote a key
		}
	}()
	if err := do(context.Background()); err != nil && s.state.Load() == initialized {
		s.log.Warningf("%s: %v", what, err)
	}
}

// editing is the client as deeds know it: an editor that has files open.
type editing struct{ *Server }

func (e editing) Snapshot() *session.Snapshot { return e.session.Snapshot() }

func (e editing) ApplyEdit(ctx context.Context, label string, edit lsp.WorkspaceEdit) (applied bool, err error) {
	if !e.session.Snapshot().Client.ApplyEdit {
		return false, errors.ErrUnsupported
	}
	var answer lsp.ApplyWorkspaceEditResponse
	err = e.client.Call(ctx, lsp.ServerWorkspaceApplyEdit, lsp.ApplyWorkspaceEditParams{Label: &label, Edit: edit}, &answer)
	return answer.Applied, err
}

func (e editing) Copy(text string) error {
	if !e.session.Snapshot().Client.Dialogs {
		return fmt.Errorf("your editor lets no server use its clipboard: %w", errors.ErrUnsupported)
	}
	return e.client.Notify(protocol.MethodCopy, protocol.CopyParams{Text: text})
}

func (e editing) Written(path string) { e.filesChanged([]string{path}) }
