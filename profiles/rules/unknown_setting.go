package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed unknown_setting.md
var unknownSettingPage string

var unknownSetting = &Rule{
	Code:     "unknown-setting",
	Severity: Warning,
	Page:     unknownSettingPage,
	Check: func(f *profiles.File, report func(Problem)) {
		moves := mostMoves
		var wrong wrongTables
		for i := range f.Entries {
			e := &f.Entries[i]
			_, wasRemoved := removed(f.Kind, e)
			switch {
			case e.Setting != nil:
			case wasRemoved: // see removed-setting
			case isOther(f.Kind, e.Name):
			case e.Value.Kind == syntax.Missing: // it sets nothing, or is still being typed
			case e.Name == "active" && f.Kind == profiles.ProfilesTOML: // see misplaced-active
			case isBelowSetting(f.Kind, e.Name): // see invalid-value and group-variable
			case wrong.accountFor(f, e): // see wrong-table
			default:
				report(unknownName(f, e, &moves))
			}
		}
	},
}

// isOther reports whether name is no setting and yet not a mistake: integrations and other tools have names of their own.
func isOther(kind profiles.Kind, name string) bool {
	if kind.NamesByPath() {
		return profiles.IsGroup(name) || isIntegration(name)
	}
	upper := strings.ToUpper(name)
	if kind == profiles.DotEnv {
		name = upper
	}
	_, group := settings.GroupByName(name)
	return settings.IsOther(upper) || group
}

// isBelowSetting reports whether name, which stands in a profile, is a dotted key that makes a setting or a group a table.
func isBelowSetting(kind profiles.Kind, name string) bool {
	above, _, dotted := strings.Cut(name, ".")
	return kind == profiles.ProfilesTOML && dotted && isVariable(above)
}

// isVariable reports whether name is the variable of a setting or of a group.
func isVariable(name string) bool {
	_, setting := settings.ByName(name)
	_, group := settings.GroupByName(name)
	return setting || group
}

// isIntegration reports whether path lies in the tables of Prefect's integrations, which read the same files.
func isIntegration(path string) bool {
	return strings.HasPrefix(path, "integrations.") || strings.HasPrefix(path, "redis.")
}

func unknownName(f *profiles.File, e *profiles.Entry, moves *int) Problem {
	p := Problem{Span: e.Key, Message: fmt.Sprintf("Prefect knows no setting %s and ignores it.", e.Name)}
	if f.Kind == profiles.ProfilesTOML {
		p.Message = fmt.Sprintf("Prefect knows no setting %s: it ignores it, and deletes it when the Prefect CLI next writes this file.", e.Name)
	}
	setting, ok := meant(f.Kind, e.Name)
	if ok && f.Kind == profiles.DotEnv && len(scopeOf(f, e).all(setting.Name)) > 0 {
		ok = false // who sets the one knows its name, and means something else by the other
	}
	if f.Kind == profiles.DotEnv && (!ok || !settings.IsMistyped(e.Name)) {
		p.Severity = Information // anything may read an .env file
	}
	if ok {
		p.Message += fmt.Sprintf(" Did you mean %s?", nameIn(f, setting))
		p.Fixes = corrections(f, e, setting, moves)
	}
	if p.Severity == Information {
		return p // it may mean something to another program
	}
	if edits := removal(f, e); edits != nil {
		p.Fixes = append(p.Fixes, Fix{Title: fmt.Sprintf("Remove unknown setting '%s'", e.Name), Edits: edits})
	}
	return p
}

// mostMoves is for how many problems of a rule it is worked out how to move a line, which takes a look at the whole file each time.
const mostMoves = 50

// corrections give the setting that was meant the value of e, unless it has one.
func corrections(f *profiles.File, e *profiles.Entry, setting *settings.Setting, moves *int) []Fix {
	name := nameIn(f, setting)
	if len(scopeOf(f, e).all(setting.Name)) > 0 || *moves == 0 {
		return nil
	}
	if f.Kind.NamesByPath() {
		*moves--
	}
	if written, ok := rewrite(f, e.Name, name); ok {
		return []Fix{{Title: fmt.Sprintf("Change to '%s'", name), Preferred: true, Edits: []text.Edit{{Span: e.Key, New: written}}}}
	}
	if _, known := byVariable(e.Name); !known {
		return nil // a guess had better stay in its table
	}
	edits := f.TOML.Move(f.Kind.PathTo(e.Name), f.Kind.PathTo(name))
	if edits == nil {
		return nil
	}
	return []Fix{{Title: fmt.Sprintf("Move to '%s'", name), Preferred: true, Edits: edits}}
}

// meant is the setting that an unknown name most likely stands for.
func meant(kind profiles.Kind, name string) (*settings.Setting, bool) {
	if kind.NamesByPath() {
		if s, ok := byVariable(name); ok {
			return s, true
		}
		return settings.NearestByPath(name)
	}
	if s, ok := settings.ByPath(strings.ToLower(name)); ok {
		return s, true
	}
	if s, ok := settings.ByName(strings.ToUpper(name)); ok {
		return s, true
	}
	return settings.NearestByName(name)
}

// byVariable is the setting whose variable is written in a place where Prefect wants its path, whole or without PREFECT_: in
// [server] the key PREFECT_API_URL or api_url, or ui.url for PREFECT_UI_URL.
func byVariable(path string) (*settings.Setting, bool) {
	upper := strings.ToUpper(path)
	last := upper[strings.LastIndexByte(upper, '.')+1:]
	if s, ok := settings.ByName(last); ok {
		return s, true
	}
	whole := "PREFECT_" + strings.Map(func(r rune) rune {
		if r == '.' || r == '-' {
			return '_'
		}
		return r
	}, upper)
	if s, ok := settings.ByName(whole); ok {
		return s, true
	}
	if s, ok := settings.OftenMeant(whole); ok {
		return s, true
	}
	if !strings.Contains(last, "_") {
		return nil, false
	}
	return settings.ByName("PREFECT_" + last)
}

// rewrite is what to write in place of the last part of the key, if nothing has to move.
func rewrite(f *profiles.File, name, meant string) (string, bool) {
	if !f.Kind.NamesByPath() {
		return meant, true
	}
	table, _ := split(name)
	meantTable, meantKey := split(meant)
	if table == meantTable {
		return meantKey, true
	}
	if table != "" && !strings.HasPrefix(meant, table+".") {
		return "", false
	}
	dotted := strings.TrimPrefix(meant, table+".")
	_, rest, below := strings.Cut(dotted, ".")
	return dotted, !below || !isOpened(f.TOML, f.Kind.PathTo(strings.TrimSuffix(meant, "."+rest)))
}

// isOpened reports whether a table has a header, is above one, or is written as a value, so that no dotted key may open it.
func isOpened(t *syntax.TOML, table []string) bool {
	return t.Find(table...) != nil || slices.ContainsFunc(t.Statements, func(s syntax.Statement) bool {
		return s.Kind == syntax.Header && len(s.Key) >= len(table) && slices.Equal(syntax.Names(s.Key[:len(table)]), table)
	})
}

func split(path string) (table, key string) {
	i := strings.LastIndexByte(path, '.')
	return path[:max(i, 0)], path[i+1:]
}
