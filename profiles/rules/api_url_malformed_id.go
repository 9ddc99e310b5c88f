package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed api_url_malformed_id.md
var apiURLMalformedIDPage string

var apiURLMalformedID = &Rule{
	Code:     "api-url-malformed-id",
	Severity: Error,
	Page:     apiURLMalformedIDPage,
	FixTitle: "Write the ids in their usual form",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsCloud() {
			return nil
		}
		for _, id := range []string{u.Account, u.Workspace} {
			if canonical, ok := profiles.CanonicalID(id); !ok || canonical != id {
				return &Problem{Message: fmt.Sprintf("%q is not an id of Prefect Cloud, which has 32 hexadecimal digits in groups of 8-4-4-4-12. Every call is answered 404 Not Found.", id)}
			}
		}
		return nil
	},
}
