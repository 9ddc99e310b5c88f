package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
)

//go:embed unknown_table.md
var unknownTablePage string

var unknownTable = &Rule{
	Code:     "unknown-table",
	Severity: Warning,
	Page:     unknownTablePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Kind != profiles.ProfilesTOML {
			return
		}
		for _, s := range f.Irregular {
			isPair := s.Kind == syntax.Pair
			if len(s.Key) == 0 || isPair && (s.Header >= 0 || s.Value.Kind == syntax.Missing) {
				continue
			}
			if name := s.Key[0].Text; name != "profiles" && (name != "active" || !isPair) {
				report(foreignToProfiles(f.TOML, s))
			}
		}
	},
}

func foreignToProfiles(t *syntax.TOML, s *syntax.Statement) Problem {
	p := Problem{Span: keySpan(s.Key)}
	if s.Kind == syntax.Pair {
		p.Message = fmt.Sprintf("Prefect looks here for \"active\" and for profiles: it ignores %s, and deletes it when the Prefect CLI next writes this file.", s.Key[0].Text)
		return p
	}
	path := syntax.Names(s.Key)
	meant := append([]string{"profiles"}, path...)
	if path[0] == "profile" && len(path) == 2 {
		meant = []string{"profiles", path[1]}
	}
	written := syntax.KeyText(meant)
	p.Message = fmt.Sprintf("This is no profile: Prefect ignores the table, and deletes it when the Prefect CLI next writes this file. A profile is called [%s].", written)
	p.Fixes = renameTable(t, path, meant, Fix{Title: fmt.Sprintf("Rename to '[%s]'", written), Preferred: len(path) <= 2})
	return p
}

// renameTable is a fix that gives a table another path, if that is free.
func renameTable(t *syntax.TOML, from, to []string, fix Fix) []Fix {
	if fix.Edits = t.MoveTable(from, to); fix.Edits == nil {
		return nil
	}
	return []Fix{fix}
}
