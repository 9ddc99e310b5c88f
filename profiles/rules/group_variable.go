package rules

import (
	_ "embed" // the rule's page
	"encoding/json"
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed group_variable.md
var groupVariablePage string

var groupVariable = &Rule{
	Code:     "group-variable",
	Severity: Error,
	Page:     groupVariablePage,
	Check: func(f *profiles.File, report func(Problem)) {
		for _, s := range f.Irregular {
			name, v := tableInProfile(f, s)
			if group, ok := settings.GroupByName(name); ok {
				report(Problem{Span: v.Span, Message: notJSON(name, group)})
			}
		}
		for i := range f.Entries {
			e := &f.Entries[i]
			group, ok := groupOf(f.Kind, e)
			switch {
			case !ok || e.Value.Kind == syntax.Missing || e.Value.Kind == syntax.Bad || isInterpolated(e):
			case !isGroupValue(f.Kind, e.Value):
				report(brokenGroup(f, e, group))
			case f.Kind == profiles.ProfilesTOML:
				report(Problem{Severity: Warning, Span: e.Key, Message: fmt.Sprintf(
					"Prefect reads %s as the table [%s], but the Prefect CLI does not know the name: it deletes this line when it next writes the file. Set each setting by its own name.", e.Name, group.Path)})
			}
		}
	},
}

// groupOf is the group of settings whose variable e sets. Names in an .env file are case-insensitive.
func groupOf(kind profiles.Kind, e *profiles.Entry) (*settings.Group, bool) {
	switch {
	case e.Setting != nil || kind.NamesByPath():
		return nil, false
	case kind == profiles.DotEnv:
		return settings.GroupByName(strings.ToUpper(e.Name))
	}
	return settings.GroupByName(e.Name)
}

// isGroupValue reports whether Prefect can read v as a table: it wants a JSON object, and takes "null" in .env.
func isGroupValue(kind profiles.Kind, v syntax.Value) bool {
	written := strings.TrimSpace(v.Text)
	if v.Kind != syntax.String || !strings.HasPrefix(written, "{") {
		return v.Kind == syntax.String && kind == profiles.DotEnv && written == "null"
	}
	// Python's JSON has NaN and Infinity, which Go's has not.
	return json.Valid([]byte(written)) || strings.Contains(written, "NaN") || strings.Contains(written, "Infinity")
}

func brokenGroup(f *profiles.File, e *profiles.Entry, group *settings.Group) Problem {
	p := Problem{Span: e.Key, Message: notJSON(e.Name, group)}
	name, ok := meantMember(group, e.Value)
	if !ok {
		return p
	}
	p.Message += fmt.Sprintf(" Did you mean %s?", name)
	if len(scopeOf(f, e).all(name)) > 0 {
		return p
	}
	p.Fixes = []Fix{{Title: fmt.Sprintf("Change to '%s'", name), Preferred: true, Edits: []text.Edit{{Span: e.Key, New: name}}}}
	return p
}

func notJSON(name string, group *settings.Group) string {
	return fmt.Sprintf("%s is no setting but stands for the whole table [%s]: a value that is not a JSON object stops every Prefect command.", name, group.Path)
}

// meantMember is the setting of the group that a value most likely belongs to, if the value gives it away.
func meantMember(group *settings.Group, v syntax.Value) (string, bool) {
	for _, suffix := range []string{"_URL", "_LEVEL", "_ENABLED"} {
		s, ok := settings.ByName(group.Name + suffix)
		if !ok || suffix == "_URL" && !strings.Contains(v.Text, "://") {
			continue
		}
		if _, invalid := s.Cast(v, settings.Profile); invalid == nil {
			return s.Name, true
		}
	}
	return "", false
}
