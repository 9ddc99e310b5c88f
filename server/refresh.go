package server

import (
	"context"

	"prefect-ls/protocol"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// refreshDiagnostics has a client that asks for diagnostics ask again.
func (s *Server) refreshDiagnostics(ctx context.Context) error {
	if client := s.session.Snapshot().Client; !client.PullDiagnostics || !client.RefreshDiagnostics {
		return nil
	}
	return s.client.Call(ctx, protocol.MethodWorkspaceDiagnosticRefresh, nil, nil)
}

// refreshInlayHints has a client ask again for what is shown between the text of files.
func (s *Server) refreshInlayHints(ctx context.Context) error {
	if !s.session.Snapshot().Client.RefreshInlayHints {
		return nil
	}
	return s.client.Call(ctx, protocol.MethodWorkspaceInlayHintRefresh, nil, nil)
}

// refreshCodeLenses has a client ask again for what is shown above profiles.
func (s *Server) refreshCodeLenses(ctx context.Context) error {
	if !s.session.Snapshot().Client.RefreshCodeLenses {
		return nil
	}
	return s.client.Call(ctx, lsp.ServerWorkspaceCodeLensRefresh, nil, nil)
}
