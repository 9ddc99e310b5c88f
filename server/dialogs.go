package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"prefect-ls/protocol"
	"prefect-ls/server/command"
	"prefect-ls/server/transport"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

// dialogs are how deeds reach the person behind the client: by messages of our own where it announces them, else by those of LSP.
type dialogs struct{ *Server }

// Pick implements [command.Person].
func (d dialogs) Pick(ctx context.Context, question protocol.PickParams) (id string, err error) {
	if !d.session.Snapshot().Client.Dialogs {
		return d.pickByMessage(ctx, question)
	}
	question.Title, question.Detail, question.Placeholder = unlinked(question.Title), unlinked(question.Detail), unlinked(question.Placeholder)
	var answer *protocol.PickResult
	if err := d.client.Call(ctx, protocol.MethodPick, question, &answer); err != nil {
		return "", err
	}
	if answer == nil {
		return "", command.ErrDismissed
	}
	return answer.ID, nil
}

// pickByMessage asks with the buttons of a message, a few at a time.
func (d dialogs) pickByMessage(ctx context.Context, question protocol.PickParams) (id string, err error) {
	const most, more = 6, "More..."
	items := question.Items
	for from := 0; ; from += most {
		if from >= len(items) {
			from = 0
		}
		shown := items[from:min(from+most, len(items))]
		buttons := make([]lsp.MessageActionItem, 0, most+1)
		ids := map[string]string{}
		for _, item := range shown {
			title := item.Label
			if _, twice := ids[title]; twice {
				title = strings.TrimSpace(title + " " + cmp.Or(item.Description, item.ID))
			}
			ids[title] = item.ID
			buttons = append(buttons, lsp.MessageActionItem{Title: title})
		}
		if len(items) > most {
			buttons = append(buttons, lsp.MessageActionItem{Title: more})
		}
		title, err := d.ask(ctx, lsp.MessageTypeInfo, strings.TrimSpace(question.Title+" "+question.Detail), buttons)
		switch {
		case err != nil:
			return "", err
		case title == "":
			return "", command.ErrDismissed
		case ids[title] != "":
			return ids[title], nil
		}
	}
}

// unlinked is text for a message, in which names may be of whatever origin: VS Code makes a link of "[name](command:...)" that does what
// it says.
func unlinked(text string) string { return strings.ReplaceAll(text, "](", "] (") }

// errAsksNothing is the error of a client that should ask.
var errAsksNothing = errors.New("your editor cannot ask what a server wants to know. In a terminal, prefect-ls login, workspace set and profile use do the same")

// ask shows a message with buttons and returns the title of the one that was pressed, or nothing.
func (d dialogs) ask(ctx context.Context, kind lsp.MessageType, text string, buttons []lsp.MessageActionItem) (title string, err error) {
	var answer *lsp.MessageActionItem
	params := lsp.ShowMessageRequestParams{Type: kind, Message: unlinked(text), Actions: buttons}
	err = d.client.Call(ctx, lsp.ServerWindowShowMessageRequest, params, &answer)
	if refusal, ok := errors.AsType[*transport.Error](err); ok && refusal.Code == transport.MethodNotFound {
		return "", errAsksNothing
	}
	if err != nil || answer == nil {
		return "", err
	}
	return answer.Title, nil
}

// Input implements [command.Person]. LSP has no way to let a person type.
func (d dialogs) Input(ctx context.Context, question protocol.InputParams) (value string, err error) {
	if !d.session.Snapshot().Client.Dialogs {
		return "", errors.ErrUnsupported
	}
	question.Title, question.Prompt, question.Problem = unlinked(question.Title), unlinked(question.Prompt), unlinked(question.Problem)
	var answer *protocol.InputResult
	if err := d.client.Call(ctx, protocol.MethodInput, question, &answer); err != nil {
		return "", err
	}
	if answer == nil {
		return "", command.ErrDismissed
	}
	return answer.Value, nil
}

// Browse implements [command.Person]. A client without our dialogs is named what it cannot open, as nothing else would.
func (d dialogs) Browse(ctx context.Context, address string) error {
	client := d.session.Snapshot().Client
	if !client.ShowDocument {
		d.Say(ctx, command.Message{Type: lsp.MessageTypeInfo, Text: "Open " + address})
		return nil
	}
	var answer lsp.ShowDocumentResult
	err := d.client.Call(ctx, lsp.ServerWindowShowDocument, showing(address), &answer)
	switch {
	case err == nil && answer.Success, ctx.Err() != nil:
		return err
	case !client.Dialogs:
		d.Say(ctx, command.Message{Type: lsp.MessageTypeWarning, Text: "Your editor could not open a page. Open it yourself: " + address})
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("the editor could not open %s", address)
}

// showing asks for a page in the browser, or for a file in the editor, at the line that #L3 names.
func showing(address string) lsp.ShowDocumentParams {
	uri, fragment, _ := strings.Cut(address, "#")
	if u, err := url.Parse(uri); err != nil || u.Scheme != "file" {
		return lsp.ShowDocumentParams{URI: address, External: new(true)}
	}
	params := lsp.ShowDocumentParams{URI: uri, TakeFocus: new(true)}
	if line, err := strconv.ParseUint(strings.TrimPrefix(fragment, "L"), 10, 31); err == nil && line > 0 {
		at := lsp.Position{Line: lsp.UInteger(line - 1)}
		params.Selection = &lsp.Range{Start: at, End: at}
	}
	return params
}

// Callback implements [command.Person]. A client that does not know better has its browser here.
func (d dialogs) Callback(ctx context.Context, address string) (string, error) {
	if !d.session.Snapshot().Client.Dialogs {
		return address, nil
	}
	var answer protocol.CallbackResult
	err := d.client.Call(ctx, protocol.MethodCallback, protocol.CallbackParams{URL: address}, &answer)
	return answer.URL, err
}

// Say implements [command.Person].
func (d dialogs) Say(_ context.Context, message command.Message) {
	// Many an editor makes a person answer a message with actions before anything else: no good news is worth that.
	plain := message.Type >= lsp.MessageTypeInfo && !d.session.Snapshot().Client.Dialogs
	if len(message.Actions) == 0 || plain {
		d.show(message)
		return
	}
	d.start("a message with actions", func(ctx context.Context) error {
		buttons := make([]lsp.MessageActionItem, len(message.Actions))
		for i, action := range message.Actions {
			buttons[i].Title = action.Title
		}
		title, err := d.ask(ctx, message.Type, message.Text, buttons)
		if err != nil {
			d.show(message)
			return err
		}
		for _, action := range message.Actions {
			if action.Title == title {
				if err := action.Do(ctx); err != nil {
					d.complain(ctx, err)
				}
			}
		}
		return nil
	})
}

// show shows a message without its actions.
func (d dialogs) show(message command.Message) {
	if err := d.client.Notify(lsp.ServerWindowShowMessage, lsp.ShowMessageParams{Type: message.Type, Message: unlinked(message.Text)}); err != nil {
		d.log.Warningf("showing a message: %v", err)
	}
}

// Progress implements [command.Person].
func (d dialogs) Progress(ctx context.Context, title string) (running context.Context, done func()) {
	running, cancel := context.WithCancel(ctx)
	if !d.session.Snapshot().Client.Progress {
		return running, cancel
	}
	token := fmt.Sprintf("prefect/%d", d.progress.next.Add(1))
	params := map[string]any{"token": token}
	if err := d.client.Call(ctx, lsp.ServerWindowWorkDoneProgressCreate, params, nil); err != nil {
		return running, cancel
	}
	d.progress.cancel.Store(token, cancel)
	tell := func(value any) {
		params := map[string]any{"token": token, "value": value}
		if err := d.client.Notify(lsp.MethodProgress, params); err != nil {
			d.log.Warningf("telling of progress: %v", err)
		}
	}
	tell(lsp.WorkDoneProgressBegin{Kind: "begin", Title: title, Cancellable: new(true)})
	return running, func() {
		cancel()
		if _, open := d.progress.cancel.LoadAndDelete(token); open {
			tell(lsp.WorkDoneProgressEnd{Kind: "end"})
		}
	}
}

// progress is what the client shows of what goes on.
type progress struct {
	next   atomic.Int64
	cancel sync.Map // from the token to a [context.CancelFunc]
}

// cancelProgress ends what the person does not want to wait for.
func (s *Server) cancelProgress(_ *glsp.Context, params *lsp.WorkDoneProgressCancelParams) error {
	if cancel, open := s.progress.cancel.Load(fmt.Sprint(params.Token.Value)); open {
		cancel.(context.CancelFunc)()
	}
	return nil
}
