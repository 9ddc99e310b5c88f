package rules

import (
	"fmt"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/text"
)

// CheckInEffect completes what [Check] found in f alone, a file that takes part in the result: it leaves out what the
// other sources refute, and adds what only all of them together tell, with the facts. The problems are in file order.
func CheckInEffect(f *profiles.File, alone []Problem, in *layers.Result, facts Facts) []Problem {
	told := slices.DeleteFunc(slices.Clone(alone), func(p Problem) bool { return isRefuted(f, p, in) })
	var found []Problem
	for _, rule := range All() {
		report := func(p Problem) {
			if p = p.of(rule); !isTold(p, told) {
				found = append(found, p)
			}
		}
		switch {
		case rule.CheckInEffect != nil:
			rule.CheckInEffect(f, in, report)
		case rule.CheckFacts != nil:
			rule.CheckFacts(f, in, facts, report)
		}
	}
	found = suppress(f, found)
	if len(found) > 0 && hasDirective(f) { // what a comment silences is not to be told in other words
		silenced := slices.DeleteFunc(checkAll(f), func(p Problem) bool { return isRefuted(f, p, in) })
		found = slices.DeleteFunc(found, func(p Problem) bool { return isTold(p, silenced) })
	}
	return inFileOrder(append(told, found...))
}

// isTold reports whether another problem, at least as grave, is reported at the place of p.
func isTold(p Problem, others []Problem) bool {
	return slices.ContainsFunc(others, func(o Problem) bool { return o.Severity <= p.Severity && o.Span.Overlaps(p.Span) })
}

// isRefuted reports whether p is none in a folder where in is in effect: what f alone does not say, another source does.
func isRefuted(f *profiles.File, p Problem, in *layers.Result) bool {
	depends := []*Rule{logLargerThanBatch, databasePartsMissing, apiURLUndeclaredCloud, ineffectiveHere}
	if !p.Rule.Silenced && !slices.Contains(depends, p.Rule) {
		return false
	}
	if p.Rule == ineffectiveHere && f == in.EnvironmentFile {
		return true
	}
	e := f.EntryAt(p.Span.Start)
	if e == nil || e.Setting == nil {
		return false
	}
	rank := in.Lookup(e.Setting.Name).Rank(e)
	if rank < 0 { // of a profile that is not active, say
		return false
	}
	switch p.Rule {
	case logLargerThanBatch:
		return !slices.ContainsFunc(in.Refusals, func(r layers.Refusal) bool { return r.Setting != nil && r.Setting.Name == maxLogSize })
	case databasePartsMissing:
		return !slices.ContainsFunc(in.Refusals, func(r layers.Refusal) bool { return r.Source.Entry == e })
	case apiURLUndeclaredCloud:
		return rank == 0 && in.Target().Type == layers.Cloud
	case ineffectiveHere:
		return e.Setting.Name == "PREFECT_HOME" && in.Loaded.Path == in.Saved.Path
	}
	return rank == 0 && in.Lookup("PREFECT_SILENCE_API_URL_MISCONFIGURATION").Typed == true
}

// describe names the place that a value comes from, such as .env:3.
func describe(s layers.Source) string {
	switch {
	case s.Kind == layers.Default:
		return "by default"
	case s.Kind == layers.Environment:
		return "the environment"
	case s.File != nil && s.Entry != nil:
		return fmt.Sprintf("%s:%d", fileName(s.Kind), s.File.LineOf(s.Entry.Key))
	case s.Kind == layers.Profile:
		return "a profile that comes with Prefect"
	}
	return fileName(s.Kind)
}

func fileName(kind layers.Kind) string {
	switch kind {
	case layers.DotEnv:
		return ".env"
	case layers.Profile:
		return "profiles.toml"
	case layers.Environment:
		return "the file of the environment"
	}
	return kind.String()
}

// removeElsewhere is the fix that takes what decides out of another file than f, with all that the setting is given there.
func removeElsewhere(f *profiles.File, s layers.Source) []Fix {
	if s.File == nil || s.File == f || s.Entry == nil || s.Group != nil {
		return nil
	}
	fix := Fix{Title: fmt.Sprintf("Remove '%s' from %s", s.Entry.Name, fileName(s.Kind)), File: s.File}
	for i := range s.File.Entries {
		if e := &s.File.Entries[i]; e.Setting == s.Entry.Setting && e.Profile == s.Entry.Profile {
			for _, edit := range removal(s.File, e) {
				if !slices.ContainsFunc(fix.Edits, func(other text.Edit) bool { return other.Span.Overlaps(edit.Span) }) {
					fix.Edits = append(fix.Edits, edit)
				}
			}
		}
	}
	return []Fix{fix}
}

// relate points at where a value is written, if that is in a file.
func relate(s layers.Source, message string) []Related {
	if s.File == nil || s.Entry == nil {
		return nil
	}
	return []Related{{File: s.File, Span: s.Entry.Key, Message: message}}
}
