package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed api_url_query.md
var apiURLQueryPage string

var apiURLQuery = &Rule{
	Code:     "api-url-query",
	Severity: Warning,
	Page:     apiURLQueryPage,
	FixTitle: "Remove what follows the path",
	CheckURL: func(u profiles.APIURL) *Problem {
		if u.Suffix == "" {
			return nil
		}
		return &Problem{Message: fmt.Sprintf("Prefect puts paths behind this URL, so what starts with %q is lost or ends up in the wrong place.", u.Suffix[:1])}
	},
}
