package feature

import (
	"fmt"
	"slices"
	"testing"

	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestFlatSymbols shows what a client gets that cannot show a tree, and that no symbol is without a name.
func TestFlatSymbols(t *testing.T) {
	snap := openIn("profiles.toml", "active = \"a\"\n[profiles.a]\nPREFECT_DEBUG_MODE = \"true\"\n[profiles.\"\"]\n[]\n", session.Client{})
	params := &lsp.DocumentSymbolParams{}
	params.TextDocument.URI = "profiles.toml"
	answer, err := DocumentSymbol(snap, params)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range answer.([]lsp.SymbolInformation) {
		container := ""
		if s.ContainerName != nil {
			container = *s.ContainerName
		}
		got = append(got, fmt.Sprintf("%s/%s:%d", container, s.Name, s.Location.Range.Start.Line))
	}
	want := []string{"/active:0", "/a:1", "a/PREFECT_DEBUG_MODE:2", `/"":3`, `/"":4`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
