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
		case s.IsHeader():
			header = s.Key
		case s.Kind == syntax.Pair:
			f.readConfigPair(root, header, s)
		}
	}
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
	name := dotted(path[:len(path)-1])
	setting, ok := settings.ByPath(name)
	if !ok {
		return false
	}
	member := *s
	member.Key = s.Key[len(s.Key)-1:]
	if n := len(f.Entries); n > 0 && f.Entries[n-1].Name == name {
		value := &f.Entries[n-1].Value
		value.Pairs = append(value.Pairs, member)
		return true
	}
	value := syntax.Value{Kind: syntax.InlineTable, Span: s.Span, Pairs: []syntax.Statement{member}}
	f.Entries = append(f.Entries, Entry{Name: name, Setting: setting, Key: member.Key[0].Span, Value: value})
	return true
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
