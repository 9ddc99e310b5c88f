package server

import (
	"testing"

	"prefect-ls/protocol"
)

// TestHintsRefresh shows that hints are asked for again when another open file decides otherwise, of clients that ask for diagnostics
// and of those that are sent them, and at no other time.
func TestHintsRefresh(t *testing.T) {
	for _, asks := range []string{``, `,` + pulling} {
		client := &recorder{}
		s := New("test", client, func() {})
		tell(t, s, "initialize", `{"capabilities":{"workspace":{"inlayHint":{"refreshSupport":true}}`+asks+`},"workspaceFolders":[{"uri":"file:///work","name":"work"}]}`, nil)
		tell(t, s, "initialized", `{}`, nil)
		t.Cleanup(func() {
			if err := s.places.close(); err != nil {
				t.Error(err)
			}
		})
		change := func(name, version, text string) bool {
			client.forget()
			tell(t, s, "textDocument/didChange", `{"textDocument":{"uri":"file:///work/`+name+`","version":`+version+`},"contentChanges":[{"text":"`+text+`"}]}`, nil)
			return client.has(protocol.MethodWorkspaceInlayHintRefresh, "")
		}
		open := func(name, text string) bool {
			client.forget()
			tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"file:///work/`+name+`","languageId":"","version":1,"text":"`+text+`"}}`, nil)
			return client.has(protocol.MethodWorkspaceInlayHintRefresh, "")
		}
		if open("prefect.toml", `api.url = 'http://a/api'`) || change("prefect.toml", "2", `api.url = 'http://b/api'`) {
			t.Errorf("%q: asked to ask again while one file is open", asks)
		}
		if !open(".env", "PREFECT_API_URL=http://c/api") || !change(".env", "2", "PREFECT_API_URL=http://d/api") {
			t.Errorf("%q: not asked to ask again when another file decides", asks)
		}
		if open("notes.txt", "x") || change("notes.txt", "2", "y") {
			t.Errorf("%q: asked to ask again for a file that decides nothing", asks)
		}
	}
}
