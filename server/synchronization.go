package server

import (
	"context"
	"errors"
	"maps"

	"prefect-ls/server/feature"
	"prefect-ls/server/session"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

func (s *Server) didOpen(_ *glsp.Context, p *lsp.DidOpenTextDocumentParams) error {
	doc := p.TextDocument
	s.session.Open(doc.URI, doc.LanguageID, doc.Version, doc.Text)
	return s.publish(doc.URI)
}

func (s *Server) didChange(_ *glsp.Context, p *lsp.DidChangeTextDocumentParams) error {
	if _, err := s.session.Change(p.TextDocument.URI, p.TextDocument.Version, p.ContentChanges); err != nil {
		return err
	}
	return s.publish(p.TextDocument.URI)
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
	return s.publish(uri)
}

// publish sends a client that does not ask for it what is wrong with a document now; for one that is not open, that nothing is.
func (s *Server) publish(uri string) error {
	s.told.Lock() // so that what is sent last is what holds
	defer s.told.Unlock()
	snap := s.session.Snapshot()
	if snap.Client.PullDiagnostics {
		return nil
	}
	params := lsp.PublishDiagnosticsParams{URI: uri, Diagnostics: []lsp.Diagnostic{}}
	if doc := snap.Document(uri); doc != nil {
		if doc.Version >= 0 { // LSP has others, too, for which glsp has no type
			params.Version = new(lsp.UInteger(doc.Version))
		}
		params.Diagnostics = feature.Diagnostics(snap, doc)
	}
	s.told.show(uri, shownOf(snap, uri))
	return s.client.Notify(lsp.ServerTextDocumentPublishDiagnostics, params)
}

// publishOutdated sends anew what depends on other files of the open documents on which one has decided since, or has the client ask
// for it again: diagnostics, and hints between the text.
func (s *Server) publishOutdated(ctx context.Context) (err error) {
	outdated := s.outdated()
	if len(outdated) == 0 {
		return nil
	}
	for _, uri := range outdated {
		err = errors.Join(err, s.publish(uri))
	}
	return errors.Join(err, s.refreshDiagnostics(ctx), s.refreshInlayHints(ctx))
}

// outdated are the URIs of the open documents of which a client was shown what was made from an earlier state. A document that is
// newer than that is left to the message that brought it, or to the client that asks.
func (s *Server) outdated() (uris []string) {
	s.told.Lock()
	defer s.told.Unlock()
	snap := s.session.Snapshot()
	for uri, doc := range snap.Documents() {
		if !doc.Open {
			continue
		}
		before, now := s.told.shown[uri], shownOf(snap, uri)
		if before.doc == now.doc && before != now {
			uris = append(uris, uri)
		}
		if snap.Client.PullDiagnostics {
			s.told.show(uri, now)
		}
	}
	maps.DeleteFunc(s.told.shown, func(uri string, _ shown) bool {
		doc := snap.Document(uri)
		return doc == nil || !doc.Open // and would be kept in memory
	})
	return uris
}

func shownOf(snap *session.Snapshot, uri string) shown {
	now := shown{doc: snap.Document(uri), folder: snap.Folder(uri), directory: snap.Directory}
	if now.doc != nil {
		now.exposure = snap.Exposure(now.doc.Path).Exposure
	}
	return now
}
