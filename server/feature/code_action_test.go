package feature

import (
	"testing"

	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestCodeActionChangesNothing asks for the actions of a file of which no folder knows more than it says itself, so that its problems are
// those of the snapshot.
func TestCodeActionChangesNothing(t *testing.T) {
	const uri = "untitled:.env"
	snap := openIn(uri, "PREFECT_LOGGING_LEVEL=WARN\nPREFECT_SERVER_API_PORT=x\n", session.Client{Commands: true})
	before := len(Diagnostics(snap, snap.Document(uri)))
	if before != 2 {
		t.Fatalf("%d diagnostics, want 2", before)
	}
	params := &lsp.CodeActionParams{TextDocument: lsp.TextDocumentIdentifier{URI: uri}}
	if _, err := CodeAction(snap, params); err != nil {
		t.Fatal(err)
	}
	if after := len(Diagnostics(snap, snap.Document(uri))); after != before {
		t.Errorf("%d diagnostics after a request for actions, want %d", after, before)
	}
}
