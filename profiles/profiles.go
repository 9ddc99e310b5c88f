// Package profiles is the typed model of the four kinds of file in which Prefect keeps its settings:
// which profiles a file defines, which of them is active, and every place where it gives a setting a value.
package profiles

import (
	"strings"

	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// A File is what Prefect would see in one file. It never changes after [Read] returns it.
type File struct {
	Kind     Kind
	Prefect  string // the release that reads the file, such as 3.4.0; empty for the newest known
	Source   string
	PassedOn bool         // a DotEnv that is not called .env, and so counts only where something else than Prefect makes it an environment
	TOML     *syntax.TOML // nil for a DotEnv
	Env      *syntax.Env  // nil for every other kind
	Active   *Active      // of a ProfilesTOML, or nil
	Profiles []Profile    // of a ProfilesTOML, in file order
	Entries  []Entry      // in file order
	Scopes   []Scope      // one for each of Profiles, or a single one in a file of another kind

	// Irregular are, in file order, the statements that are neither the header of a profile nor a known setting below one, such as
	// [profiles.dev] and PREFECT_API_URL = "...". In a TOML file of another kind they are all statements.
	Irregular []*syntax.Statement

	bySetting map[*settings.Setting][]*Entry // in file order
	byProfile map[string]int                 // index in Profiles and Scopes
}

// Active is the top-level key that names the profile to use.
type Active struct {
	Key   text.Span
	Value syntax.Value
}

// A Profile is a named set of settings in a profiles.toml.
type Profile struct {
	Name     string
	NameSpan text.Span // where its name stands first, with quotes
}

// An Entry is one place where a file gives a setting a value, or means to.
type Entry struct {
	Name    string            // as written; in a PrefectTOML or PyProject the dotted path below its root
	Setting *settings.Setting // nil for a name that Prefect does not know
	Profile string            // the profile it belongs to in a ProfilesTOML
	Key     text.Span
	Value   syntax.Value
	Binding *syntax.Binding // in a DotEnv, else nil
}

// A Scope is what takes effect together. Its entries are in file order.
type Scope struct {
	Profile string
	Entries []*Entry
}

// Read parses source as a file of the given kind, as the newest known Prefect sees it.
func Read(kind Kind, source string) *File { return ReadFor("", kind, source) }

// ReadFor parses source as a file of the given kind, as the given release of Prefect sees it.
func ReadFor(prefect string, kind Kind, source string) *File {
	f := &File{Kind: kind, Source: source, Prefect: prefect, bySetting: map[*settings.Setting][]*Entry{}}
	if kind == DotEnv {
		f.Env = syntax.ParseEnv(source)
	} else {
		f.TOML = syntax.ParseTOML(inTextMode(source))
	}
	switch kind {
	case DotEnv:
		f.readEnv()
	case ProfilesTOML:
		f.readProfiles()
	case PrefectTOML, PyProject:
		f.readConfig(kind.Root())
	}
	f.index()
	return f
}

// inTextMode is TOML as Prefect gets to see it, byte for byte: Python's text mode takes a lone carriage return for the end of a line.
func inTextMode(source string) string {
	if strings.Count(source, "\r") == strings.Count(source, "\r\n") {
		return source
	}
	read := []byte(source)
	for i := range read {
		if read[i] == '\r' && !strings.HasPrefix(source[i+1:], "\n") {
			read[i] = '\n'
		}
	}
	return string(read)
}

// At is the file as it stands at a path, which decides on PassedOn.
func (f *File) At(path string) *File {
	if f.Kind != DotEnv || KindOf(path) != DotEnv || baseOf(path) == ".env" {
		return f
	}
	there := *f
	there.PassedOn = true
	return &there
}

// index fills what finds entries without a look at all of them.
func (f *File) index() {
	f.Scopes = make([]Scope, max(1, len(f.Profiles)))
	for i, p := range f.Profiles {
		f.Scopes[i].Profile = p.Name
	}
	all := make([]*Entry, len(f.Entries))
	for i := range f.Entries {
		e := &f.Entries[i]
		all[i] = e
		if e.Setting != nil {
			f.bySetting[e.Setting] = append(f.bySetting[e.Setting], e)
		}
	}
	for start, end := 0, 0; start < len(all); start = end {
		profile := all[start].Profile
		for end < len(all) && all[end].Profile == profile {
			end++
		}
		s := &f.Scopes[f.byProfile[profile]]
		if s.Entries == nil {
			s.Entries = all[start:end:end] // shared, so that the usual file costs no copy
		} else {
			s.Entries = append(s.Entries, all[start:end]...)
		}
	}
}

// LineOf is the line, counted from 1, in which a span starts.
func (f *File) LineOf(span text.Span) int {
	above := f.Source[:span.Start]
	return 1 + strings.Count(above, "\n") + strings.Count(above, "\r") - strings.Count(above, "\r\n")
}

// Giving are the entries of the setting with the given canonical name, in file order.
func (f *File) Giving(name string) []*Entry {
	setting, _ := settings.ByName(name)
	return f.bySetting[setting]
}

// ScopeOf is what takes effect together with e.
func (f *File) ScopeOf(e *Entry) Scope { return f.Scopes[f.byProfile[e.Profile]] }

// SyntaxProblems lists the places where the file breaks its grammar.
func (f *File) SyntaxProblems() []syntax.Problem {
	if f.Env != nil {
		return f.Env.Problems
	}
	return f.TOML.Problems
}

// Lookup finds a profile by name.
func (f *File) Lookup(name string) (Profile, bool) {
	if at, known := f.byProfile[name]; known {
		return f.Profiles[at], true
	}
	return Profile{}, false
}

// EntryAt is the entry whose key or value the offset touches, or nil.
func (f *File) EntryAt(offset int) *Entry {
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Key.Contains(offset) || e.Value.Kind != syntax.Missing && e.Value.Span.Contains(offset) {
			return e
		}
	}
	return nil
}

// Set is the edit that gives the entry a new value: text that stands for a string. It keeps the quotes that are there if they can
// hold it.
func (e *Entry) Set(source, value string) text.Edit {
	if e.Binding != nil {
		return e.Binding.SetValue(value)
	}
	return setString(source, e.Value.Span, value)
}

// Set is the edit that names another profile. It keeps the quotes that are there if they can hold it.
func (a *Active) Set(source, name string) text.Edit { return setString(source, a.Value.Span, name) }

// setString puts a string in the place of a TOML value.
func setString(source string, old text.Span, value string) text.Edit {
	quoted := syntax.Quote(value)
	if inner := unquoted(source, old); inner != old && quoted == `"`+value+`"` && !strings.Contains(value, "'") {
		return text.Edit{Span: inner, New: value}
	}
	return text.Edit{Span: old, New: quoted}
}

// Unquoted is where the value stands within its quotes, if it has any.
func (e *Entry) Unquoted(source string) text.Span { return unquoted(source, e.Value.Span) }

func unquoted(source string, span text.Span) text.Span {
	written := span.Of(source)
	for _, quote := range []string{`"""`, "'''", `"`, `'`} {
		if len(written) >= 2*len(quote) && strings.HasPrefix(written, quote) && strings.HasSuffix(written, quote) {
			return text.Span{Start: span.Start + len(quote), End: span.End - len(quote)}
		}
	}
	return span
}
