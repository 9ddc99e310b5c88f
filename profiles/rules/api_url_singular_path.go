package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
)

//go:embed api_url_singular_path.md
var apiURLSingularPathPage string

var apiURLSingularPath = &Rule{
	Code:     "api-url-singular-path",
	Severity: Error,
	Page:     apiURLSingularPathPage,
	Silenced: true,
	FixTitle: "Change to '/accounts/' and '/workspaces/'",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsCloud() || !strings.Contains(u.Path, "/account/") && !strings.Contains(u.Path, "/workspace/") {
			return nil
		}
		return &Problem{Message: "The path of the API says \"accounts\" and \"workspaces\". With the singular, every call is answered 404 Not Found."}
	},
}
