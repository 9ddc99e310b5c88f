package feature

import (
	"slices"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestInUse shows which profile the lenses call active: that which the prefect command takes, whoever asks for it.
func TestInUse(t *testing.T) {
	for variable, want := range map[string][]string{"X=": {"Active", "Use"}, "PREFECT_PROFILE=b": {"Use", "Active"}} {
		s := session.New([]string{"HOME=" + onDisk("/home/ada"), "USERPROFILE=" + onDisk("/home/ada"), variable}, noFiles)
		s.Connect(session.Client{Encoding: protocol.UTF8, Commands: true}, []string{protocol.URIOf(onDisk("/work"))})
		s.Configure(protocol.Settings{CodeLens: true})
		uri := protocol.URIOf(onDisk("/home/ada/.prefect/profiles.toml"))
		snap := s.Open(uri, "", 1, "active = \"a\"\n[profiles.a]\n[profiles.b]\n")
		params := &lsp.CodeLensParams{}
		params.TextDocument.URI = uri
		lenses, err := CodeLens(snap, params)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, lens := range lenses {
			titles = append(titles, lens.Command.Title)
		}
		if !slices.Equal(titles, want) {
			t.Errorf("%s: the lenses are %q, want %q", variable, titles, want)
		}
	}
}
