package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
)

//go:embed ui_url_listen_address.md
var uiURLListenAddressPage string

var uiURLListenAddress = &Rule{
	Code:     "ui-url-listen-address",
	Severity: Warning,
	Page:     uiURLListenAddressPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f, "PREFECT_UI_URL") {
			address, ok := textOf(e)
			u := profiles.ParseAPIURL(address)
			if !ok || !u.IsListenAddress() {
				continue
			}
			p := Problem{
				Span:    e.Value.Span,
				Message: "This is where a server listens, and no address to call it at: the links to runs that Prefect makes with it open on no other machine, and on Windows not at all.",
			}
			if !strings.HasSuffix(strings.TrimRight(address, "/"), "/api") { // else the fix of ui-url-with-api comes first
				p.Fixes = replaceValue(f, e, "Use the address of this machine", strings.Replace(address, u.Host, u.CalledAt(), 1))
			}
			report(p)
		}
	},
}
