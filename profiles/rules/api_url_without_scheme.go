package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed api_url_without_scheme.md
var apiURLWithoutSchemePage string

var apiURLWithoutScheme = &Rule{
	Code:     "api-url-without-scheme",
	Severity: Error,
	Page:     apiURLWithoutSchemePage,
	FixTitle: "Write the address with its scheme",
	CheckURL: func(u profiles.APIURL) *Problem {
		switch u.Scheme {
		case "http", "https":
			return nil
		case "":
			if u.IsWord() {
				return &Problem{Message: "This is no address, so every call to the API fails. Write http:// and the host, or remove the line: without an API URL, Prefect starts a temporary server."}
			}
			return &Problem{Message: "The API URL does not start with http:// or https://, so every call to the API fails."}
		}
		return &Problem{Message: fmt.Sprintf("The API URL starts with %s://, so every call to the API fails. Use http:// or https://.", u.Scheme)}
	},
}
