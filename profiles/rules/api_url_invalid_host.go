package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_invalid_host.md
var apiURLInvalidHostPage string

// To warn of some mistakes, Prefect parses the address (src/prefect/settings/models/root.py, _warn_on_misconfigured_api_url). Python's
// parser objects to brackets alone, and there Prefect stops.
var apiURLInvalidHost = &Rule{
	Code:     "api-url-invalid-host",
	Severity: Error,
	Page:     apiURLInvalidHostPage,
	CheckURL: func(u profiles.APIURL) *Problem {
		if u.Scheme == "" || !u.HasStrayBrackets() {
			return nil
		}
		return &Problem{Message: "Square brackets may only stand around an IPv6 address. With this as PREFECT_API_URL no prefect command starts, not even the one that would change it; if PREFECT_SILENCE_API_URL_MISCONFIGURATION is true, each fails when it calls the API."}
	},
}
