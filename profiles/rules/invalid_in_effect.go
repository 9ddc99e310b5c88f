package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/text"
)

//go:embed invalid_in_effect.md
var invalidInEffectPage string

// The value itself is judged by invalid-value wherever the file alone tells it.
var invalidInEffect = &Rule{
	Code:     "invalid-in-effect",
	Severity: Error,
	Page:     invalidInEffectPage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		for _, refusal := range in.Refusals {
			e := refusal.Source.Entry
			switch {
			case refusal.Source.File != f, isContradiction(refusal, in):
				continue
			case e == nil && f.Kind == profiles.DotEnv: // see dotenv-encoding, which only looks at files that speak of Prefect
				start := firstInvalid(f.Source)
				report(Problem{Span: text.Span{Start: start, End: start + 1}, Message: "Prefect does not start in this folder. " + refusal.Reason + " Save it as UTF-8."})
				continue
			case e == nil: // the rules for TOML tell
				continue
			}
			message := "Prefect does not start in this folder. " + refusal.Reason
			if refusal.Setting != nil {
				message = fmt.Sprintf("Prefect does not start in this folder, because of %s: %s", shown(f.Kind, refusal.Setting.Name), refusal.Reason)
			}
			report(Problem{Span: e.Key.Cover(e.Value.Span), Message: message})
		}
	},
}
