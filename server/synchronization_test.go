package server

import (
	"testing"

	"prefect-ls/protocol"
)

// TestForgetsClosed shows that nothing is kept of what a client was shown of a document that it has closed.
func TestForgetsClosed(t *testing.T) {
	for _, capabilities := range []string{`{}`, `{` + pulling + `}`} {
		s, folder := New("test", &recorder{}, func() {}), protocol.URIOf(drive()+"/work")
		tell(t, s, "initialize", `{"capabilities":`+capabilities+`,"workspaceFolders":[{"uri":"`+folder+`","name":"work"}]}`, nil)
		wantShown := func(want int) {
			t.Helper()
			s.told.Lock()
			defer s.told.Unlock()
			if len(s.told.shown) != want {
				t.Errorf("it is known what was shown of %d documents, want %d", len(s.told.shown), want)
			}
		}
		for _, name := range []string{".env", "prefect.toml"} {
			tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+folder+`/`+name+`","languageId":"","version":1,"text":""}}`, nil)
		}
		wantShown(2)
		tell(t, s, "textDocument/didClose", `{"textDocument":{"uri":"`+folder+`/.env"}}`, nil)
		wantShown(1)
		if err := s.places.close(); err != nil {
			t.Error(err)
		}
	}
}
