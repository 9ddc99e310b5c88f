package rules

import (
	_ "embed" // the rule's page

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
		var misplaced []*syntax.Statement
		for _, s := range f.Irregular {
			if isMisplacedActive(s) {
				misplaced = append(misplaced, s)
			}
		}
		for _, s := range misplaced {
			p := Problem{Span: s.Key[0].Span, Message: "Below the header of a table, \"active\" belongs to that table, and Prefect ignores it. It has to stand above the first header."}
			if f.Active == nil && len(misplaced) == 1 { // else it takes a person to choose
				p.Fixes = moveToTop(f, s)
			}
			report(p)
		}
	},
}

func isMisplacedActive(s *syntax.Statement) bool {
	return s.Kind == syntax.Pair && s.Header >= 0 && len(s.Key) == 1 && s.Key[0].Text == "active" && s.Value.Kind == syntax.String
}

func moveToTop(f *profiles.File, s *syntax.Statement) []Fix {
	edits := f.TOML.Move(pathOf(f.TOML, s), []string{"active"})
	if edits == nil {
		return nil
	}
	return []Fix{{Title: "Move 'active' to the top", Preferred: true, Edits: edits}}
}
