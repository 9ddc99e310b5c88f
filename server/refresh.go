package server

import (
	"context"

	"prefect-ls/protocol"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// refreshes are what a client is asked to ask for again.
type refreshes struct{ diagnostics, inlayHints, codeLenses latest }

// refreshDiagnostics has a client that asks for diagnostics ask again.
func (s *Server) refreshDiagnostics(ctx context.Context) error {
	client := s.session.Snapshot().Client
	return s.refresh(ctx, &s.refreshes.diagnostics, client.PullDiagnostics && client.RefreshDiagnostics, protocol.MethodWorkspaceDiagnosticRefresh)
}

// refreshInlayHints has a client ask again for what is shown between the text of files.
func (s *Server) refreshInlayHints(ctx context.Context) error {
	return s.refresh(ctx, &s.refreshes.inlayHints, s.session.Snapshot().Client.RefreshInlayHints, protocol.MethodWorkspaceInlayHintRefresh)
}

// refreshCodeLenses has a client ask again for what is shown above profiles.
func (s *Server) refreshCodeLenses(ctx context.Context) error {
	return s.refresh(ctx, &s.refreshes.codeLenses, s.session.Snapshot().Client.RefreshCodeLenses, lsp.ServerWorkspaceCodeLensRefresh)
}

func (s *Server) refresh(ctx context.Context, turns *latest, isWanted bool, method string) error {
	if !isWanted {
		return nil
	}
	return turns.do(func() error { return s.client.Call(ctx, method, nil, nil) })
}
