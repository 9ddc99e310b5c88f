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
		tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+folder+`/.env","languageId":"","version":1,"text":""}}`, nil)
		tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+folder+`/prefect.toml","languageId":"","version":1,"text":""}}`, nil)
		if len(s.told.shown) != 2 {
			t.Errorf("of two open documents it is known what was shown of %d", len(s.told.shown))
		}
		tell(t, s, "textDocument/didClose", `{"textDocument":{"uri":"`+folder+`/.env"}}`, nil)
		if len(s.told.shown) != 1 {
			t.Errorf("of one open document it is known what was shown of %d", len(s.told.shown))
		}
		if err := s.places.close(); err != nil {
			t.Error(err)
		}
	}
}
