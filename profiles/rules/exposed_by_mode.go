package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed exposed_by_mode.md
var exposedByModePage string

// Prefect itself creates profiles.toml with the mode 0600 (src/prefect/settings/profiles.py), and leaves that of one that is there
// as it is.
var exposedByMode = &Rule{
	Code:     "exposed-by-mode",
	Severity: Warning,
	Page:     exposedByModePage,
	CheckExposure: func(f *profiles.File, x Exposure, report func(Problem)) {
		const others, writing = 0o077, 0o022
		if x.Mode&others == 0 || !HoldsSecret(f) {
			return
		}
		may := "read"
		if x.Mode&writing != 0 {
			may = "change"
		}
		p := Problem{
			Span:    firstSecret(f).Key,
			Message: fmt.Sprintf("Other users of this machine can %s %s, which holds this secret: its mode is %04o. Restrict it to your user.", may, x.Name, x.Mode),
			Fixes:   []Fix{{Title: fmt.Sprintf("Restrict %s to your user (chmod 600)", x.Name), Remedy: RestrictMode}},
		}
		if f.Kind == profiles.DotEnv {
			p.Severity = Information // nothing that makes such a file restricts it
		}
		report(p)
	},
}
