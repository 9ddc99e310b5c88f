package server

import (
	"encoding/json"
	"slices"

	"prefect-ls/protocol"
	"prefect-ls/server/feature"
	"prefect-ls/server/session"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
	lsp317 "github.com/tliron/glsp/protocol_3_17"
)

func (s *Server) initialize(call *glsp.Context) (result any, known, valid bool, err error) {
	var params protocol.InitializeParams
	if err := json.Unmarshal(call.Params, &params); err != nil {
		return nil, true, false, err
	}
	s.session.Connect(clientOf(params), foldersOf(params))
	if options, err := json.Marshal(params.InitializationOptions); err == nil {
		if err := s.configure(protocol.ReadSettings(options)); err != nil {
			return nil, true, true, err
		}
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

func clientOf(p protocol.InitializeParams) session.Client {
	c := p.Capabilities
	item := c.TextDocument.Completion.CompletionItem
	edits := c.Workspace.WorkspaceEdit
	// Neovim says less than it does: what works on files comes in document changes, and every code action may bring a command.
	documentChanges := edits.DocumentChanges || len(edits.ResourceOperations) > 0
	return session.Client{
		Encoding:           c.Agree(),
		Snippets:           item.SnippetSupport,
		DeprecatedItems:    item.TagSupport.Has(lsp.CompletionItemTagDeprecated),
		DocumentChanges:    documentChanges,
		CreateFiles:        slices.Contains(edits.ResourceOperations, lsp.ResourceOperationKindCreate),
		Configuration:      c.Workspace.Configuration,
		WatchConfiguration: c.Workspace.DidChangeConfiguration.Registration,
		WatchFiles:         c.Workspace.DidChangeWatchedFiles.Registration,
		PullDiagnostics:    c.TextDocument.Diagnostic != nil && !staysOutdated(p),
		RefreshDiagnostics: c.Workspace.Diagnostics.RefreshSupport,
		RelatedLocations:   c.TextDocument.PublishDiagnostics.RelatedInformation,
		OutdatedCode:       c.TextDocument.PublishDiagnostics.TagSupport.Has(lsp.DiagnosticTagDeprecated),
		SymbolTree:         c.TextDocument.DocumentSymbol.Hierarchical,
		WatchPlaces:        c.Workspace.DidChangeWatchedFiles.Registration && c.Workspace.DidChangeWatchedFiles.RelativePatterns,
		RefreshInlayHints:  c.Workspace.InlayHint.RefreshSupport,
		RefreshCodeLenses:  c.Workspace.CodeLens.RefreshSupport,
		Status:             c.Experimental.PrefectStatus,
		Dialogs:            c.Experimental.PrefectDialogs,
		Remote:             c.Experimental.PrefectRemote,
		Commands:           c.Workspace.ExecuteCommand != nil || c.TextDocument.CodeAction != nil,
		OwnCommands:        c.Experimental.PrefectCommands,
		ApplyEdit:          c.Workspace.ApplyEdit,
		ShowDocument:       c.Window.ShowDocument.Support,
		Progress:           c.Window.WorkDoneProgress,
	}
}

// staysOutdated reports whether the client, where it asks for diagnostics, shows the answer until the file itself changes. Neovim does,
// whatever becomes of other files: it cannot be told to ask again before 0.12, and then asks for the wrong ones (neovim/neovim#40623).
func staysOutdated(p protocol.InitializeParams) bool {
	return p.ClientInfo != nil && p.ClientInfo.Name == "Neovim"
}

func foldersOf(p protocol.InitializeParams) (uris []string) {
	for _, folder := range p.WorkspaceFolders {
		uris = append(uris, folder.URI)
	}
	if p.WorkspaceFolders == nil && p.RootURI != nil {
		uris = append(uris, *p.RootURI)
	}
	return uris
}

func (s *Server) capabilities() protocol.ServerCapabilities {
	c := protocol.ServerCapabilities{PositionEncoding: s.session.Snapshot().Client.Encoding}
	c.ServerCapabilities = s.methods.CreateServerCapabilities()
	c.TextDocumentSync = &lsp.TextDocumentSyncOptions{OpenClose: new(true), Change: new(lsp.TextDocumentSyncKindIncremental)}
	c.CompletionProvider = &lsp.CompletionOptions{
		TriggerCharacters: []string{"=", `"`, "'", ".", "["},
		ResolveProvider:   new(true),
	}
	c.CodeActionProvider = &lsp.CodeActionOptions{CodeActionKinds: []lsp.CodeActionKind{lsp.CodeActionKindQuickFix, lsp.CodeActionKindRefactor, feature.FixAll, feature.Deed}}
	c.SemanticTokensProvider = &lsp.SemanticTokensOptions{Legend: feature.SemanticTokensLegend(), Full: true}
	c.ExecuteCommandProvider = &lsp.ExecuteCommandOptions{Commands: commands()}
	c.RenameProvider = &lsp.RenameOptions{PrepareProvider: new(true)}
	c.InlayHintProvider = true
	c.Workspace = &lsp.ServerCapabilitiesWorkspace{
		WorkspaceFolders: &lsp.WorkspaceFoldersServerCapabilities{Supported: new(true), ChangeNotifications: &lsp.BoolOrString{Value: true}},
	}
	c.DiagnosticProvider = nil
	if s.session.Snapshot().Client.PullDiagnostics {
		c.DiagnosticProvider = lsp317.DiagnosticOptions{Identifier: new(feature.Source), InterFileDependencies: true, WorkspaceDiagnostics: true}
	}
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
	if client.PullDiagnostics {
		s.after(s.loadFolders)
	}
	if client.PullDiagnostics && client.WatchFiles {
		s.after(s.watchFolders)
	}
	s.after(s.recall)
	s.after(s.planCheck)
	s.after(s.inEffect)
	return nil
}

func (s *Server) shutdown(*glsp.Context) error {
	s.state.Store(shutDown)
	s.endChecks()
	return s.places.close()
}

// exit ends the session. Only after a shutdown is that as it should be; see [ErrNoShutdown].
func (s *Server) exit() {
	s.state.CompareAndSwap(shutDown, exited)
	s.stop()
}
