package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_identical_ids.md
var apiURLIdenticalIDsPage string

var apiURLIdenticalIDs = &Rule{
	Code:     "api-url-identical-ids",
	Severity: Warning,
	Page:     apiURLIdenticalIDsPage,
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsCloud() || u.Account != u.Workspace {
			return nil
		}
		return &Problem{Message: "Account and workspace have the same id here, which no workspace has. Most likely one was pasted twice."}
	},
}
