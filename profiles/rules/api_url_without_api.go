package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
)

//go:embed api_url_without_api.md
var apiURLWithoutAPIPage string

// Of a path other than "/" on a server of one's own there is no more than a hint, as PREFECT_SERVER_API_BASE_PATH or a
// proxy may put the API anywhere.
var apiURLWithoutAPI = &Rule{
	Code:     "api-url-without-api",
	Severity: Error,
	Page:     apiURLWithoutAPIPage,
	Silenced: true,
	FixTitle: "Add '/api' to the URL",
	CheckURL: func(u profiles.APIURL) *Problem {
		switch {
		case u.IsCloud() && u.Path != "/api" && !strings.HasPrefix(u.Path, "/api/"):
			return &Problem{Message: "The path of a Prefect Cloud API URL starts with /api; without it no call reaches the API."}
		case !u.IsCloud() && strings.Trim(u.Path, "/") == "":
			return &Problem{Severity: Warning, Message: "The path is missing: at this address a Prefect server shows its web pages. Its API is most likely at /api."}
		case !u.IsCloud() && !strings.Contains(u.Path+"/", "/api/"):
			return &Problem{Severity: Hint, Message: "The path of a Prefect API usually ends in /api. Ignore this if a proxy serves the API here."}
		}
		return nil
	},
}
