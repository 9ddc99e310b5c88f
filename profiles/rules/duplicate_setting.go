package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

//go:embed duplicate_setting.md
var duplicateSettingPage string

// In a TOML file the same key twice is a mistake of syntax, so that only an older name of a setting can be its double.
var duplicateSetting = &Rule{
	Code:     "duplicate-setting",
	Severity: Warning,
	Page:     duplicateSettingPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Kind.NamesByPath() {
			return
		}
		met := map[*settings.Setting]int{} // the last scope with a value for it, counted from 1
		for i, s := range f.Scopes {
			var doubled []string
			for _, e := range s.Entries {
				if e.Setting != nil && met[e.Setting] == i+1 && !slices.Contains(doubled, e.Setting.Name) {
					doubled = append(doubled, e.Setting.Name)
				}
				met[e.Setting] = i + 1
			}
			for _, name := range doubled {
				scope{s, f}.reportDoubles(name, report)
			}
		}
	},
}

func (s scope) reportDoubles(name string, report func(Problem)) {
	entries := s.all(name)
	winner, message := s.entry(name), ""
	if winner == nil {
		winner = last(entries)
	}
	for _, e := range entries {
		if e == winner || isSame(e.Value, winner.Value) || s.file.TOML != nil && e.Name == winner.Name {
			continue
		}
		switch {
		case e.Value.Kind == syntax.Missing || e.Value.Kind == syntax.Bad:
			continue
		case winner.Value.Kind == syntax.Missing:
			message = fmt.Sprintf("This value has no effect: further down %s stands without a value, which unsets it.", winner.Name)
		case e.Name == winner.Name:
			message = fmt.Sprintf("This value has no effect: %s is set again further down, and the last value counts.", e.Name)
		case strings.EqualFold(e.Name, winner.Name):
			message = fmt.Sprintf("This value has no effect: %s is the same setting, and its value counts.", winner.Name)
		default:
			message = fmt.Sprintf("This value has no effect: the newer name %s is set as well, and wins wherever it stands.", winner.Name)
		}
		report(Problem{
			Span:    e.Key.Cover(e.Value.Span),
			Message: message,
			Related: []Related{{Span: winner.Key, Message: "this one counts"}},
			Fixes:   []Fix{{Title: "Remove the value without effect", Preferred: true, Edits: removal(s.file, e)}},
		})
	}
}

// isSame reports whether two values are written alike, apart from their quotes.
func isSame(a, b syntax.Value) bool {
	return a.Kind == b.Kind && a.Text == b.Text && len(a.Elements)+len(a.Pairs)+len(b.Elements)+len(b.Pairs) == 0
}
