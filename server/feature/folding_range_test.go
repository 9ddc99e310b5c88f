package feature

import (
	"testing"

	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestFoldAtTheEnd folds a comment that a file ends with, be there a line end or not.
func TestFoldAtTheEnd(t *testing.T) {
	for _, end := range []string{"", "\n"} {
		params := &lsp.FoldingRangeParams{}
		params.TextDocument.URI = ".env"
		folds, err := FoldingRange(openIn(".env", "A=1\n# one\n# two"+end, session.Client{}), params)
		if err != nil || len(folds) != 1 || folds[0].StartLine != 1 || folds[0].EndLine != 2 {
			t.Errorf("folds are %+v: %v", folds, err)
		}
	}
}
