package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_former_cloud.md
var apiURLFormerCloudPage string

var apiURLFormerCloud = &Rule{
	Code:     "api-url-former-cloud",
	Severity: Error,
	Page:     apiURLFormerCloudPage,
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsFormerCloud() {
			return nil
		}
		return &Problem{Message: "This is the address of Prefect Cloud 1, which is gone. Use the API URL of a workspace, or remove the line and run: prefect cloud login"}
	},
}
