package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
)

//go:embed newer_setting.md
var newerSettingPage string

var newerSetting = &Rule{
	Code:     "newer-setting",
	Severity: Warning,
	Page:     newerSettingPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f) {
			since := settings.Since(strings.ToUpper(e.Name))
			if f.Kind.NamesByPath() {
				since = settings.Since(e.Setting.Name)
			}
			if since == "" || !settings.Before(f.Prefect, since) {
				continue
			}
			p := Problem{Span: e.Key, Message: fmt.Sprintf("%s came with Prefect %s; Prefect %s, which is in use here, ignores it.", e.Name, since, f.Prefect)}
			if older, ok := olderName(f, e.Setting); ok {
				p.Fixes = []Fix{{Title: fmt.Sprintf("Change to '%s'", older), Preferred: true, Edits: []text.Edit{{Span: e.Key, New: older}}}}
			}
			report(p)
		}
	},
}

// nameIn is what to call a setting in f: its newest name, unless the Prefect in use knows an older one alone.
func nameIn(f *profiles.File, s *settings.Setting) string {
	if settings.Before(f.Prefect, settings.Since(s.Name)) {
		if older, ok := olderName(f, s); ok {
			return older
		}
	}
	return shown(f.Kind, s.Name)
}

// olderName is a name of the setting that is not its newest and that the Prefect in use knows.
func olderName(f *profiles.File, s *settings.Setting) (string, bool) {
	if f.Kind.NamesByPath() {
		return "", false
	}
	for _, name := range s.Legacy {
		if !settings.Before(f.Prefect, settings.Since(name)) {
			return name, true
		}
	}
	return "", false
}
