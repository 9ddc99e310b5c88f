package rules

import (
	_ "embed" // the rule's page
	"fmt"
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
		for e := range given(f) {
			newest := e.Setting.Name
			if f.Kind.NamesByPath() {
				newest = e.Setting.Path
			}
			if strings.EqualFold(e.Name, newest) || f.Prefect != "" && settings.Before(f.Prefect, settings.Since(e.Setting.Name)) {
				continue
			}
			p := Problem{Span: e.Key, Outdated: true, Message: fmt.Sprintf("%s is an older name of %s. It still works.", e.Name, newest)}
			if !f.Kind.NamesByPath() && !isGivenAs(f, e.Profile, newest) {
				p.Fixes = []Fix{{Title: fmt.Sprintf("Rename to '%s'", newest), Preferred: true, Safe: true, Edits: []text.Edit{{Span: e.Key, New: newest}}}}
			}
			report(p)
		}
	},
}

// isGivenAs reports whether the file gives a setting a value under the given name.
func isGivenAs(f *profiles.File, profile, name string) bool {
	for e := range given(f) {
		if e.Profile == profile && strings.EqualFold(e.Name, name) {
			return true
		}
	}
	return false
}
