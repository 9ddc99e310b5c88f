package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strconv"

	"prefect-ls/profiles"
)

//go:embed api_url_invalid_port.md
var apiURLInvalidPortPage string

var apiURLInvalidPort = &Rule{
	Code:     "api-url-invalid-port",
	Severity: Error,
	Page:     apiURLInvalidPortPage,
	CheckURL: func(u profiles.APIURL) *Problem {
		port, err := strconv.Atoi(u.Port)
		if u.Port == "" || err == nil && port >= 1 && port <= 65535 {
			return nil
		}
		if u.IsCutShort() {
			return &Problem{Message: "A slash, a question mark or a hash in the name or password ends it too early: write %2F, %3F or %23 for it. Every call to the API fails."}
		}
		return &Problem{Message: fmt.Sprintf("%q is not a port: that is a number from 1 to 65535. Every call to the API fails.", u.Port)}
	},
}
