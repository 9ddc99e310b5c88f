// Package feature answers the editor: one LSP request, one file, one pure function of a snapshot.
package feature

import (
	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// open is the document at uri if Prefect reads such a file, or nil.
func open(snap *session.Snapshot, uri string) *session.Document {
	doc := snap.Document(uri)
	if doc == nil || doc.File == nil {
		return nil
	}
	return doc
}

// nameIn is how the setting is named in a file of the given kind.
func nameIn(kind profiles.Kind, s *settings.Setting) string {
	if kind.NamesByPath() {
		return s.Path
	}
	return s.Name
}

// headerAt is the path of the table that a TOML line at offset belongs to; nil at the top of the file.
func headerAt(f *profiles.File, offset int) []string {
	if f.TOML == nil {
		return nil
	}
	var path []string
	for i := range f.TOML.Statements {
		s := &f.TOML.Statements[i]
		if s.Span.Start >= offset {
			break
		}
		if s.Kind != syntax.Header && s.Kind != syntax.ArrayHeader {
			continue
		}
		path = path[:0]
		for _, part := range s.Key {
			path = append(path, part.Text)
		}
	}
	return path
}

// markdown is text in the form in which every client shows it formatted.
func markdown(text string) lsp.MarkupContent {
	return lsp.MarkupContent{Kind: lsp.MarkupKindMarkdown, Value: text}
}

func code(text string) string { return "`" + text + "`" }

// edit is the workspace edit that makes the given changes to one document.
func edit(snap *session.Snapshot, doc *session.Document, changes []lsp.TextEdit) *lsp.WorkspaceEdit {
	if !snap.Client.DocumentChanges {
		return &lsp.WorkspaceEdit{Changes: map[string][]lsp.TextEdit{doc.URI: changes}}
	}
	edits := make([]any, len(changes))
	for i, change := range changes {
		edits[i] = change
	}
	id := lsp.OptionalVersionedTextDocumentIdentifier{Version: new(doc.Version)}
	id.URI = doc.URI
	return &lsp.WorkspaceEdit{DocumentChanges: []any{lsp.TextDocumentEdit{TextDocument: id, Edits: edits}}}
}
