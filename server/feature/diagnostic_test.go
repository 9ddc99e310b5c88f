package feature

import (
	"path/filepath"
	"runtime"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// onDisk is an absolute path, written with slashes, as this machine has it.
func onDisk(path string) string {
	return map[bool]string{true: "C:"}[runtime.GOOS == "windows"] + filepath.FromSlash(path)
}

// TestRelated shows the places that a problem has to do with, in the file itself and in another one, to a client that can show them.
func TestRelated(t *testing.T) {
	for _, test := range []struct {
		document, source, other string
		line                    lsp.UInteger
	}{
		{"/work/.env", "A=1\nPREFECT_LOGGING_LEVEL=INFO\nPREFECT_LOGGING_LEVEL=DEBUG\n", "/work/.env", 2},
		{"/work/pyproject.toml", "[tool.prefect]\nlogging.level = \"INFO\"\n", "/work/prefect.toml", 1},
	} {
		for _, can := range []bool{true, false} {
			s := session.New(nil, noFiles)
			s.Connect(session.Client{Encoding: protocol.UTF8, RelatedLocations: can}, []string{protocol.URIOf(onDisk("/work"))})
			s.Open(protocol.URIOf(onDisk("/work/prefect.toml")), "", 1, "\nlogging.level = \"DEBUG\"\n")
			uri := protocol.URIOf(onDisk(test.document))
			snap := s.Open(uri, "", 1, test.source)
			found := Diagnostics(snap, snap.Document(uri))
			if len(found) != 1 || (len(found[0].RelatedInformation) == 1) != can {
				t.Errorf("%s has %+v", test.document, found)
				continue
			}
			for _, r := range found[0].RelatedInformation {
				if r.Location.URI != protocol.URIOf(onDisk(test.other)) || r.Location.Range.Start.Line != test.line {
					t.Errorf("%s is related to %+v", test.document, r)
				}
			}
		}
	}
}
