package feature

import (
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// DocumentHighlight marks the references in the document itself.
func DocumentHighlight(snap *session.Snapshot, params *lsp.DocumentHighlightParams) ([]lsp.DocumentHighlight, error) {
	marks := []lsp.DocumentHighlight{}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return marks, nil
	}
	for _, p := range surroundingOf(snap, doc).references(doc.Map.Offset(params.Position), true) {
		if p.file == doc.File {
			marks = append(marks, lsp.DocumentHighlight{Range: doc.Map.Range(p.span)})
		}
	}
	return marks, nil
}
