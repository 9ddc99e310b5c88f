package server

import (
	"testing"

	"prefect-ls/protocol"
)

// TestRefreshOutdated shows that a client which asks for hints or diagnostics is told to ask again when another open file decides
// otherwise, and at no other time.
func TestRefreshOutdated(t *testing.T) {
	for _, test := range []struct{ method, capabilities string }{
		{protocol.MethodWorkspaceInlayHintRefresh, `{"workspace":{"inlayHint":{"refreshSupport":true}}}`},
		{protocol.MethodWorkspaceInlayHintRefresh, `{"workspace":{"inlayHint":{"refreshSupport":true},"diagnostics":{"refreshSupport":true}},` + pulling + `}`},
		{protocol.MethodWorkspaceDiagnosticRefresh, `{"workspace":{"diagnostics":{"refreshSupport":true}},` + pulling + `}`},
	} {
		client, folder := &recorder{}, protocol.URIOf(drive()+"/work")
		s := New("test", client, func() {})
		tell(t, s, "initialize", `{"capabilities":`+test.capabilities+`,"workspaceFolders":[{"uri":"`+folder+`","name":"work"}]}`, nil)
		tell(t, s, "initialized", `{}`, nil)
		t.Cleanup(func() {
			if err := s.places.close(); err != nil {
				t.Error(err)
			}
		})
		change := func(name, version, text string) bool {
			client.forget()
			tell(t, s, "textDocument/didChange", `{"textDocument":{"uri":"`+folder+`/`+name+`","version":`+version+`},"contentChanges":[{"text":"`+text+`"}]}`, nil)
			return client.has(test.method, "")
		}
		open := func(name, text string) bool {
			client.forget()
			tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+folder+`/`+name+`","languageId":"","version":1,"text":"`+text+`"}}`, nil)
			return client.has(test.method, "")
		}
		if open("prefect.toml", `api.url = 'http://a/api'`) || change("prefect.toml", "2", `api.url = 'http://b/api'`) {
			t.Errorf("%s: asked to ask again while one file is open", test.method)
		}
		if !open(".env", "PREFECT_API_URL=http://c/api") || !change(".env", "2", "PREFECT_API_URL=http://d/api") {
			t.Errorf("%s: not asked to ask again when another file decides", test.method)
		}
		if open("notes.txt", "x") || change("notes.txt", "2", "y") {
			t.Errorf("%s: asked to ask again for a file that decides nothing", test.method)
		}
	}
}
