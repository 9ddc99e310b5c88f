package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
)

//go:embed unknown_vacuum_type.md
var unknownVacuumTypePage string

var unknownVacuumType = &Rule{
	Code:     "unknown-vacuum-type",
	Severity: Warning,
	Page:     unknownVacuumTypePage,
	Check: func(f *profiles.File, report func(Problem)) {
		known := []string{"events", "flow_runs", "orphans"}
		for e := range given(f, vacuumSetting) {
			if isInterpolated(e) {
				continue
			}
			value, _ := e.Setting.Cast(e.Value, f.Kind.Source())
			names, _ := value.([]string)
			for _, name := range names {
				if slices.Contains(known, name) {
					continue
				}
				p := Problem{Span: e.Value.Span, Message: fmt.Sprintf(
					"The vacuum cannot delete %q: a Prefect server with this value does not start. It knows events, flow_runs and orphans.", name)}
				if near, ok := settings.Nearest(name, known); ok {
					p.Message += fmt.Sprintf(" Did you mean %s?", near)
					if len(names) == 1 {
						p.Fixes = replaceValue(f, e, fmt.Sprintf("Change to '%s'", near), near)
					}
				}
				report(p)
				break
			}
		}
	},
}
