package syntax

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"prefect-ls/profiles/text"
)

const editable = `# Profiles of this machine

active = "local" # chosen

[profiles.local]
PREFECT_API_URL = 'http://127.0.0.1:4200/api'
  PREFECT_DEBUG_MODE = true
# PREFECT_HOME = "x"

# The cloud
# of all of us
[profiles."big cloud"]
PREFECT_API_KEY = "pnu_1" # secret

[tool]
server.api.port = 4200
inline = { a = 1, b = { c = 2 } }
`

func TestEditTOML(t *testing.T) {
	for _, c := range []struct {
		name      string
		edits     func(*TOML) []text.Edit
		old, want string // what is replaced in editable by what
	}{
		{"set keeps the line", func(t *TOML) []text.Edit { return t.Set([]string{"active"}, `"x"`) },
			`"local" #`, `"x" #`},
		{"set through quotes", func(t *TOML) []text.Edit { return t.Set([]string{"profiles", "big cloud", "PREFECT_API_KEY"}, `"k"`) },
			`"pnu_1"`, `"k"`},
		{"set a dotted key", func(t *TOML) []text.Edit { return t.Set([]string{"tool", "server", "api", "port"}, "1") },
			"4200\ninline", "1\ninline"},
		{"set in an inline table", func(t *TOML) []text.Edit { return t.Set([]string{"tool", "inline", "b", "c"}, "3") },
			"c = 2", "c = 3"},
		{"insert behind the last pair", func(t *TOML) []text.Edit { return t.Set([]string{"profiles", "local", "X"}, "1") },
			"= true\n", "= true\n  X = 1\n"},
		{"insert at the top", func(t *TOML) []text.Edit { return t.Set([]string{"x"}, "1") },
			"# chosen\n", "# chosen\nx = 1\n"},
		{"insert beside dotted keys", func(t *TOML) []text.Edit { return t.Set([]string{"tool", "server", "api", "host"}, `"h"`) },
			"port = 4200\n", "port = 4200\nserver.api.host = \"h\"\n"},
		{"insert in an inline table", func(t *TOML) []text.Edit { return t.Set([]string{"tool", "inline", "b", "d"}, "3") },
			"c = 2", "c = 2, d = 3"},
		{"insert a new table", func(t *TOML) []text.Edit { return t.Set([]string{"profiles", "new one", "X"}, "1") },
			"# secret\n", "# secret\n\n[profiles.\"new one\"]\nX = 1\n"},
		{"insert a table at the end", func(t *TOML) []text.Edit { return t.InsertTable([]string{"tool", "x"}, NewPair{[]string{"a"}, "1"}) },
			"2 } }\n", "2 } }\n\n[tool.x]\na = 1\n"},
		{"insert below a value", func(t *TOML) []text.Edit { return t.Set([]string{"active", "x"}, "1") }, "", ""},
		{"insert over a table", func(t *TOML) []text.Edit { return t.Set([]string{"profiles"}, "1") }, "", ""},
		{"insert a table twice", func(t *TOML) []text.Edit { return t.InsertTable([]string{"profiles", "local"}) }, "", ""},
		{"delete a line", func(t *TOML) []text.Edit { return t.Delete("active") },
			"active = \"local\" # chosen\n", ""},
		{"delete an indented line", func(t *TOML) []text.Edit { return t.Delete("profiles", "local", "PREFECT_DEBUG_MODE") },
			"  PREFECT_DEBUG_MODE = true\n", ""},
		{"delete from an inline table", func(t *TOML) []text.Edit { return t.Delete("tool", "inline", "a") },
			"a = 1, ", ""},
		{"delete what is not there", func(t *TOML) []text.Edit { return t.Delete("tool", "nothing") }, "", ""},
		{"delete a table", func(t *TOML) []text.Edit { return t.DeleteTable("profiles", "big cloud") },
			"# The cloud\n# of all of us\n[profiles.\"big cloud\"]\nPREFECT_API_KEY = \"pnu_1\" # secret\n\n", ""},
		{"delete the last table", func(t *TOML) []text.Edit { return t.DeleteTable("tool") },
			"\n[tool]\nserver.api.port = 4200\ninline = { a = 1, b = { c = 2 } }\n", ""},
		{"delete a table of dotted keys", func(t *TOML) []text.Edit { return t.DeleteTable("tool", "server") },
			"server.api.port = 4200\n", ""},
		{"rename a key", func(t *TOML) []text.Edit { return t.Rename([]string{"active"}, "a b") },
			"active =", "\"a b\" ="},
		{"rename a table", func(t *TOML) []text.Edit { return t.Rename([]string{"profiles", "big cloud"}, "c") },
			`"big cloud"`, "c"},
		{"rename a dotted name", func(t *TOML) []text.Edit { return t.Rename([]string{"tool", "server", "api"}, "x") },
			"server.api.port", "server.x.port"},
		{"rename in an inline table", func(t *TOML) []text.Edit { return t.Rename([]string{"tool", "inline", "b", "c"}, "x") },
			"c = 2", "x = 2"},
		{"rename to a name in use", func(t *TOML) []text.Edit { return t.Rename([]string{"profiles", "local"}, "big cloud") }, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, src := range []string{editable, strings.ReplaceAll(editable, "\n", "\r\n"), strings.TrimSuffix(editable, "\n")} {
				old, want := c.old, c.want
				if strings.Contains(src, "\r") {
					old, want = strings.ReplaceAll(old, "\n", "\r\n"), strings.ReplaceAll(want, "\n", "\r\n")
				}
				if !strings.HasSuffix(src, "\n") && !strings.Contains(src, old) {
					old, want = strings.TrimSuffix(old, "\n"), strings.TrimSuffix(want, "\n")
				}
				wanted := strings.Replace(src, old, want, 1)
				got := text.Apply(src, c.edits(ParseTOML(src))...)
				if got != wanted {
					t.Errorf("got\n%q\nwant\n%q", got, wanted)
				}
			}
		})
	}
}

func TestMove(t *testing.T) {
	for _, c := range []struct{ src, from, to, want string }{
		{"[p.a]\nX = 1 # c\nactive = \"a\" # d\n", "p.a.active", "active", "active = \"a\" # d\n\n[p.a]\nX = 1 # c\n"},
		{"X = 1 # c\n\n[p.a]\nY = 2\n", "X", "p.a.X", "\n[p.a]\nY = 2\nX = 1 # c\n"},
		{"a.b = 1", "a.b", "a.c", "\na.c = 1"},
		{"t = { a = 1 }\n", "t.a", "t.b.c", "t = { b.c = 1 }\n"},
		{"t = { a = 1, b = 2 }\n", "t.b", "t.c", "t = { a = 1, c = 2 }\n"},
		{"t = { a = 1, b = 2 }\n", "t.a", "u", "t = { b = 2 }\nu = 1\n"},
		{"a = {}\n", "a", "a.b", "a = {}\n"},
		{"a = 1\n", "a", "b.c", "\n[b]\nc = 1\n"},
	} {
		tree := ParseTOML(c.src)
		if got := text.Apply(c.src, tree.Move(strings.Split(c.from, "."), strings.Split(c.to, "."))...); got != c.want {
			t.Errorf("%s to %s in %q:\n got %q\nwant %q", c.from, c.to, c.src, got, c.want)
		}
	}
}

// TestEditSources makes edits that depend on what else is in the file.
func TestEditSources(t *testing.T) {
	path := func(dotted string) []string { return strings.Split(dotted, ".") }
	set := func(key string) func(*TOML) []text.Edit {
		return func(t *TOML) []text.Edit { return t.Set(path(key), "1") }
	}
	table := func(key string) func(*TOML) []text.Edit {
		return func(t *TOML) []text.Edit { return t.InsertTable(path(key), NewPair{[]string{"x"}, "1"}) }
	}
	move := func(from, to string) func(*TOML) []text.Edit {
		return func(t *TOML) []text.Edit { return t.Move(path(from), path(to)) }
	}
	rename := func(key, name string) func(*TOML) []text.Edit {
		return func(t *TOML) []text.Edit { return t.Rename(path(key), name) }
	}
	deleteTable := func(key string) func(*TOML) []text.Edit {
		return func(t *TOML) []text.Edit { return t.DeleteTable(path(key)...) }
	}
	moveTable := func(from, to string) func(*TOML) []text.Edit {
		return func(t *TOML) []text.Edit { return t.MoveTable(path(from), path(to)) }
	}
	deleteAt := func(offset int) func(*TOML) []text.Edit {
		return func(t *TOML) []text.Edit { return t.DeleteAt(offset) }
	}
	for _, c := range []struct {
		src   string
		edits func(*TOML) []text.Edit
		want  string
	}{
		{"", set("a"), "a = 1\n"},
		{"", set("t.a"), "[t]\na = 1\n"},
		{"", func(t *TOML) []text.Edit { return t.Insert(nil, "1") }, ""},
		{"", func(t *TOML) []text.Edit { return t.InsertTable(nil) }, ""},
		{"a\n", set("a"), "a = 1\n"},
		{"a =\n", set("a"), "a = 1\n"},
		{"= 1\na = 2\n", set("a"), "= 1\na = 1\n"},
		{".a = 3\na = 2\n", set("a"), ".a = 3\na = 1\n"},
		{"some words\na = 2\n", set("a"), "some words\na = 1\n"},
		{"t = { = 3, a = 2 }\n", set("t.a"), "t = { = 3, a = 1 }\n"},
		{"a.x = 1\n[b]\n", table("a.c"), "a.x = 1\n[b]\n\n[a.c]\nx = 1\n"},
		{"a = 1\n", func(t *TOML) []text.Edit { return t.Delete("a", "b") }, "a = 1\n"},
		{"[a]\nx = 1\n[b]\ny = 1\n", moveTable("a", "c"), "[c]\nx = 1\n[b]\ny = 1\n"},
		{"a = 1\n", moveTable("a", "b"), "a = 1\n"},
		{"x = 1\n[a]\n", moveTable("a", "x.y"), "x = 1\n[a]\n"},
		{"t = {}\n", set("t.a"), "t = { a = 1 }\n"},
		{"[t]\n\n[u]\n", set("t.a"), "[t]\na = 1\n\n[u]\n"},
		{"[[a]]\nx = 2\n", set("a.y"), "[[a]]\nx = 2\n"},
		{"[[a]]\n[b]\n", set("b.x"), "[[a]]\n[b]\nx = 1\n"},
		{"[a]\nx = 1\n[b]\n", table("a.c"), "[a]\nx = 1\n\n[a.c]\nx = 1\n\n[b]\n"},
		{"[[a]]\n", table("a.b"), "[[a]]\n"},
		{"a = 1\n", table("a.b"), "a = 1\n"},
		{"a = 1\n", move("a.b", "c"), "a = 1\n"},
		{"t = { a = 1 }\nu = { b = 2 }\n", move("t.a", "u.a"), "t = {  }\nu = { b = 2, a = 1 }\n"},
		{"# of b\n[b]\nx = 1\n\n[b.c]\ny = 2\n\n[d]\n", moveTable("b", "e.f g"), "# of b\n[e.\"f g\"]\nx = 1\n\n[e.\"f g\".c]\ny = 2\n\n[d]\n"},
		{"[b]\n[d]\n", moveTable("b", "d"), "[b]\n[d]\n"},
		{"[b]\n", moveTable("b", "b.e"), "[b]\n"},
		{"b = { x = 1 }\n", moveTable("b", "e"), "e = { x = 1 }\n"},
		{"b.x = 1\n[b.c]\n", moveTable("b", "e"), "b.x = 1\n[b.c]\n"},
		{"[[b]]\n[c]\n", moveTable("b", "e"), "[[b]]\n[c]\n"},
		{"[[b]]\n[c]\n", moveTable("c", "b.c"), "[[b]]\n[c]\n"},
		{"x = { a = 1 }\ny = { a = 1 }\n", rename("x.a", "b"), "x = { b = 1 }\ny = { a = 1 }\n"},
		{"t = { a = 1, b = 2 }\n", rename("t.b", "a"), "t = { a = 1, b = 2 }\n"},
		{"t = { a.c = 1, b = 2 }\n", rename("t.b", "a"), "t = { a.c = 1, b = 2 }\n"},
		{"t = { a = {}, b = 2 }\n", deleteTable("t.a"), "t = { b = 2 }\n"},
		{"[a]\nb.c = 1\n[x]\nb.c = 2\n", deleteTable("a.b"), "[a]\n[x]\nb.c = 2\n"},
		{"# file\n[a]\nx = 1\n[b]\n", deleteTable("a"), "# file\n[b]\n"},
		{"\n[a]\nx = 1\n", deleteTable("a"), ""},
		{"a = '''\n# x'''\n[b]\n", deleteTable("b"), "a = '''\n# x'''\n"},
		{"a = 1\n\nb = 2\n\n", deleteAt(6), "a = 1\n\nb = 2\n\n"},
		{"a = 1\n\nb = 2\n\n", deleteAt(13), "a = 1\n\nb = 2\n\n"},
		{"a = 1\n\nb = 2\n\n", deleteAt(7), "a = 1\n\n\n"},
		{"[t]\n", deleteAt(1), "[t]\n"},
	} {
		if got := text.Apply(c.src, c.edits(ParseTOML(c.src))...); got != c.want {
			t.Errorf("%q became\n%q, want\n%q", c.src, got, c.want)
		}
	}
}

func TestKeyText(t *testing.T) {
	if got, want := KeyText([]string{"a-b_1", "", "c.d", "é", "\""}), `a-b_1."".“c.d”.“é”."\""`; got != strings.NewReplacer("“", `"`, "”", `"`).Replace(want) {
		t.Error(got)
	}
}

// leaves are all values of a file by their paths, as the peer decodes them, empty tables included. It reports whether
// the peer can read the file, which it cannot where an integer is too large for it.
func leaves(src string) (map[string]string, bool) {
	var root map[string]any
	if _, err := toml.Decode(src, &root); err != nil {
		return nil, false
	}
	out := map[string]string{}
	var add func(path string, v any)
	add = func(path string, v any) {
		if table, ok := v.(map[string]any); ok {
			for k, v := range table {
				add(path+"\x00"+k, v)
			}
			return
		}
		out[path] = fmt.Sprintf("%T %v", v, v)
	}
	add("", root)
	return out, true
}

// pathsOf are the paths of all pairs of a file that [TOML.Find] finds.
func pathsOf(tree *TOML) (paths [][]string) {
	var add func(above []string, s *Statement)
	add = func(above []string, s *Statement) {
		path := slices.Concat(above, Names(s.Key))
		if tree.Find(path...) != nil {
			paths = append(paths, path)
		}
		for i := range s.Value.Pairs {
			add(path, &s.Value.Pairs[i])
		}
	}
	for i := range tree.Statements {
		if s := &tree.Statements[i]; s.Kind == Pair {
			add(Names(tree.above(s)), s)
		}
	}
	return paths
}

// under is a path as leaves writes it.
func under(path []string) string { return "\x00" + strings.Join(path, "\x00") }

// below reports whether a leaf is at a path or deeper.
func below(leaf string, path []string) bool {
	return leaf == under(path) || strings.HasPrefix(leaf, under(path)+"\x00")
}

func FuzzEdits(f *testing.F) {
	for i, src := range []string{editable, "a.b.c = 1\n[x]\ny = { z = [1, 2] }\n[[l]]\nm = 1\n[x.k]\n", "a = 1", "# c\r\n[a]\r\n\r\n[b]"} {
		for op := range editKinds {
			f.Add(src, uint8(op), uint8(i+op), "new", `it's "x" \ é`)
		}
	}
	f.Fuzz(func(t *testing.T, src string, op, pick uint8, name, value string) {
		checkEdit(t, src, int(op%editKinds), int(pick), name, value)
	})
}

// TestEditCorpus makes every kind of edit at every place of all valid files of toml-test.
func TestEditCorpus(t *testing.T) {
	edited := 0
	for file, src := range readCorpus(t) {
		if !strings.HasPrefix(file, "valid/") || !strings.HasSuffix(file, ".toml") {
			continue
		}
		for pick := range pathsOf(ParseTOML(src)) {
			for op := range editKinds {
				if checkEdit(t, src, op, pick, "n w", "v\n\"") {
					edited++
				}
			}
		}
	}
	if edited < 1000 {
		t.Errorf("only %d edits were made", edited)
	}
}

// editKinds is how many kinds of edits [checkEdit] knows.
const editKinds = 8

// tablesOf are the paths of all headers of a file, those of arrays of tables too.
func tablesOf(tree *TOML) (paths [][]string) {
	for i := range tree.Statements {
		if s := &tree.Statements[i]; s.IsHeader() {
			paths = append(paths, Names(s.Key))
		}
	}
	return paths
}

// checkEdit makes one edit of a valid file and fails if that changes anything else in the eyes of the peer.
// It reports whether there was an edit to make.
func checkEdit(t *testing.T, src string, op, pick int, name, value string) bool {
	t.Helper()
	tree := ParseTOML(src)
	before, ok := leaves(src)
	if len(tree.Problems) > 0 || !ok || !utf8.ValidString(name) || !utf8.ValidString(value) || strings.Contains(name, "\x00") {
		return false
	}
	paths := pathsOf(tree)
	if len(paths) == 0 {
		return false
	}
	path := paths[pick%len(paths)]
	beside := append(slices.Clone(path[:len(path)-1]), name)
	top := []string{name}
	want := maps.Clone(before)
	written := "string " + value
	remove := func(path []string) {
		maps.DeleteFunc(want, func(leaf, _ string) bool { return below(leaf, path) })
	}
	var edits []text.Edit
	switch op {
	case 0:
		edits = tree.Set(path, Quote(value))
		remove(path)
		want[under(path)] = written
	case 1:
		edits = tree.Insert(beside, Quote(value))
		want[under(beside)] = written
	case 2:
		edits = tree.Delete(path...)
		if at := tree.DeleteAt(tree.Find(path...).Key[0].Span.Start); !slices.Equal(edits, at) {
			t.Fatalf("deleting %q in\n%s\nis %v, but by its place %v", path, src, edits, at)
		}
		remove(path)
	case 3:
		edits = tree.Rename(path, name)
		maps.DeleteFunc(want, func(leaf, _ string) bool { return below(leaf, path) })
		for leaf, v := range before {
			if below(leaf, path) {
				want[under(beside)+leaf[len(under(path)):]] = v
			}
		}
	case 4:
		edits = tree.Move(path, top)
		remove(path)
		for leaf, v := range before {
			if below(leaf, path) {
				want[under(top)+leaf[len(under(path)):]] = v
			}
		}
	case 5:
		edits = tree.DeleteTable(path[:1]...)
		remove(path[:1])
	case 6:
		edits = tree.InsertTable(beside, NewPair{Key: []string{name, value}, Literal: Quote(value)})
		want[under(append(beside, strings.ReplaceAll(name, "\x00", ""), value))] = written
		if strings.Contains(value, "\x00") {
			return false
		}
	case 7:
		tables := append(tablesOf(tree), path[:1])
		table := tables[pick%len(tables)]
		edits = tree.MoveTable(table, top)
		remove(table)
		for leaf, v := range before {
			if below(leaf, table) {
				want[under(top)+leaf[len(under(table)):]] = v
			}
		}
	}
	if edits == nil {
		return false
	}
	after := text.Apply(src, edits...)
	again := ParseTOML(after)
	if len(again.Problems) > 0 {
		t.Fatalf("edit %d at %q made\n%s\nof\n%s\nwhich has\n%s", op, path, after, src, problems(again.Problems, after))
	}
	got, ok := leaves(after)
	if !ok || !maps.Equal(got, want) {
		t.Fatalf("edit %d at %q made\n%s\nof\n%s\nwhich means\n%q\nnot\n%q", op, path, after, src, got, want)
	}
	if len(tree.Comments) != len(again.Comments) && (op == 1 || op == 3 || op >= 6) {
		t.Fatalf("edit %d at %q lost a comment:\n%s\nof\n%s", op, path, after, src)
	}
	return true
}
