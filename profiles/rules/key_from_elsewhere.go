package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed key_from_elsewhere.md
var keyFromElsewherePage string

var keyFromElsewhere = &Rule{
	Code:     "key-from-elsewhere",
	Severity: Warning,
	Page:     keyFromElsewherePage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		a, ok := authorizationOf(f, in)
		if !ok || !a.cloud || a.key == nil || a.key.Source.Kind == a.url.Source.Kind {
			return
		}
		own, found := besideKey(a)
		if !found || own.Account == "" || a.address.Account == "" || strings.EqualFold(own.Account, a.address.Account) {
			return
		}
		at, here := mark(f, a.url, a.key)
		if !here {
			return
		}
		p := Problem{Span: at.Key, Related: relate(a.key.Source, "the key that is sent")}
		if at == a.url.Source.Entry {
			p.Message = fmt.Sprintf("The API key for this account comes from %s, where it stands beside the API URL of another account. Set PREFECT_API_KEY here too, unless the key is good for both.", describe(a.key.Source))
		} else {
			p.Message = fmt.Sprintf("In this folder this key is sent to another account of Prefect Cloud than the one beside it, by the API URL in %s. Set PREFECT_API_KEY there too, unless the key is good for both.", describe(a.url.Source))
			p.Related, p.Fixes = nil, removeElsewhere(f, a.url.Source)
		}
		if strings.HasPrefix(a.key.Text(), "pnu_") {
			p.Severity = Information // the key of a person, who may be in both accounts
		}
		report(p)
	},
}

// besideKey is the address of Prefect Cloud that the source of the key gives, which is shadowed.
func besideKey(a authorization) (profiles.APIURL, bool) {
	for i := range a.url.Shadows {
		if v := &a.url.Shadows[i]; v.Source.Kind == a.key.Source.Kind {
			own := profiles.ParseAPIURL(v.Text())
			return own, own.IsCloud()
		}
	}
	return profiles.APIURL{}, false
}
