package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed api_url_listen_address.md
var apiURLListenAddressPage string

var apiURLListenAddress = &Rule{
	Code:     "api-url-listen-address",
	Severity: Warning,
	Page:     apiURLListenAddressPage,
	FixTitle: "Use the address of this machine",
	CheckURL: func(u profiles.APIURL) *Problem {
		if !u.IsListenAddress() {
			return nil
		}
		return &Problem{Message: u.Host + " is where a server listens, and no address to call it at: a browser, or Windows, does not reach it."}
	},
}
