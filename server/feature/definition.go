package feature

import (
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Definition leads from the name of a profile to its header, and from a setting to the place whose value is in effect.
func Definition(snap *session.Snapshot, params *lsp.DefinitionParams) ([]lsp.Location, error) {
	places := []place{}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return []lsp.Location{}, nil
	}
	s, offset := surroundingOf(snap, doc), doc.Map.Offset(params.Position)
	if named, ok := s.mentionAt(offset); ok {
		for _, m := range s.mentionsOf(named.name) {
			if m.defines {
				return s.locations([]place{m.place}), nil
			}
		}
	} else if e := entryAt(doc, offset); e != nil {
		if setting, _ := s.standing(e); setting != nil {
			if p, ok := winner(setting); ok {
				places = append(places, p)
			}
		}
	}
	return s.locations(places), nil
}
