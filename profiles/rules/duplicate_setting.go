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
		doubled := doubledNames(f)
		if len(doubled) == 0 {
			return
		}
		for _, s := range scopes(f, doubled...) {
			for _, name := range doubled {
				if len(s.entries[name]) > 1 {
					s.reportDoubles(name, report)
				}
			}
		}
	},
}

// doubledNames are the settings that some profile, or a file without profiles, sets more than once.
func doubledNames(f *profiles.File) []string {
	type place struct {
		profile string
		setting *settings.Setting
	}
	seen := make(map[place]bool, len(f.Entries))
	var doubled []string
	for i := range f.Entries {
		e := &f.Entries[i]
		at := place{e.Profile, e.Setting}
		if e.Setting != nil && seen[at] && !slices.Contains(doubled, e.Setting.Name) {
			doubled = append(doubled, e.Setting.Name)
		}
		seen[at] = true
	}
	return doubled
}

func (s *scope) reportDoubles(name string, report func(Problem)) {
	entries := s.entries[name]
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
