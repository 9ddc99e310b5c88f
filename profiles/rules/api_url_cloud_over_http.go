package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_cloud_over_http.md
var apiURLCloudOverHTTPPage string

var apiURLCloudOverHTTP = &Rule{
	Code:     "api-url-cloud-over-http",
	Severity: Error,
	Page:     apiURLCloudOverHTTPPage,
	FixTitle: "Use https for Prefect Cloud",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsCloud() || u.Scheme != "http" {
			return nil
		}
		return &Problem{Message: "Over plain http Prefect does not take this for Prefect Cloud, and sends the API key unencrypted. Use https."}
	},
}
