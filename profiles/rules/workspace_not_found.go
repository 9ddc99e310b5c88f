package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed workspace_not_found.md
var workspaceNotFoundPage string

var workspaceNotFound = &Rule{
	Code:     "workspace-not-found",
	Severity: Error,
	Page:     workspaceNotFoundPage,
	CheckFacts: func(f *profiles.File, in *layers.Result, facts Facts, report func(Problem)) {
		if facts.Answer != WorkspaceNotFound {
			return
		}
		if at, here := mark(f, in.Lookup("PREFECT_API_URL"), in.Lookup("PREFECT_API_KEY")); here {
			report(Problem{
				Span:    place(at),
				Message: "Prefect Cloud knows no such workspace, or the API key that is in effect here has no access to it (404). Choose one that the key can see, or ask to be invited.",
			})
		}
	},
}
