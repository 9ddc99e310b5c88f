package server

import (
	"encoding/json"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

func (s *Server) initialize(call *glsp.Context) (result any, known, valid bool, err error) {
	var params protocol.InitializeParams
	if err := json.Unmarshal(call.Params, &params); err != nil {
		return nil, true, false, err
	}
	s.session.Connect(clientOf(params.Capabilities))
	if options, err := json.Marshal(params.InitializationOptions); err == nil {
		s.configure(options)
	}
	if params.ProcessID != nil {
		s.watchParent(int(*params.ProcessID))
	}
	s.state.Store(initialized)
	return protocol.InitializeResult{
		Capabilities: s.capabilities(),
		ServerInfo:   &lsp.InitializeResultServerInfo{Name: Name, Version: new(s.version)},
	}, true, true, nil
}

func clientOf(c protocol.ClientCapabilities) session.Client {
	client := session.Client{Encoding: c.Agree()}
	if w := c.Workspace; w != nil {
		client.Configuration = w.Configuration != nil && *w.Configuration
		client.WatchConfiguration = w.DidChangeConfiguration != nil && isTrue(w.DidChangeConfiguration.DynamicRegistration)
		client.DocumentChanges = w.WorkspaceEdit != nil && isTrue(w.WorkspaceEdit.DocumentChanges)
	}
	if t := c.TextDocument; t != nil {
		if t.Completion != nil && t.Completion.CompletionItem != nil {
			client.Snippets = isTrue(t.Completion.CompletionItem.SnippetSupport)
		}
		client.RelatedLocations = t.PublishDiagnostics != nil && isTrue(t.PublishDiagnostics.RelatedInformation)
	}
	return client
}

func isTrue(b *bool) bool { return b != nil && *b }

func (s *Server) capabilities() protocol.ServerCapabilities {
	c := protocol.ServerCapabilities{PositionEncoding: s.session.Snapshot().Client.Encoding}
	c.ServerCapabilities = s.methods.CreateServerCapabilities()
	c.TextDocumentSync = &lsp.TextDocumentSyncOptions{OpenClose: new(true), Change: new(lsp.TextDocumentSyncKindIncremental)}
	c.CompletionProvider = &lsp.CompletionOptions{
		TriggerCharacters: []string{"=", `"`, "'", ".", "["},
		ResolveProvider:   new(true),
	}
	c.CodeActionProvider = &lsp.CodeActionOptions{CodeActionKinds: []lsp.CodeActionKind{lsp.CodeActionKindQuickFix}}
	return c
}

func (s *Server) initialized(*glsp.Context, *lsp.InitializedParams) error {
	client := s.session.Snapshot().Client
	if client.WatchConfiguration {
		s.after(s.watchConfiguration)
	}
	if client.Configuration {
		s.after(s.pullConfiguration)
	}
	return nil
}

func (s *Server) shutdown(*glsp.Context) error {
	s.state.Store(shutDown)
	return nil
}

// exit ends the session. Only after a shutdown is that as it should be; see [ErrNoShutdown].
func (s *Server) exit() error {
	s.state.CompareAndSwap(shutDown, exited)
	s.stop()
	return nil
}
