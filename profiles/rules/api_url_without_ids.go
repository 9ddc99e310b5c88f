package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

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
		return &Problem{Message: fmt.Sprintf(
			"This API URL names no workspace, so no call reaches one. It has to be https://%s/api/accounts/<account id>/workspaces/<workspace id>.", strings.ToLower(u.Host))}
	},
}
