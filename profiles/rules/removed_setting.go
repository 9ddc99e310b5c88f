package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed removed_setting.md
var removedSettingPage string

var removedSetting = &Rule{
	Code:     "removed-setting",
	Severity: Warning,
	Page:     removedSettingPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for i := range f.Entries {
			e := &f.Entries[i]
			removal, ok := removed(f.Kind, e)
			if !ok || e.Value.Kind == syntax.Missing || settings.Before(f.Prefect, removal.In) {
				continue
			}
			report(removedName(f, e, removal))
		}
	},
}

func removed(kind profiles.Kind, e *profiles.Entry) (settings.Removal, bool) {
	switch {
	case e.Setting != nil:
		return settings.Removal{}, false
	case kind.NamesByPath():
		return settings.RemovedPath(e.Name)
	}
	name := strings.ToUpper(e.Name)
	if isPrefect1(name) {
		return settings.Removal{Name: name, In: "2.0.0"}, true
	}
	return settings.Removed(name)
}

// isPrefect1 reports whether name is of the form that Prefect 1 had for its configuration. Later releases use the same
// start for what they tell the process of a run.
func isPrefect1(name string) bool {
	rest, ok := strings.CutPrefix(name, "PREFECT__")
	return ok && strings.Contains(rest, "__") && !strings.HasPrefix(rest, "RUNTIME__")
}

func removedName(f *profiles.File, e *profiles.Entry, removal settings.Removal) Problem {
	p := Problem{Span: e.Key, Outdated: true, Message: fmt.Sprintf("Prefect dropped %s in release %s and ignores it.", e.Name, removal.In)}
	successor, ok := settings.ByName(removal.Instead)
	if !ok {
		return p
	}
	instead := nameIn(f, successor)
	p.Message += fmt.Sprintf(" Its place was taken by %s.", instead)
	if written, ok := rewrite(f, e.Name, instead); ok {
		p.Fixes = []Fix{{Title: fmt.Sprintf("Change to '%s'", instead), Edits: []text.Edit{{Span: e.Key, New: written}}}}
	}
	return p
}
