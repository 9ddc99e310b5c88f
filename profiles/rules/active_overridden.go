package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed active_overridden.md
var activeOverriddenPage string

// See src/prefect/settings/sources.py, _load_profile_settings.
var activeOverridden = &Rule{
	Code:     "active-overridden",
	Severity: Information,
	Page:     activeOverriddenPage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		if in.TestMode != "" && f == in.Saved.File && f.Active != nil {
			report(Problem{Span: f.Active.Value.Span, Message: fmt.Sprintf("No profile counts: %s in the environment turns on Prefect's test mode, whatever its value.", in.TestMode)})
			return
		}
		asked := in.Active.Asked
		if f != in.Loaded.File || asked == "" || in.Active.From.Kind != layers.Environment {
			return
		}
		_, defined := f.Lookup(asked)
		switch {
		case !defined && asked != in.Active.Name:
			bundled, _ := profiles.Bundled(asked)
			p := Problem{
				Severity: Error,
				Message:  fmt.Sprintf("PREFECT_PROFILE in the environment asks for the profile %q, which this file does not define: none of its profiles counts.", asked),
				Fixes:    []Fix{insertProfile(f, asked, bundled, false)},
			}
			if in.Active.Bundled {
				p.Message += fmt.Sprintf(" Prefect takes its built-in profile %q.", in.Active.Name)
			}
			switch {
			case f.Active != nil:
				p.Span = f.Active.Value.Span
			case len(f.Profiles) > 0:
				p.Span = f.Profiles[0].NameSpan
			}
			report(p)
		case f.Active != nil && f.Active.Value.Text != asked:
			p := Problem{Span: f.Active.Value.Span, Message: fmt.Sprintf("This has no effect: PREFECT_PROFILE in the environment asks for the profile %q.", asked)}
			for _, profile := range f.Profiles {
				if profile.Name == asked {
					p.Related = []Related{{Span: profile.NameSpan, Message: "the active profile"}}
				}
			}
			report(p)
		}
	},
}
