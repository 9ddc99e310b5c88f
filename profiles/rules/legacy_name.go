package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
)

//go:embed legacy_name.md
var legacyNamePage string

var legacyName = &Rule{
	Code:     "legacy-name",
	Severity: Hint,
	Page:     legacyNamePage,
	Check: func(f *profiles.File, report func(Problem)) {
		type place struct {
			profile string
			setting *settings.Setting
		}
		taken := map[place]bool{} // whether the newer name is given there as well
		for e := range given(f) {
			newest := e.Setting.Name
			if f.Kind.NamesByPath() {
				newest = e.Setting.Path
			}
			if strings.EqualFold(e.Name, newest) || settings.Before(f.Prefect, settings.Since(e.Setting.Name)) {
				continue
			}
			p := Problem{Span: e.Key, Outdated: true, Message: fmt.Sprintf("%s is an older name of %s. It still works.", e.Name, newest)}
			at := place{e.Profile, e.Setting}
			if _, known := taken[at]; !known {
				taken[at] = isGivenAs(scopeOf(f, e), newest)
			}
			if !f.Kind.NamesByPath() && !taken[at] {
				p.Fixes = []Fix{{Title: fmt.Sprintf("Rename to '%s' (old name still works)", newest), Preferred: true, Safe: true, Edits: []text.Edit{{Span: e.Key, New: newest}}}}
			}
			report(p)
		}
	},
}

// isGivenAs reports whether the scope gives a setting a value under its canonical name.
func isGivenAs(s scope, name string) bool {
	return slices.ContainsFunc(s.all(name), func(e *profiles.Entry) bool { return isGiven(e) && strings.EqualFold(e.Name, name) })
}
