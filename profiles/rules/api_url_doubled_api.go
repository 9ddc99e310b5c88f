package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
)

//go:embed api_url_doubled_api.md
var apiURLDoubledAPIPage string

var apiURLDoubledAPI = &Rule{
	Code:     "api-url-doubled-api",
	Severity: Error,
	Page:     apiURLDoubledAPIPage,
	FixTitle: "Remove the second '/api'",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !strings.HasPrefix(u.Path, "/api/api") && !strings.HasSuffix(strings.TrimRight(u.Path, "/"), "/api/api") {
			return nil
		}
		return &Problem{Message: "The path has /api twice, so every call to the API is answered 404 Not Found."}
	},
}
