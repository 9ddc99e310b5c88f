package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
)

//go:embed api_url_wrong_path.md
var apiURLWrongPathPage string

var apiURLWrongPath = &Rule{
	Code:     "api-url-wrong-path",
	Severity: Error,
	Page:     apiURLWrongPathPage,
	FixTitle: "Replace with the API URL for this workspace",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsCloud() || strings.TrimRight(u.Path, "/") == "/api/accounts/"+u.Account+"/workspaces/"+u.Workspace {
			return nil
		}
		return &Problem{Message: "The path of a workspace's API is /api/accounts/<account id>/workspaces/<workspace id>, with nothing behind it. Every call is answered 404 Not Found."}
	},
}
