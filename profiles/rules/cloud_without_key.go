package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed cloud_without_key.md
var cloudWithoutKeyPage string

var cloudWithoutKey = &Rule{
	Code:     "cloud-without-key",
	Severity: Warning,
	Page:     cloudWithoutKeyPage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		a, ok := authorizationOf(f, in)
		if !ok || !a.cloud || a.key != nil || a.auth != nil {
			return
		}
		at, here := mark(f, a.url)
		if !here {
			return
		}
		p := Problem{Span: at.Key, Message: "Prefect Cloud asks for an API key, and nothing gives one in this folder. Log in with `prefect cloud login`, or set PREFECT_API_KEY."}
		if a.url.Source.Kind == layers.Profile {
			p.Severity = Error // a profile is where logging in puts both
		}
		report(p)
	},
}
