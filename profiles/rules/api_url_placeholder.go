package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed api_url_placeholder.md
var apiURLPlaceholderPage string

var apiURLPlaceholder = &Rule{
	Code:     "api-url-placeholder",
	Severity: Error,
	Page:     apiURLPlaceholderPage,
	CheckURL: func(u profiles.APIURL) *Problem {
		part := u.Placeholder()
		if part == "" {
			return nil
		}
		return &Problem{Message: fmt.Sprintf("%q still has to be replaced in this API URL; until then Prefect reaches no server.", part)}
	},
}
