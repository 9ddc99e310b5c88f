package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
)

//go:embed not_a_table.md
var notATablePage string

var notATable = &Rule{
	Code:     "not-a-table",
	Severity: Error,
	Page:     notATablePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.TOML == nil {
			return
		}
		var path []string
		for _, s := range f.Irregular {
			if len(s.Key) == 0 || isTable(s) {
				continue
			}
			if path = appendPath(path[:0], f.TOML, s); needsTable(f.Kind, path) {
				report(Problem{
					Span: s.Span,
					Message: fmt.Sprintf("Prefect takes %s for a table of settings and stops when it is none, so even the command that would change it fails.",
						strings.Join(path, ".")),
				})
			}
		}
	},
}

// isGroup reports whether a place in prefect.toml is a table of settings, be it under its former name.
func isGroup(place string) bool {
	_, ok := settings.GroupByPath(place)
	return ok || place == "experiments.plugins"
}

// needsTable reports whether Prefect stops if what stands at path is no table.
func needsTable(kind profiles.Kind, path []string) bool {
	if kind == profiles.ProfilesTOML {
		return path[0] == "profiles" && len(path) <= 2
	}
	root := kind.Root()
	if len(path) <= len(root) {
		return slices.Equal(path, root[:len(path)])
	}
	return slices.Equal(path[:len(root)], root) && isGroup(strings.Join(path[len(root):], "."))
}
