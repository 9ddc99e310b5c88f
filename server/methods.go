package server

import (
	"encoding/json"
	"maps"

	"prefect-ls/protocol"
	"prefect-ls/server/feature"
	"prefect-ls/server/session"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
	lsp317 "github.com/tliron/glsp/protocol_3_17"
)

// table is everything that the server can be asked, apart from initialize and exit; see [Server.Handle].
func (s *Server) table() *lsp317.Handler {
	h := &lsp317.Handler{Handler: lsp.Handler{
		Initialized:                        s.initialized,
		Shutdown:                           s.shutdown,
		SetTrace:                           func(*glsp.Context, *lsp.SetTraceParams) error { return nil },
		TextDocumentDidOpen:                s.didOpen,
		TextDocumentDidChange:              s.didChange,
		TextDocumentDidClose:               s.didClose,
		TextDocumentDidSave:                func(*glsp.Context, *lsp.DidSaveTextDocumentParams) error { return nil },
		WorkspaceDidChangeConfiguration:    s.didChangeConfiguration,
		WorkspaceDidChangeWatchedFiles:     s.didChangeWatchedFiles,
		WorkspaceDidChangeWorkspaceFolders: s.didChangeWorkspaceFolders,
		WorkspaceExecuteCommand:            s.executeCommand,
		WindowWorkDoneProgressCancel:       s.cancelProgress,
		TextDocumentHover:                  request(feature.Hover),
		TextDocumentCompletion:             request(feature.Completion),
		CompletionItemResolve:              request(feature.CompletionItemResolve),
		TextDocumentCodeLens:               request(feature.CodeLens),
		TextDocumentCodeAction:             untyped(request(feature.CodeAction)),
		TextDocumentDocumentSymbol:         request(feature.DocumentSymbol),
		TextDocumentFoldingRange:           request(feature.FoldingRange),
		TextDocumentDefinition:             untyped(request(feature.Definition)),
		TextDocumentReferences:             request(feature.References),
		TextDocumentDocumentHighlight:      request(feature.DocumentHighlight),
		TextDocumentDocumentLink:           request(feature.DocumentLink),
		TextDocumentPrepareRename:          untyped(request(feature.PrepareRename)),
		TextDocumentRename:                 request(feature.Rename),
		TextDocumentSemanticTokensFull:     request(feature.SemanticTokens),
	}}
	h.TextDocumentDiagnostic = request(feature.Diagnostic)
	h.CustomRequest = lsp.CustomRequestHandlers{
		protocol.MethodWorkspaceDiagnostic: custom(s.workspaceDiagnostic),
		protocol.MethodInlayHint:           custom(untyped(request(feature.InlayHint))),
		protocol.MethodStatus:              custom(untyped(request(feature.Status))),
		protocol.MethodTargets:             custom(s.targets),
		protocol.MethodSettings:            custom(untyped(request(feature.Settings))),
		protocol.MethodAPIURL:              custom(untyped(request(feature.APIURL))),
	}
	maps.Copy(h.CustomRequest, faults())
	h.SetInitialized(true) // our own state says when a message may come
	return h
}

// request turns a feature into a glsp handler: it answers from the snapshot of the moment the request came in.
func request[P, R any](answer func(*session.Snapshot, *P) (R, error)) func(*glsp.Context, *P) (R, error) {
	return func(call *glsp.Context, params *P) (R, error) {
		if err := call.Context.Err(); err != nil {
			var nothing R
			return nothing, err
		}
		return answer(session.FromContext(call.Context), params)
	}
}

// untyped fits a typed answer to those glsp handlers that return any.
func untyped[P, R any](handler func(*glsp.Context, *P) (R, error)) func(*glsp.Context, *P) (any, error) {
	return func(call *glsp.Context, params *P) (any, error) { return handler(call, params) }
}

// custom fits a handler to a method that glsp does not know.
func custom[P any](handler func(*glsp.Context, *P) (any, error)) lsp.CustomRequestHandler {
	return lsp.CustomRequestHandler{Func: func(call *glsp.Context, raw json.RawMessage) (any, error) {
		var params P
		if err := json.Unmarshal(raw, &params); err != nil {
			return nil, invalidParams(call.Method)
		}
		return handler(call, &params)
	}}
}
