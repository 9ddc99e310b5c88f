package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

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
		if strings.Contains(part, "$") {
			return &Problem{Message: fmt.Sprintf("Nothing replaces %q in this API URL, so Prefect reaches no server. Variables count in .env files alone, and only as ${NAME}.", part)}
		}
		return &Problem{Message: fmt.Sprintf("%q still has to be replaced in this API URL; until then Prefect reaches no server.", part)}
	},
}
