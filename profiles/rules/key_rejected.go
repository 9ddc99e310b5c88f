package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed key_rejected.md
var keyRejectedPage string

var keyRejected = &Rule{
	Code:     "key-rejected",
	Severity: Error,
	Page:     keyRejectedPage,
	CheckFacts: func(f *profiles.File, in *layers.Result, facts Facts, report func(Problem)) {
		if facts.Answer != KeyRejected {
			return
		}
		if at, here := mark(f, in.Lookup("PREFECT_API_KEY"), in.Lookup("PREFECT_API_URL")); here {
			report(Problem{
				Span:    at.Key,
				Message: "Prefect Cloud rejected the API key that is in effect here (401). It may be expired or revoked: keys made by a login in the browser last 30 days. Log in again.",
			})
		}
	},
}
