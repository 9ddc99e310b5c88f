package profiles

import (
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// readProfiles takes the profiles, their settings and the active one from a profiles.toml, however its tables are written.
func (f *File) readProfiles() {
	headers := 0
	for i := range f.TOML.Statements {
		if f.TOML.Statements[i].Kind == syntax.Header {
			headers++
		}
	}
	f.Entries = make([]Entry, 0, len(f.TOML.Statements)-headers)
	f.Profiles = make([]Profile, 0, headers)
	f.byProfile = make(map[string]int, headers)
	var header []syntax.KeyPart
	for i := range f.TOML.Statements {
		s := &f.TOML.Statements[i]
		switch {
		case s.IsHeader():
			header = s.Key
			f.declare(header)
		case s.Kind == syntax.Pair:
			f.readProfilesPair(header, s)
		}
		if !f.isRegular(header, s) {
			f.Irregular = append(f.Irregular, s)
		}
	}
}

// isRegular reports whether s, which has been read, is the header of a profile or a known setting below one.
func (f *File) isRegular(header []syntax.KeyPart, s *syntax.Statement) bool {
	if len(header) != 2 || header[0].Text != "profiles" {
		return false
	}
	if s.Kind != syntax.Pair {
		return s.Kind == syntax.Header
	}
	return len(s.Key) == 1 && f.Entries[len(f.Entries)-1].Setting != nil
}

func (f *File) readProfilesPair(above []syntax.KeyPart, s *syntax.Statement) {
	depth := len(above) + len(s.Key)
	at := func(i int) syntax.KeyPart {
		if i < len(above) {
			return above[i]
		}
		return s.Key[i-len(above)]
	}
	switch {
	case len(s.Key) == 0:
	case depth == 1 && at(0).Text == "active":
		f.Active = &Active{Key: at(0).Span, Value: s.Value}
	case at(0).Text != "profiles":
	case depth > 3 && len(above) == 2: // a dotted key, as prefect.toml has them
		f.addSetting(at(1).Text, syntax.KeyPart{Span: s.Key[0].Span.Cover(s.Key[len(s.Key)-1].Span), Text: dotted(s.Key)}, s.Value)
	case depth > 3:
	case depth == 3:
		f.declare([]syntax.KeyPart{at(0), at(1)})
		f.addSetting(at(1).Text, at(2), s.Value)
	case s.Value.Kind == syntax.InlineTable:
		path := join(above, s.Key)
		f.declare(path)
		for i := range s.Value.Pairs {
			f.readProfilesPair(path, &s.Value.Pairs[i])
		}
	}
}

func (f *File) addSetting(profile string, key syntax.KeyPart, value syntax.Value) {
	setting, _ := settings.ByName(key.Text)
	f.Entries = append(f.Entries, Entry{Name: key.Text, Setting: setting, Profile: profile, Key: key.Span, Value: value})
}

// declare notes the profile that path names, if it names one that is new.
func (f *File) declare(path []syntax.KeyPart) {
	if len(path) < 2 || path[0].Text != "profiles" {
		return
	}
	if _, known := f.byProfile[path[1].Text]; known {
		return
	}
	f.byProfile[path[1].Text] = len(f.Profiles)
	f.Profiles = append(f.Profiles, Profile{Name: path[1].Text, NameSpan: path[1].Span})
}

func join(a, b []syntax.KeyPart) []syntax.KeyPart {
	return append(append(make([]syntax.KeyPart, 0, len(a)+len(b)), a...), b...)
}
