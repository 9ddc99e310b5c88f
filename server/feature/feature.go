// Package feature answers the editor: one LSP request, one file, one pure function of a snapshot.
package feature

import (
	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
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

// add puts changes to one document into a workspace edit. Its version is nil while it is not open.
func add(snap *session.Snapshot, to *lsp.WorkspaceEdit, uri string, version *lsp.Integer, changes []lsp.TextEdit) {
	if !snap.Client.DocumentChanges {
		if to.Changes == nil {
			to.Changes = map[string][]lsp.TextEdit{}
		}
		to.Changes[uri] = changes
		return
	}
	edits := make([]any, len(changes))
	for i, change := range changes {
		edits[i] = change
	}
	id := lsp.OptionalVersionedTextDocumentIdentifier{Version: version}
	id.URI = uri
	to.DocumentChanges = append(to.DocumentChanges, lsp.TextDocumentEdit{TextDocument: id, Edits: edits})
}
