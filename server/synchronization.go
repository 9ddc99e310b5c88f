package server

import (
	"context"

	"prefect-ls/server/feature"
	"prefect-ls/server/session"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

func (s *Server) didOpen(_ *glsp.Context, p *lsp.DidOpenTextDocumentParams) error {
	doc := p.TextDocument
	return s.publish(s.session.Open(doc.URI, doc.LanguageID, doc.Version, doc.Text), doc.URI)
}

func (s *Server) didChange(_ *glsp.Context, p *lsp.DidChangeTextDocumentParams) error {
	snap, err := s.session.Change(p.TextDocument.URI, p.TextDocument.Version, p.ContentChanges)
	if err != nil {
		return err
	}
	return s.publish(snap, p.TextDocument.URI)
}

func (s *Server) didClose(_ *glsp.Context, p *lsp.DidCloseTextDocumentParams) error {
	uri := p.TextDocument.URI
	snap := s.session.Close(uri)
	if snap.Client.PullDiagnostics {
		s.after(func(context.Context) error {
			s.session.Load(uri)
			return nil
		})
	}
	return s.publish(snap, uri)
}

// publish sends a client that does not ask for it what is wrong with a document; for one that is not open, that nothing is.
func (s *Server) publish(snap *session.Snapshot, uri string) error {
	if snap.Client.PullDiagnostics {
		return nil
	}
	params := lsp.PublishDiagnosticsParams{URI: uri, Diagnostics: []lsp.Diagnostic{}}
	if doc := snap.Document(uri); doc != nil {
		params.Version = new(lsp.UInteger(doc.Version)) //nolint:gosec // LSP counts versions up from 0
		params.Diagnostics = feature.Diagnostics(snap, doc)
	}
	return s.client.Notify(lsp.ServerTextDocumentPublishDiagnostics, params)
}
