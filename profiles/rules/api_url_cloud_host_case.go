package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
)

//go:embed api_url_cloud_host_case.md
var apiURLCloudHostCasePage string

var apiURLCloudHostCase = &Rule{
	Code:     "api-url-cloud-host-case",
	Severity: Warning,
	Page:     apiURLCloudHostCasePage,
	FixTitle: "Write the host in lower case",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsCloud() || u.Host == strings.ToLower(u.Host) {
			return nil
		}
		return &Problem{Message: "Prefect compares this host to the letter: in capitals it does not take it for Prefect Cloud."}
	},
}
