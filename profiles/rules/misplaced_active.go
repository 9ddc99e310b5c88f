package rules

import (
	_ "embed" // the rule's page
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
)

//go:embed misplaced_active.md
var misplacedActivePage string

var misplacedActive = &Rule{
	Code:     "misplaced-active",
	Severity: Warning,
	Page:     misplacedActivePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Kind != profiles.ProfilesTOML {
			return
		}
		for i := range f.TOML.Statements {
			s := &f.TOML.Statements[i]
			if s.Kind != syntax.Pair || s.Header < 0 || len(s.Key) != 1 || s.Key[0].Text != "active" || s.Value.Kind != syntax.String {
				continue
			}
			p := Problem{Span: s.Key[0].Span, Message: "Below the header of a table, \"active\" belongs to that table, and Prefect ignores it. It has to stand above the first header."}
			path := pathOf(f.TOML, s)
			if edits := f.TOML.Move(path, []string{"active"}); f.Active == nil && len(edits) > 0 && !slices.Equal(path, []string{"active"}) {
				p.Fixes = []Fix{{Title: "Move 'active' to the top", Preferred: true, Edits: edits}}
			}
			report(p)
		}
	},
}
