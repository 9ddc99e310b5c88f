package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
)

//go:embed auth_string_hides_key.md
var authStringHidesKeyPage string

// See src/prefect/client/orchestration/__init__.py; before 3.4.1 the key came first.
var authStringHidesKey = &Rule{
	Code:     "auth-string-hides-key",
	Severity: Warning,
	Page:     authStringHidesKeyPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if settings.Before(f.Prefect, "3.4.1") {
			return
		}
		const authName, keyName = "PREFECT_API_AUTH_STRING", "PREFECT_API_KEY"
		for s := range scopes(f, authName) {
			auth, key := s.entry(authName), s.entry(keyName)
			if auth == nil || auth.Value.Text == "" || isCommentAsValue(auth) {
				continue
			}
			p := Problem{Span: auth.Key, Fixes: []Fix{{Title: "Remove the auth string", Edits: removal(f, auth)}}}
			switch {
			case s.usesCloud():
				p.Severity = Error
				p.Message = "Prefect sends this in place of an API key, and Prefect Cloud rejects it. It is for servers of your own: remove it."
			case key != nil && key.Value.Text != "":
				p.Message = "With this auth string, the API key beside it is not sent. Keep the one that your server asks for."
			default:
				continue
			}
			if key != nil {
				p.Related = []Related{{Span: key.Key, Message: "the key that is not sent"}}
			}
			report(p)
		}
	},
}

// usesCloud reports whether the scope sends requests to Prefect Cloud.
func (s scope) usesCloud() bool {
	e := s.entry("PREFECT_API_URL")
	if e == nil {
		return false
	}
	url, known := textOf(e)
	return known && profiles.ParseAPIURL(url).IsCloud()
}
