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
		if f.Active == nil {
			return
		}
		value := f.Active.Value
		switch value.Kind {
		case syntax.Missing, syntax.Bad, syntax.String:
			return
		case syntax.Array, syntax.InlineTable:
			report(Problem{Span: value.Span, Message: "\"active\" takes the name of one profile, as a text in quotes. Prefect stops at anything else, and so does the command that would change it."})
			return
		}
		p := Problem{Span: value.Span, Message: "\"active\" takes the name of a profile, as a text in quotes. With anything else Prefect falls back to a temporary server."}
		quoted := syntax.Quote(value.Span.Of(f.Source))
		p.Fixes = []Fix{{Title: "Put the name in quotes", Preferred: true, Edits: []text.Edit{{Span: value.Span, New: quoted}}}}
		report(p)
	},
}
