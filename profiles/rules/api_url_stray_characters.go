package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_stray_characters.md
var apiURLStrayCharactersPage string

var apiURLStrayCharacters = &Rule{
	Code:     "api-url-stray-characters",
	Severity: Error,
	Page:     apiURLStrayCharactersPage,
	FixTitle: "Remove the quotes and spaces",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.HasStrayCharacters() {
			return nil
		}
		return &Problem{Message: "Quotes or white space are part of this API URL, as Prefect removes neither. Every call to the API fails."}
	},
}
