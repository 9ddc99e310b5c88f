package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_user_info.md
var apiURLUserInfoPage string

var apiURLUserInfo = &Rule{
	Code:     "api-url-user-info",
	Severity: Warning,
	Page:     apiURLUserInfoPage,
	CheckURL: func(u profiles.APIURL) *Problem {
		if u.User == "" {
			return nil
		}
		return &Problem{Message: "A user name or password in the API URL shows up in logs and in the UI. Put it into PREFECT_API_AUTH_STRING."}
	},
}
