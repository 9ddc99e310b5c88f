package rules

import (
	"iter"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// A scope is one of a file's [profiles.Scope].
type scope struct {
	profiles.Scope
	file *profiles.File
}

// scopes yields the scopes of f in file order, if any of the named settings is among its entries.
func scopes(f *profiles.File, names ...string) iter.Seq[scope] {
	return func(yield func(scope) bool) {
		if !slices.ContainsFunc(names, func(name string) bool { return len(f.Giving(name)) > 0 }) {
			return
		}
		for _, s := range f.Scopes {
			if !yield(scope{s, f}) {
				return
			}
		}
	}
}

// scopeOf is the scope that e takes effect in.
func scopeOf(f *profiles.File, e *profiles.Entry) scope { return scope{f.ScopeOf(e), f} }

// all are the entries of the setting with the given canonical name, in file order.
func (s scope) all(name string) []*profiles.Entry {
	given := s.file.Giving(name)
	if len(given) == 0 || len(s.file.Scopes) == 1 {
		return given
	}
	var here []*profiles.Entry
	for _, e := range s.Entries {
		if e.Setting != nil && e.Setting.Name == name {
			here = append(here, e)
		}
	}
	return here
}

// entry is the one whose value Prefect takes for a setting, or nil: a canonical name comes before its older ones.
func (s scope) entry(name string) *profiles.Entry {
	entries := s.all(name)
	if len(entries) == 0 || s.file.Kind.NamesByPath() {
		return last(entries)
	}
	if e := lastOf(entries, name); e != nil && e.Value.Kind != syntax.Missing {
		return e
	}
	for _, older := range entries[0].Setting.Legacy {
		if e := lastOf(entries, older); e != nil && e.Value.Kind != syntax.Missing {
			return e
		}
	}
	return nil
}

// lastOf is the entry under one name that counts. An .env file may spell the name in different cases: python-dotenv keeps
// one value for each spelling, its last, and of these Prefect takes that of the spelling which is met last for the first time.
func lastOf(entries []*profiles.Entry, name string) *profiles.Entry {
	var spelling string
	seen := map[string]bool{}
	for _, e := range entries {
		if strings.EqualFold(e.Name, name) && !seen[e.Name] {
			seen[e.Name] = true
			spelling = e.Name
		}
	}
	var found *profiles.Entry
	for _, e := range entries {
		if e.Name == spelling {
			found = e
		}
	}
	return found
}

func last(entries []*profiles.Entry) *profiles.Entry {
	if len(entries) == 0 {
		return nil
	}
	return entries[len(entries)-1]
}

// value is what Prefect makes of a setting, or of its default where the scope leaves it alone. It reports false where
// that cannot be told: an invalid value, or one that is filled in from elsewhere.
func (s scope) value(name string) (settings.Value, bool) {
	e := s.entry(name)
	if e == nil {
		setting, ok := settings.ByName(name)
		if !ok {
			return nil, false
		}
		value, invalid := setting.Cast(syntax.Value{Kind: syntax.String, Text: setting.Default}, settings.Environment)
		return value, invalid == nil
	}
	if e.Value.Kind == syntax.Bad || isInterpolated(e) {
		return nil, false
	}
	value, invalid := e.Setting.Cast(e.Value, s.file.Kind.Source())
	return value, invalid == nil
}

// setsGroups reports whether a JSON variable, such as PREFECT_SERVER_DATABASE, may give settings of the scope a value.
func (s scope) setsGroups() bool {
	return slices.ContainsFunc(s.Entries, func(e *profiles.Entry) bool {
		_, isGroup := groupOf(s.file.Kind, e)
		return isGroup
	})
}

// shown is a setting's name as the file's kind writes it.
func shown(kind profiles.Kind, name string) string {
	if s, ok := settings.ByName(name); ok && kind.NamesByPath() {
		return s.Path
	}
	return name
}

// removal takes e out of the file, with its line where it has one to itself.
func removal(f *profiles.File, e *profiles.Entry) []text.Edit {
	switch {
	case e.Binding != nil:
		return f.Env.DeleteBinding(e.Binding)
	case e.Value.Span.Contains(e.Key.Start): // a table of its own
		return f.TOML.DeleteTable(f.Kind.PathTo(e.Name)...)
	}
	return f.TOML.DeleteAt(e.Key.Start)
}
