package rules

import (
	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

// CheckTarget is the first problem for which code does not get to the server in effect: a mistake in the address, wherever that
// comes from, or something to sign in with that belongs elsewhere. The problem is about the setting, which is nil where there is none.
func CheckTarget(in *layers.Result) (Problem, *layers.Setting) {
	if p, broken := checkAddress(in); broken {
		return p, in.Lookup("PREFECT_API_URL")
	}
	for _, name := range []string{"PREFECT_API_KEY", "PREFECT_API_AUTH_STRING", "PREFECT_API_URL"} {
		s := in.Lookup(name)
		if s.Source.Entry == nil {
			continue
		}
		for _, rule := range []*Rule{cloudWithAuthString, keySentToServer, keyFromElsewhere} {
			var found []Problem
			rule.CheckInEffect(s.Source.File, in, func(p Problem) { found = append(found, p.of(rule)) })
			if len(found) > 0 && found[0].Severity <= Warning {
				return found[0], s
			}
		}
	}
	return Problem{}, nil
}

// checkAddress is the first error in the API URL in effect.
func checkAddress(in *layers.Result) (Problem, bool) {
	address := in.Target().APIURL
	if address == "" {
		return Problem{}, false
	}
	silent := in.Lookup("PREFECT_SILENCE_API_URL_MISCONFIGURATION").Typed == true
	u := profiles.ParseAPIURL(address)
	for _, rule := range All() {
		if rule.CheckURL == nil || silent && rule.Silenced {
			continue
		}
		if p := rule.CheckURL(u); p != nil {
			found := p.of(rule)
			return found, found.Severity == Error
		}
	}
	return Problem{}, false
}
