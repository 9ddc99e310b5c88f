package profiles

import (
	"slices"
	"strings"

	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// A NotTable is a place where Prefect looks for a table of settings and finds something else, with which it stops.
type NotTable struct {
	Path  []string          // from the top of the file
	Place *syntax.Statement // which puts it there: a header of a list of tables, or a pair, which may be one of an inline table
}

// NotTables are those of a TOML file, in its order. A value that is missing or broken is a syntax error, and no such place.
func (f *File) NotTables() []NotTable {
	var found []NotTable
	var path []string
	for _, s := range f.Irregular {
		path = path[:0]
		if s.Kind == syntax.Pair && s.Header >= 0 {
			path = append(path, syntax.Names(f.TOML.Statements[s.Header].Key)...)
		}
		found = f.appendNotTables(found, path, s)
	}
	return found
}

func (f *File) appendNotTables(found []NotTable, above []string, s *syntax.Statement) []NotTable {
	path := above
	for _, part := range s.Key {
		path = append(path, part.Text)
	}
	switch {
	case len(s.Key) == 0, s.Kind == syntax.Header:
	case s.Kind == syntax.Pair && s.Value.Kind == syntax.InlineTable:
		for i := range s.Value.Pairs {
			found = f.appendNotTables(found, path, &s.Value.Pairs[i])
		}
	case s.Kind == syntax.Pair && (s.Value.Kind == syntax.Missing || s.Value.Kind == syntax.Bad):
	case f.Kind.needsTable(path):
		found = append(found, NotTable{Path: slices.Clone(path), Place: s})
	}
	return found
}

// needsTable reports whether Prefect stops if what stands at path is no table.
func (k Kind) needsTable(path []string) bool {
	if k == ProfilesTOML {
		return path[0] == "profiles" && len(path) <= 2
	}
	root := k.Root()
	if len(path) <= len(root) {
		return slices.Equal(path, root[:len(path)])
	}
	return slices.Equal(path[:len(root)], root) && IsGroup(strings.Join(path[len(root):], "."))
}

// IsGroup reports whether a place below the root of a prefect.toml or pyproject.toml is a table of settings, be it under its former name.
func IsGroup(place string) bool {
	_, ok := settings.GroupByPath(place)
	return ok || place == "experiments.plugins"
}
