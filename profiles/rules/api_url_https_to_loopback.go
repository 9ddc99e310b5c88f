package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_https_to_loopback.md
var apiURLHTTPSToLoopbackPage string

var apiURLHTTPSToLoopback = &Rule{
	Code:     "api-url-https-to-loopback",
	Severity: Warning,
	Page:     apiURLHTTPSToLoopbackPage,
	FixTitle: "Use http for the server on this machine",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.SpeaksHTTPOverTLS() {
			return nil
		}
		return &Problem{Message: "A Prefect server on this machine speaks plain http at port 4200, so an https connection to it fails."}
	},
}
