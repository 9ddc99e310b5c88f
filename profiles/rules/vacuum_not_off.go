package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

//go:embed vacuum_not_off.md
var vacuumNotOffPage string

const vacuumSetting = "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"

// See src/prefect/settings/models/server/services.py, enabled_vacuum_types.
var vacuumNotOff = &Rule{
	Code:     "vacuum-not-off",
	Severity: Warning,
	Page:     vacuumNotOffPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f, vacuumSetting) {
			if isInterpolated(e) {
				continue
			}
			if value, invalid := e.Setting.Cast(e.Value, f.Kind.Source()); invalid != nil || value != false {
				continue
			}
			report(Problem{
				Span:    place(e),
				Message: "This does not turn the vacuum off: old events are still deleted, as by default. An empty list turns it off.",
				Fixes:   []Fix{{Title: "Turn it off with an empty list", Preferred: true, Safe: true, Edits: []text.Edit{{Span: e.Value.Span, New: emptyList(f.Kind)}}}},
			})
		}
	},
}

// emptyList is a list of nothing as a file of the given kind can say it. In a profile the Prefect CLI would make an
// array the text "[]", but a list of two empty names stays what it is.
func emptyList(kind profiles.Kind) string {
	if kind == profiles.ProfilesTOML {
		return `","`
	}
	return "[]"
}
