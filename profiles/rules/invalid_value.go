package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
)

//go:embed invalid_value.md
var invalidValuePage string

// It reports exactly the values that Prefect refuses when it loads its settings.
var invalidValue = &Rule{
	Code:     "invalid-value",
	Severity: Error,
	Page:     invalidValuePage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f) {
			if isInterpolated(e) {
				continue
			}
			_, invalid := e.Setting.In(f.Prefect).Cast(e.Value, f.Kind.Source())
			if invalid == nil {
				continue
			}
			p := Problem{Span: place(e), Message: invalid.Reason + " Prefect does not start with it, so even the command that would change it fails."}
			for j, s := range invalid.Suggestions {
				edit := e.Set(f.Source, s)
				title := fmt.Sprintf("Change to %s", edit.New)
				if e.Setting.Secret || e.Setting.Kind == settings.StringObject { // of headers, which may hold a credential
					title = "Change to a valid value"
				}
				// Prefect does not start with the value as it is, so it contacts no server; the API URL takes any text.
				p.Fixes = append(p.Fixes, Fix{Title: title, Preferred: j == 0, Safe: true, Edits: []text.Edit{edit}})
			}
			report(p)
		}
	},
}
