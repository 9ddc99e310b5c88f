package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
)

//go:embed api_url_trailing_slash.md
var apiURLTrailingSlashPage string

var apiURLTrailingSlash = &Rule{
	Code:     "api-url-trailing-slash",
	Severity: Warning,
	Page:     apiURLTrailingSlashPage,
	FixTitle: "Remove the trailing slash",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsCloud() || !strings.HasSuffix(u.Path, "/") {
			return nil
		}
		return &Problem{Message: "Prefect compares this URL to the letter: with a slash at its end, the current workspace is not recognised."}
	},
}
