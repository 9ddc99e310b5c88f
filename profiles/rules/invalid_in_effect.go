package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
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
			if refusal.Source.File != f || e == nil || isContradiction(refusal, in) {
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
