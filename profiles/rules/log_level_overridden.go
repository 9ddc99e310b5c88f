package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed log_level_overridden.md
var logLevelOverriddenPage string

// See src/prefect/settings/models/root.py, post_hoc_settings.
var logLevelOverridden = &Rule{
	Code:     "log-level-overridden",
	Severity: Information,
	Page:     logLevelOverriddenPage,
	Check: func(f *profiles.File, report func(Problem)) {
		modes := []string{"PREFECT_DEBUG_MODE", "PREFECT_TESTING_TEST_MODE"}
		levels := []string{"PREFECT_LOGGING_LEVEL", "PREFECT_INTERNAL_LOGGING_LEVEL"}
		for s := range scopes(f, modes...) {
			mode := s.firstOn(modes)
			if mode == nil {
				continue
			}
			for _, name := range levels {
				if level, known := s.value(name); s.entry(name) != nil && known && level != "DEBUG" {
					report(Problem{
						Span:    s.entry(name).Key,
						Message: fmt.Sprintf("This level has no effect: %s sets it to DEBUG.", shown(f.Kind, mode.Setting.Name)),
						Related: []Related{{Span: mode.Key, Message: "sets every level to DEBUG"}},
					})
				}
			}
		}
	},
}

// firstOn is the entry of the first of the named settings that is turned on, or nil.
func (s scope) firstOn(names []string) *profiles.Entry {
	for _, name := range names {
		if on, known := s.value(name); known && on == true {
			return s.entry(name)
		}
	}
	return nil
}
