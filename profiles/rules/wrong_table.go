package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

//go:embed wrong_table.md
var wrongTablePage string

var wrongTable = &Rule{
	Code:     "wrong-table",
	Severity: Warning,
	Page:     wrongTablePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if !f.Kind.NamesByPath() {
			return
		}
		for _, s := range f.Irregular {
			if s.Kind == syntax.Pair || !isWrongTable(f.Kind, syntax.Names(s.Key)) {
				continue
			}
			report(tableProblem(f, s))
		}
	},
}

// isWrongTable reports whether path lies where Prefect's settings are and leads to none of them.
func isWrongTable(kind profiles.Kind, path []string) bool {
	root := kind.Root()
	if len(path) <= len(root) || !slices.Equal(path[:len(root)], root) {
		return false
	}
	for depth := len(root) + 1; depth <= len(path); depth++ {
		if _, isSetting := settings.ByPath(strings.Join(path[len(root):depth], ".")); isSetting {
			return false // the rules for the setting tell
		}
	}
	place := strings.Join(path[len(root):], ".")
	return !profiles.IsGroup(place) && !isIntegration(place) && !settings.IsFormerGroup(place)
}

func tableProblem(f *profiles.File, s *syntax.Statement) Problem {
	p := Problem{Span: keySpan(s.Key)}
	place := strings.Join(syntax.Names(s.Key[len(f.Kind.Root()):]), ".")
	if isProfile(place) {
		p.Message = "Profiles are kept in profiles.toml: here Prefect ignores this table and all that is in it."
		return p
	}
	p.Message = fmt.Sprintf("Prefect knows no table [%s] and ignores it and all that is in it.", strings.Join(syntax.Names(s.Key), "."))
	meant, ok := meantTable(place)
	if !ok || !fits(f.TOML, s, meant) {
		return p
	}
	path := f.Kind.PathTo(meant)
	written := syntax.KeyText(path)
	p.Message += fmt.Sprintf(" Did you mean [%s]?", written)
	p.Fixes = renameTable(f.TOML, syntax.Names(s.Key), path, Fix{Title: fmt.Sprintf("Rename to '[%s]'", written), Preferred: true})
	return p
}

// isProfile reports whether a table is one that profiles.toml has.
func isProfile(place string) bool { return strings.HasPrefix(place, "profiles.") }

// meantTable is the table that was most likely meant by one that Prefect does not know.
func meantTable(place string) (string, bool) {
	bare := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(place, "tool."), "prefect."))
	var paths, inner []string
	for _, g := range settings.Groups() {
		if g.Path == bare {
			return bare, true
		}
		paths = append(paths, g.Path)
		if strings.HasSuffix(g.Path, "."+bare) {
			inner = append(inner, g.Path)
		}
	}
	if len(inner) == 1 {
		return inner[0], true
	}
	return settings.Nearest(bare, paths)
}

// fits reports whether a table would give one of the keys below a header a meaning, if there are any.
func fits(t *syntax.TOML, header *syntax.Statement, table string) bool {
	first, _ := slices.BinarySearchFunc(t.Statements, header.Span.End, func(s syntax.Statement, end int) int { return s.Span.Start - end })
	isEmpty := true
	for _, s := range t.Statements[first:] {
		if s.Kind == syntax.Header {
			break
		}
		if s.Kind != syntax.Pair || len(s.Key) == 0 {
			continue
		}
		isEmpty = false
		if _, ok := settings.ByPath(table + "." + strings.Join(syntax.Names(s.Key), ".")); ok {
			return true
		}
	}
	return isEmpty
}

// wrongTables tells what wrong-table has reported, of entries in file order.
type wrongTables struct {
	header   *syntax.Statement // the one last asked about
	reported bool              // with all that is below it
}

// accountFor reports whether wrong-table has said all there is to say of e: its table is unknown, and either that alone is wrong,
// or e has no meaning elsewhere.
func (w *wrongTables) accountFor(f *profiles.File, e *profiles.Entry) bool {
	if !f.Kind.NamesByPath() {
		return false
	}
	header := f.TOML.HeaderAt(e.Key.Start)
	if header == nil || !isWrongTable(f.Kind, syntax.Names(header.Key)) {
		return false
	}
	if header != w.header {
		place := strings.Join(syntax.Names(header.Key[len(f.Kind.Root()):]), ".")
		*w = wrongTables{header, isProfile(place) || len(tableProblem(f, header).Fixes) > 0}
	}
	_, elsewhere := byVariable(e.Name)
	return w.reported || !elsewhere
}
