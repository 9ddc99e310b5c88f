package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed wrong_table.md
var wrongTablePage string

var wrongTable = &Rule{
	Code:     "wrong-table",
	Severity: Warning,
	Page:     wrongTablePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if !f.Kind.NamesByPath() {
			return
		}
		for _, s := range f.Irregular {
			if s.Kind == syntax.Pair || !isWrongTable(f.Kind, syntax.Names(s.Key)) {
				continue
			}
			report(tableProblem(f.Kind, s))
		}
	},
}

// isWrongTable reports whether path lies where Prefect's settings are and leads to none of them.
func isWrongTable(kind profiles.Kind, path []string) bool {
	root := rootOf(kind)
	if len(path) <= len(root) || !slices.Equal(path[:len(root)], root) {
		return false
	}
	place := strings.Join(path[len(root):], ".")
	_, isGroup := settings.GroupByPath(place)
	_, isSetting := settings.ByPath(place)
	return !isGroup && !isSetting && !isIntegration(place) && place != "experiments.plugins"
}

func tableProblem(kind profiles.Kind, s *syntax.Statement) Problem {
	p := Problem{Span: keySpan(s.Key)}
	root := rootOf(kind)
	place := strings.Join(syntax.Names(s.Key[len(root):]), ".")
	if strings.HasPrefix(place, "profiles.") {
		p.Message = "Profiles are kept in profiles.toml: here Prefect ignores this table and all that is in it."
		return p
	}
	p.Message = fmt.Sprintf("Prefect knows no table [%s] and ignores it and all that is in it.", strings.Join(syntax.Names(s.Key), "."))
	meant, ok := meantTable(place)
	if !ok {
		return p
	}
	written := strings.Join(append(slices.Clone(root), meant), ".")
	p.Message += fmt.Sprintf(" Did you mean [%s]?", written)
	p.Fixes = []Fix{{Title: fmt.Sprintf("Rename to '[%s]'", written), Preferred: true, Edits: []text.Edit{{Span: p.Span, New: written}}}}
	return p
}

// meantTable is the table that was most likely meant by one that Prefect does not know.
func meantTable(place string) (string, bool) {
	bare := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(place, "tool."), "prefect."))
	var paths, inner []string
	for _, g := range settings.Groups() {
		if g.Path == bare {
			return bare, true
		}
		paths = append(paths, g.Path)
		if strings.HasSuffix(g.Path, "."+bare) {
			inner = append(inner, g.Path)
		}
	}
	if len(inner) == 1 {
		return inner[0], true
	}
	return settings.Nearest(bare, paths)
}
