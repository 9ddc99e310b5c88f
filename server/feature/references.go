package feature

import (
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// References are the places where a profile is named, or where a setting gets a value, in all files that are in effect together.
func References(snap *session.Snapshot, params *lsp.ReferenceParams) ([]lsp.Location, error) {
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return []lsp.Location{}, nil
	}
	s := surroundingOf(snap, doc)
	return s.locations(s.references(doc.Map.Offset(params.Position), params.Context.IncludeDeclaration)), nil
}

// references are those of what stands at the offset, with or without the definition of a profile and the value in effect.
func (s surrounding) references(offset int, declared bool) (places []place) {
	if named, ok := s.mentionAt(offset); ok {
		for _, m := range s.mentionsOf(named.name) {
			if declared || !m.defines {
				places = append(places, m.place)
			}
		}
		return places
	}
	e := entryAt(s.Document, offset)
	if e == nil {
		return nil
	}
	places = s.given(e.Setting)
	if setting, _ := s.standing(e); setting != nil && !declared {
		if p, ok := winner(setting); ok {
			return without(places, p)
		}
	}
	return places
}
