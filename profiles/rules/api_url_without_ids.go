package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_without_ids.md
var apiURLWithoutIDsPage string

var apiURLWithoutIDs = &Rule{
	Code:     "api-url-without-ids",
	Severity: Error,
	Page:     apiURLWithoutIDsPage,
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsCloud() || u.Account != "" && u.Workspace != "" {
			return nil
		}
		return &Problem{Message: "This API URL names no workspace, so Prefect Cloud answers every call with 404 Not Found. It has to end in /api/accounts/<account id>/workspaces/<workspace id>."}
	},
}
