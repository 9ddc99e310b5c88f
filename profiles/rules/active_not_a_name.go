package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed active_not_a_name.md
var activeNotANamePage string

var activeNotAName = &Rule{
	Code:     "active-not-a-name",
	Severity: Error,
	Page:     activeNotANamePage,
	Check: func(f *profiles.File, report func(Problem)) {
		switch {
		case f.Kind != profiles.ProfilesTOML:
			return
		case f.Active == nil:
			reportActiveTable(f, report)
			return
		}
		value := f.Active.Value
		switch {
		case value.Kind == syntax.Missing, value.Kind == syntax.Bad, value.Kind == syntax.String:
			return
		case len(value.Elements)+len(value.Pairs) > 0:
			report(Problem{Span: value.Span, Message: activeStops})
			return
		}
		p := Problem{Span: value.Span, Message: "\"active\" takes the name of a profile, as a text in quotes. With anything else Prefect falls back to a temporary server."}
		quoted := syntax.Quote(value.Span.Of(f.Source))
		p.Fixes = []Fix{{Title: "Put the name in quotes", Preferred: true, Edits: []text.Edit{{Span: value.Span, New: quoted}}}}
		report(p)
	},
}

const activeStops = "\"active\" takes the name of one profile, as a text in quotes. Prefect stops at anything else, and so does the command that would change it."

// reportActiveTable reports the first statement that makes "active" a table with something in it, or a list of tables.
func reportActiveTable(f *profiles.File, report func(Problem)) {
	for _, s := range f.Irregular {
		path := pathOf(f.TOML, s)
		if len(path) > 0 && path[0] == "active" && (len(path) > 1 || s.Kind == syntax.ArrayHeader) {
			report(Problem{Span: keySpan(s.Key), Message: activeStops})
			return
		}
	}
}
