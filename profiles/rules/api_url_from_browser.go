package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_from_browser.md
var apiURLFromBrowserPage string

var apiURLFromBrowser = &Rule{
	Code:     "api-url-from-browser",
	Severity: Error,
	Page:     apiURLFromBrowserPage,
	Silenced: true,
	FixTitle: "Replace with the API URL for this workspace",
	CheckURL: func(u profiles.APIURL) *Problem {
		switch {
		case u.IsCloudApp():
			return &Problem{Message: "This is the address of a page in the Prefect Cloud app; Prefect finds no API there. Use the API URL of the workspace."}
		case u.IsServerPage():
			return &Problem{Message: "This is the address of a page in the Prefect UI; Prefect finds no API there. Use the address of the API."}
		}
		return nil
	},
}
