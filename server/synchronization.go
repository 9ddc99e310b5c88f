package server

import (
	"prefect-ls/server/feature"
	"prefect-ls/server/session"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

func (s *Server) didOpen(_ *glsp.Context, p *lsp.DidOpenTextDocumentParams) error {
	doc := p.TextDocument
	return s.publish(s.session.Open(doc.URI, doc.Version, doc.Text), doc.URI)
}

func (s *Server) didChange(_ *glsp.Context, p *lsp.DidChangeTextDocumentParams) error {
	snap, err := s.session.Change(p.TextDocument.URI, p.TextDocument.Version, p.ContentChanges)
	if err != nil {
		return err
	}
	return s.publish(snap, p.TextDocument.URI)
}

func (s *Server) didClose(_ *glsp.Context, p *lsp.DidCloseTextDocumentParams) error {
	return s.publish(s.session.Close(p.TextDocument.URI), p.TextDocument.URI)
}

// publish sends what is wrong with a document; for one that is not open, that nothing is.
func (s *Server) publish(snap *session.Snapshot, uri string) error {
	params := lsp.PublishDiagnosticsParams{URI: uri, Diagnostics: []lsp.Diagnostic{}}
	if doc := snap.Document(uri); doc != nil {
		params.Version = new(lsp.UInteger(doc.Version)) //nolint:gosec // LSP counts versions up from 0
		params.Diagnostics = feature.Diagnostics(snap, doc)
	}
	return s.client.Notify(lsp.ServerTextDocumentPublishDiagnostics, params)
}
