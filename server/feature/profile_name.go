package feature

import (
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// A mention is a place where a profile is named.
type mention struct {
	place
	name    string
	defines bool                        // the profile, in a header or a key
	rename  func(name string) text.Edit // the edit that puts another name there
}

// mentions are the places where profiles are named: those of the profiles.toml, and PREFECT_PROFILE in .env, which terminals and
// containers may take over.
func (s surrounding) mentions() (list []mention) {
	for _, f := range s.files() {
		switch f.Kind {
		case profiles.ProfilesTOML:
			list = append(list, namedIn(f)...)
		case profiles.DotEnv:
			for i := range f.Entries {
				if e := &f.Entries[i]; strings.EqualFold(e.Name, "PREFECT_PROFILE") && e.Value.Kind == syntax.String {
					list = append(list, mention{place{f, e.Value.Span}, e.Value.Text, false, func(name string) text.Edit { return e.Set(f.Source, name) }})
				}
			}
		}
	}
	return list
}

// mentionAt is what is named at the offset of the document.
func (s surrounding) mentionAt(offset int) (mention, bool) {
	for _, m := range s.mentions() {
		if m.file == s.File && m.span.Contains(offset) {
			return m, true
		}
	}
	return mention{}, false
}

// mentionsOf are the places where a profile is named.
func (s surrounding) mentionsOf(name string) (list []mention) {
	for _, m := range s.mentions() {
		if m.name == name {
			list = append(list, m)
		}
	}
	return list
}

func namedIn(f *profiles.File) (list []mention) {
	if a := f.Active; a != nil && a.Value.Kind == syntax.String {
		list = append(list, mention{place{f, a.Value.Span}, a.Value.Text, false, func(name string) text.Edit { return a.Set(f.Source, name) }})
	}
	var header []syntax.KeyPart
	for i := range f.TOML.Statements {
		s := &f.TOML.Statements[i]
		if s.Kind == syntax.Pair {
			list = append(list, namedBelow(f, header, s)...)
			continue
		}
		header = s.Key
		list = append(list, namedBy(f, header)...)
	}
	return list
}

// namedBelow are the profiles that a pair names, or the inline table in it.
func namedBelow(f *profiles.File, above []syntax.KeyPart, s *syntax.Statement) (list []mention) {
	if len(above) > 1 {
		return nil
	}
	path := append(append([]syntax.KeyPart{}, above...), s.Key...)
	list = namedBy(f, path)
	if len(path) == 1 && s.Value.Kind == syntax.InlineTable {
		for i := range s.Value.Pairs {
			list = append(list, namedBelow(f, path, &s.Value.Pairs[i])...)
		}
	}
	return list
}

func namedBy(f *profiles.File, path []syntax.KeyPart) []mention {
	if len(path) < 2 || path[0].Text != "profiles" {
		return nil
	}
	part := path[1]
	return []mention{{place{f, part.Span}, part.Text, true, func(name string) text.Edit {
		return text.Edit{Span: part.Span, New: syntax.KeyText([]string{name})}
	}}}
}
