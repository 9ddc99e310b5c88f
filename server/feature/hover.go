package feature

import (
	"prefect-ls/profiles"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Hover explains the setting under the cursor, be it on its name or on its value.
func Hover(snap *session.Snapshot, params *lsp.HoverParams) (*lsp.Hover, error) {
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return nil, nil
	}
	e := doc.File.EntryAt(doc.Map.Offset(params.Position))
	if e == nil || e.Setting == nil {
		return nil, nil
	}
	title := "**" + nameIn(doc.File.Kind, e.Setting) + "**"
	if name := nameIn(doc.File.Kind, e.Setting); e.Name != name && doc.File.Kind != profiles.DotEnv {
		title += " (older name: " + code(e.Name) + ")"
	}
	return &lsp.Hover{
		Contents: markdown(title + "\n\n" + e.Setting.Summary()),
		Range:    new(doc.Map.Range(e.Key)),
	}, nil
}
