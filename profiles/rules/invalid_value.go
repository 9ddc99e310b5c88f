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
		reportTables(f, report)
		for e := range given(f) {
			if isInterpolated(e) {
				continue
			}
			_, invalid := e.Setting.In(f.Prefect).Cast(e.Value, f.Kind.Source())
			if invalid == nil {
				continue
			}
			p := Problem{Span: place(e), Message: refused(f.Kind, invalid)}
			safe := !decidesTarget(e.Setting)
			for j, s := range invalid.Suggestions {
				edit := e.Set(f.Source, s)
				title := fmt.Sprintf("Change to '%s'", s)
				if e.Setting.Secret || e.Setting.Kind == settings.StringObject { // of headers, which may hold a credential
					title = "Change to a valid value"
				}
				p.Fixes = append(p.Fixes, Fix{Title: title, Preferred: j == 0, Safe: safe, Edits: []text.Edit{edit}})
			}
			if edits := removal(f, e); edits != nil {
				p.Fixes = append(p.Fixes, Fix{Title: "Remove to use the default", Safe: safe, Edits: edits})
			}
			report(p)
		}
	},
}

// refused says what is wrong with a value, and what follows.
func refused(kind profiles.Kind, invalid *settings.Invalid) string {
	if kind == profiles.ProfilesTOML { // which commands change
		return invalid.Reason + " Prefect does not start with it, so even the command that would change it fails."
	}
	return invalid.Reason + " Prefect does not start with it."
}

// reportTables reports the tables in profiles that have the name of a setting.
func reportTables(f *profiles.File, report func(Problem)) {
	for _, s := range f.Irregular {
		name, v := tableInProfile(f, s)
		setting, known := settings.ByName(name)
		if !known {
			continue
		}
		if _, invalid := setting.In(f.Prefect).Cast(v, settings.Profile); invalid != nil {
			report(Problem{Span: v.Span, Message: refused(f.Kind, invalid)})
		}
	}
}

// decidesTarget reports whether the setting has a say in which server Prefect contacts, or with whose key.
func decidesTarget(s *settings.Setting) bool {
	switch s.Name {
	case "PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_API_AUTH_STRING", "PREFECT_CLIENT_CUSTOM_HEADERS",
		"PREFECT_CLOUD_API_URL", "PREFECT_SERVER_EPHEMERAL_ENABLED", "PREFECT_HOME", "PREFECT_PROFILES_PATH",
		"PREFECT_TESTING_TEST_MODE", "PREFECT_TESTING_UNIT_TEST_MODE":
		return true
	}
	return false
}
