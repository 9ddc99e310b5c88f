package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

//go:embed shadowed_setting.md
var shadowedSettingPage string

var shadowedSetting = &Rule{
	Code:     "shadowed-setting",
	Severity: Information,
	Page:     shadowedSettingPage,
	CheckInEffect: func(f *profiles.File, in *layers.Result, report func(Problem)) {
		for e := range given(f) {
			if e.Profile != "" && e.Profile != in.Active.Name {
				continue // in vain, but not because of another source; there can be many of these
			}
			s := in.Lookup(e.Setting.Name)
			rank := s.Rank(e)
			if rank <= 0 || s.IsObject() || isDoubled(f, s, rank) || s.Text() == s.Shadows[rank-1].Text() || countsElsewhere(f, e, s, in) {
				continue
			}
			winner, says := decider(s, e, in)
			if winner.File == f && winner.Group == nil {
				continue // a rule of this file alone tells
			}
			p := Problem{
				Span:    e.Key,
				Message: fmt.Sprintf("%s has no effect in this folder: %s.", e.Name, says),
				Related: relate(winner, "this counts"),
			}
			if winner.Entry != nil && winner.Entry.Setting == e.Setting {
				p.Fixes = removeElsewhere(f, winner)
			}
			report(p)
		}
	},
}

// decider is the source that decides on the value of a setting in place of e, and says what it does.
func decider(s *layers.Setting, e *profiles.Entry, in *layers.Result) (source layers.Source, says string) {
	source = s.Source
	switch {
	case source.Because != nil:
		source = in.Lookup(source.Because.Name).Source
		return source, fmt.Sprintf("%s in %s makes it %s", source.Name, describe(source), s.Text())
	case source.Kind == layers.Default:
		return source, "Prefect Cloud takes no more than " + s.Text()
	case source.Group != nil:
		return source, fmt.Sprintf("%s sets it in %s", describe(source), source.Name)
	case !strings.EqualFold(source.Name, e.Name):
		return source, fmt.Sprintf("%s sets it as %s", describe(source), source.Name)
	}
	return source, describe(source) + " sets it"
}

// isDoubled reports whether f itself holds another value of the setting, above the one of the given rank.
func isDoubled(f *profiles.File, s *layers.Setting, rank int) bool {
	return slices.ContainsFunc(s.Shadows[:rank-1], func(v layers.Value) bool { return v.Source.File == f && v.Source.Group == nil })
}

// countsElsewhere reports whether e may have an effect all the same: the path of the profiles is looked for before
// settings are read, and other lines of an .env file may take the value of this one.
func countsElsewhere(f *profiles.File, e *profiles.Entry, s *layers.Setting, in *layers.Result) bool {
	if s.Name == "PREFECT_PROFILES_PATH" && in.Loaded.From != s.Source {
		return true
	}
	return f.Kind == profiles.DotEnv && strings.Contains(f.Source, "${"+e.Name)
}
