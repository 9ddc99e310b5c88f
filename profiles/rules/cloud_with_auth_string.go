package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed cloud_with_auth_string.md
var cloudWithAuthStringPage string

var cloudWithAuthString = &Rule{
	Code:     "cloud-with-auth-string",
	Severity: Error,
	Page:     cloudWithAuthStringPage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		a, ok := authorizationOf(f, in)
		if !ok || !a.cloud || a.auth == nil {
			return
		}
		at, here := mark(f, a.auth, a.url)
		if !here {
			return
		}
		if at == a.auth.Source.Entry {
			report(Problem{
				Span:    at.Key,
				Message: fmt.Sprintf("In this folder Prefect sends this to Prefect Cloud, by the API URL in %s, and in place of an API key. Prefect Cloud rejects it: it is for servers of your own.", describe(a.url.Source)),
				Related: relate(a.url.Source, "the API URL"),
				Fixes:   removeElsewhere(f, a.url.Source),
			})
			return
		}
		report(Problem{
			Span:    at.Key,
			Message: "To this address Prefect sends the auth string from the environment, in place of an API key. Prefect Cloud rejects it: unset PREFECT_API_AUTH_STRING there.",
		})
	},
}
