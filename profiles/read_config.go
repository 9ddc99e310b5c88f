package profiles

import (
	"strings"

	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// readConfig takes the settings from the tables below root in a prefect.toml or pyproject.toml.
func (f *File) readConfig(root []string) {
	var header []syntax.KeyPart
	for i := range f.TOML.Statements {
		s := &f.TOML.Statements[i]
		f.Irregular = append(f.Irregular, s)
		switch {
		case s.Kind == syntax.ArrayHeader:
			header = s.Key
			f.readList(root, s)
		case s.Kind == syntax.Header:
			header = s.Key
		case s.Kind == syntax.Pair:
			f.readConfigPair(root, header, s)
		}
	}
}

// readList takes the first of the headers that make a setting a list of tables, such as [[logging.level]].
func (f *File) readList(root []string, s *syntax.Statement) {
	rest, _ := cutRoot(s.Key, root)
	setting, ok := settings.ByPath(currentPath(dotted(rest)))
	if !ok || len(f.Entries) > 0 && f.Entries[len(f.Entries)-1].Setting == setting {
		return
	}
	list := syntax.Value{Kind: syntax.Array, Span: s.Span, Elements: []syntax.Value{{Kind: syntax.InlineTable, Span: s.Span}}}
	f.Entries = append(f.Entries, Entry{Name: dotted(rest), Setting: setting, Key: rest[len(rest)-1].Span, Value: list})
}

func (f *File) readConfigPair(root []string, above []syntax.KeyPart, s *syntax.Statement) {
	if len(s.Key) == 0 {
		return
	}
	path := join(above, s.Key)
	rest, below := cutRoot(path, root)
	switch {
	case !below:
		return
	case len(rest) == 0:
		f.readConfigTable(root, path, s)
		return
	}
	name := dotted(rest)
	if setting, ok := settings.ByPath(currentPath(name)); ok {
		f.Entries = append(f.Entries, Entry{Name: name, Setting: setting, Key: s.Key[len(s.Key)-1].Span, Value: s.Value})
		return
	}
	if f.readField(rest, s) {
		return
	}
	if s.Value.Kind == syntax.InlineTable && len(s.Value.Pairs) > 0 {
		f.readConfigTable(root, path, s)
		return
	}
	f.Entries = append(f.Entries, Entry{Name: name, Key: s.Key[len(s.Key)-1].Span, Value: s.Value})
}

func (f *File) readConfigTable(root []string, path []syntax.KeyPart, s *syntax.Statement) {
	for i := range s.Value.Pairs {
		f.readConfigPair(root, path, &s.Value.Pairs[i])
	}
}

// readField adds a pair of a table such as [client.custom_headers] to the setting that the table is the value of.
func (f *File) readField(path []syntax.KeyPart, s *syntax.Statement) bool {
	name, depth, setting := settingAbove(path)
	if setting == nil {
		return false
	}
	member := *s
	member.Key = path[depth : depth+1]
	if depth+1 < len(path) { // a table within the value
		member.Value = syntax.Value{Kind: syntax.InlineTable, Span: s.Span}
	}
	if n := len(f.Entries); n > 0 && f.Entries[n-1].Name == name {
		value := &f.Entries[n-1].Value
		value.Pairs = append(value.Pairs, member)
		return true
	}
	value := syntax.Value{Kind: syntax.InlineTable, Span: s.Span, Pairs: []syntax.Statement{member}}
	f.Entries = append(f.Entries, Entry{Name: name, Setting: setting, Key: member.Key[0].Span, Value: value})
	return true
}

// settingAbove is the setting whose value a pair at path is a part of, with its name and how deep it stands, or nil.
func settingAbove(path []syntax.KeyPart) (name string, depth int, setting *settings.Setting) {
	for depth = len(path) - 1; depth > 0; depth-- {
		name = dotted(path[:depth])
		if setting, ok := settings.ByPath(name); ok {
			return name, depth, setting
		}
	}
	return "", 0, nil
}

// cutRoot takes root off the front of path. A path that ends on the way to root is below it with nothing left.
func cutRoot(path []syntax.KeyPart, root []string) (rest []syntax.KeyPart, below bool) {
	for i, name := range root {
		if i == len(path) {
			return nil, true
		}
		if path[i].Text != name {
			return nil, false
		}
	}
	return path[len(root):], true
}

func dotted(path []syntax.KeyPart) string { return strings.Join(syntax.Names(path), ".") }

// currentPath is the place that counts for a place in a file. Prefect still reads one table under its older name
// (src/prefect/settings/models/plugins.py, as of 3.7).
func currentPath(path string) string {
	if rest, ok := strings.CutPrefix(path, "experiments.plugins."); ok {
		return "plugins." + rest
	}
	return path
}
