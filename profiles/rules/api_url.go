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
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Setting == nil || e.Setting.Name != "PREFECT_API_URL" || e.Value.Kind != syntax.String || e.Value.Text == "" {
			continue
		}
		if e.Binding != nil && strings.Contains(e.Value.Text, "${") {
			continue // filled in from elsewhere when Prefect reads the file
		}
		if p, broken := checkURL(f, e, rules); broken {
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
		if corrected, sure := u.Corrected(); sure {
			p.Fixes = []Fix{{Title: rule.FixTitle, Preferred: true, Edits: []text.Edit{e.Set(f.Source, corrected)}}}
		}
		return p.of(rule), true
	}
	return Problem{}, false
}
