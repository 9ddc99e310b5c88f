package server

import (
	"path/filepath"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestClosedFiles shows that what leads to a file or changes it works while nobody has the file open, and that hints are asked for
// again once such a file has changed.
func TestClosedFiles(t *testing.T) {
	folder, home := t.TempDir(), t.TempDir()
	dotenv := filepath.Join(folder, ".env")
	rewrite(t, dotenv, "PREFECT_API_URL='http://😀:4200/api' # 😀\nexport PREFECT_PROFILE=a\n")
	client := &recorder{}
	s := New("test", client, func() {})
	s.session = session.New([]string{"HOME=" + home, "USERPROFILE=" + home}, session.ReadDisk)
	capabilities := `{"workspace":{"workspaceEdit":{"documentChanges":true},"inlayHint":{"refreshSupport":true},"didChangeWatchedFiles":{"dynamicRegistration":true,"relativePatternSupport":true}}}`
	say(t, s, "initialize", `{"capabilities":`+capabilities+`,"workspaceFolders":[{"uri":"`+protocol.URIOf(folder)+`","name":"x"}]}`)
	uri := protocol.URIOf(filepath.Join(home, ".prefect", "profiles.toml"))
	say(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+uri+`","languageId":"toml","version":7,"text":"active = \"a\"\n[profiles.a]\nPREFECT_API_URL = \"http://a:4200/api\"\n"}}`)

	var found []lsp.Location
	tell(t, s, "textDocument/definition", `{"textDocument":{"uri":"`+uri+`"},"position":{"line":2,"character":3}}`, &found)
	want := lsp.Location{URI: protocol.URIOf(dotenv), Range: lsp.Range{End: lsp.Position{Character: 15}}}
	if len(found) != 1 || found[0] != want {
		t.Errorf("defined at %+v, want %+v", found, want)
	}
	type changes struct {
		DocumentChanges []struct {
			TextDocument struct {
				URI     string
				Version *int
			}
			Edits []lsp.TextEdit
		}
	}
	var edit changes
	tell(t, s, "textDocument/rename", `{"textDocument":{"uri":"`+uri+`"},"position":{"line":1,"character":11},"newName":"b"}`, &edit)
	if len(edit.DocumentChanges) != 2 {
		t.Fatalf("renamed in %+v", edit.DocumentChanges)
	}
	opened, closed := edit.DocumentChanges[0], edit.DocumentChanges[1]
	if opened.TextDocument.URI != uri || opened.TextDocument.Version == nil || *opened.TextDocument.Version != 7 || len(opened.Edits) != 2 {
		t.Errorf("renamed in the open file: %+v", opened)
	}
	place := lsp.Range{Start: lsp.Position{Line: 1, Character: 23}, End: lsp.Position{Line: 1, Character: 24}}
	if closed.TextDocument.URI != want.URI || closed.TextDocument.Version != nil || len(closed.Edits) != 1 || closed.Edits[0].Range != place {
		t.Errorf("renamed in the closed file: %+v", closed)
	}
	var actions []struct {
		Title string
		Edit  changes
	}
	tell(t, s, "textDocument/codeAction", `{"textDocument":{"uri":"`+uri+`"},"range":{"start":{"line":2,"character":3},"end":{"line":2,"character":3}},"context":{"diagnostics":[]}}`, &actions)
	if len(actions) == 0 || actions[0].Title != "Remove 'PREFECT_API_URL' from .env" || len(actions[0].Edit.DocumentChanges) != 1 {
		t.Fatalf("the actions are %+v", actions)
	}
	removed, line := actions[0].Edit.DocumentChanges[0], lsp.Range{End: lsp.Position{Line: 1}}
	if removed.TextDocument.URI != want.URI || removed.TextDocument.Version != nil || len(removed.Edits) != 1 || removed.Edits[0] != (lsp.TextEdit{Range: line}) {
		t.Errorf("removed in the closed file: %+v", removed)
	}

	client.forget()
	say(t, s, "textDocument/didChange", `{"textDocument":{"uri":"`+uri+`","version":8},"contentChanges":[{"text":"active = \"a\"\n[profiles.a]\nPREFECT_API_URL = \"http://b:4200/api\"\n"}]}`)
	if client.has(protocol.MethodWorkspaceInlayHintRefresh, "") {
		t.Error("the client is told to ask again for what it has just changed")
	}
	rewrite(t, dotenv, "# nothing\n")
	say(t, s, lsp.MethodWorkspaceDidChangeWatchedFiles, `{"changes":[{"uri":"`+protocol.URIOf(dotenv)+`","type":2}]}`)
	if !client.has(protocol.MethodWorkspaceInlayHintRefresh, "") {
		t.Error("the client is not told to ask again")
	}
	tell(t, s, "textDocument/definition", `{"textDocument":{"uri":"`+uri+`"},"position":{"line":2,"character":3}}`, &found)
	if len(found) != 1 || found[0].URI != uri {
		t.Errorf("defined at %+v once the other file is empty", found)
	}
}
