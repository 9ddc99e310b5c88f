package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
)

//go:embed not_a_table.md
var notATablePage string

var notATable = &Rule{
	Code:     "not-a-table",
	Severity: Error,
	Page:     notATablePage,
	Check: func(f *profiles.File, report func(Problem)) {
		for _, n := range f.NotTables() {
			report(Problem{
				Span: n.Place.Span,
				Message: fmt.Sprintf("Prefect takes %s for a table of settings and stops when it is none, so even the command that would change it fails.",
					strings.Join(n.Path, ".")),
			})
		}
	},
}
