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
		switch {
		case !strings.HasSuffix(u.Path, "/"):
			return nil
		case u.IsCloud():
			return &Problem{Message: "Prefect compares this URL to the letter: with a slash at its end, the current workspace is not recognised."}
		}
		return &Problem{Severity: Hint, Message: "Prefect copes with the slash at the end; Prefect's Terraform provider refuses it."}
	},
}
