package rules

import (
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// checkURLs reports the first mistake of every API URL in f.
func checkURLs(f *profiles.File, rules []*Rule) []Problem {
	var found []Problem
	for e := range given(f, "PREFECT_API_URL", "PREFECT_SERVER_UI_API_URL") {
		if e.Value.Kind != syntax.String || e.Value.Text == "" || isInterpolated(e) {
			continue
		}
		if e.Setting.Name != "PREFECT_API_URL" && strings.HasPrefix(e.Value.Text, "/") {
			continue // the UI may be told a path on its own host
		}
		if p, broken := checkURL(f, e, rules); broken && !(p.Rule.Silenced && isSilenced(f, e)) {
			found = append(found, p)
		}
	}
	return found
}

func checkURL(f *profiles.File, e *profiles.Entry, rules []*Rule) (Problem, bool) {
	u := profiles.ParseAPIURL(e.Value.Text)
	for _, rule := range rules {
		p := rule.CheckURL(u)
		if p == nil {
			continue
		}
		p.Span = e.Value.Span
		if corrected, sure := u.Corrected(); sure && rule.FixTitle != "" {
			p.Fixes = []Fix{{Title: rule.FixTitle, Preferred: true, Edits: []text.Edit{e.Set(f.Source, corrected)}}}
		}
		return p.of(rule), true
	}
	return Problem{}, false
}

// isSilenced reports whether the file asks Prefect not to warn about the API URL that e gives.
func isSilenced(f *profiles.File, e *profiles.Entry) bool {
	value, known := scopeOf(f, e).value("PREFECT_SILENCE_API_URL_MISCONFIGURATION")
	return known && value == true
}
