package syntax

import (
	"cmp"
	"os"
	"reflect"
	"strings"
	"testing"

	"prefect-ls/profiles/text"
)

// checkEnvShape fails where a tree breaks what its types promise.
func checkEnvShape(t *testing.T, e *Env) {
	t.Helper()
	end, broken := 0, 0
	for _, b := range e.Bindings {
		if b.Span.Start < end || b.Span.End < b.Span.Start || b.Span.End > len(e.Source) {
			t.Fatalf("binding %+v out of place in\n%q", b, e.Source)
		}
		end = b.Span.End
		for _, s := range []text.Span{b.Export, b.Key, b.Value} {
			if s != (text.Span{}) && (s.Start < b.Span.Start || s.End < s.Start || s.End > b.Span.End) {
				t.Fatalf("%v lies outside binding %+v of\n%q", s, b, e.Source)
			}
		}
		if b.Comment.End > 0 && e.Source[b.Comment.Start] != '#' || b.Comment.End > len(e.Source) {
			t.Fatalf("no comment at %+v of\n%q", b, e.Source)
		}
		if b.Broken {
			broken++
		}
	}
	if broken > len(e.Problems) {
		t.Fatalf("%d broken lines and only %d problems in\n%q", broken, len(e.Problems), e.Source)
	}
	checkProblems(t, e.Problems, e.Source)
}

// TestDotenv replays what testdata/record_dotenv.py recorded. DOTENV_TABLE names another recording.
func TestDotenv(t *testing.T) {
	var table struct {
		Environment map[string]string
		Rows        []struct {
			Document string
			Bindings [][3]any
			Values   map[string]any
			Error    *string
		}
	}
	readTable(t, cmp.Or(os.Getenv("DOTENV_TABLE"), "testdata/dotenv.json.gz"), &table)
	lookup := func(name string) (string, bool) {
		v, ok := table.Environment[name]
		return v, ok
	}
	broken := 0
	for _, row := range table.Rows {
		src := bytesOf(row.Document)
		e := ParseEnv(src)
		checkEnvShape(t, e)
		if row.Error != nil {
			if len(e.Problems) == 0 {
				t.Errorf("Python says %q, and we find no problem in\n%q", *row.Error, src)
			}
			continue
		}
		var bindings [][3]any
		values := map[string]any{}
		interpolated := e.Interpolate(lookup)
		for i, b := range e.Bindings {
			switch {
			case b.Broken:
				broken++
				bindings = append(bindings, [3]any{nil, nil, true})
			case b.Equals < 0:
				bindings = append(bindings, [3]any{b.Name, nil, false})
				values[b.Name] = nil
			default:
				bindings = append(bindings, [3]any{b.Name, b.Text, false})
				values[b.Name] = interpolated[i]
			}
		}
		if len(bindings)+len(row.Bindings) > 0 && !reflect.DeepEqual(bindings, row.Bindings) {
			t.Errorf("bindings of\n%q\n got %q\nwant %q", src, bindings, row.Bindings)
		} else if !reflect.DeepEqual(values, row.Values) {
			t.Errorf("values of\n%q\n got %q\nwant %q", src, values, row.Values)
		}
	}
	if len(table.Rows) < 500 || broken < 100 {
		t.Errorf("the table has only %d rows with %d skipped lines", len(table.Rows), broken)
	}
}

// TestMendEnv checks that the first fix of every problem makes the line mean what its writer meant.
func TestMendEnv(t *testing.T) {
	for _, c := range []struct{ src, want, name, value string }{
		{"A: 1\n", "A=1\n", "A", "1"},
		{"A : 1\n", "A=1\n", "A", "1"},
		{"set A=1\n", "A=1\n", "A", "1"},
		{"A 1\n", "A=1\n", "A", "1"},
		{`A="{"x":"y"}"`, `A='{"x":"y"}'`, "A", `{"x":"y"}`},
		{`A="it's "x""`, `A="it's \"x\""`, "A", `it's "x"`},
		{"A='x';\n", "A='x'\n", "A", "x"},
		{"A=\"x\nB=1\n", "A=\"x\"\nB=1\n", "A", "x"},
		{"A=\"x\\\nB=1\n", "A=\"x\\\\\"\nB=1\n", "A", `x\`},
		{"A='x\\\nB='y'\n", "A='x\\\\'\nB='y'\n", "A", `x\`},
		{"A='x\\\\\nB=1\n", "A='x\\\\'\nB=1\n", "A", `x\`},
		{"A='x # c\nB=1\n", "A='x' # c\nB=1\n", "A", "x"},
		{"A='x\nB='y'\n", "A='x'\nB='y'\n", "A", "x"},
		{`A='C:\dir\'`, `A=C:\dir\`, "A", `C:\dir\`},
		{"\ufeffA=1", "A=1", "A", "1"},
	} {
		e := ParseEnv(c.src)
		if len(e.Problems) != 1 || len(e.Problems[0].Fixes) == 0 {
			t.Errorf("%q: want one problem with a fix, got %+v", c.src, e.Problems)
			continue
		}
		after := text.Apply(c.src, e.Problems[0].Fixes[0].Edits...)
		mended := ParseEnv(after)
		if b := lastBinding(mended, c.name); after != c.want || len(mended.Problems) > 0 || b == nil || b.Text != c.value {
			t.Errorf("%q became %q, not %q: %+v", c.src, after, c.want, mended)
		}
	}
}

func TestEditEnv(t *testing.T) {
	const src = "# c\nexport A=1 # one\r\nB='x' # two\nA= # three\nC\nD=\"y\""
	for _, c := range []struct {
		name      string
		edits     func(*Env) []text.Edit
		old, want string
	}{
		{"set the last", func(e *Env) []text.Edit { return set(e, "A", "v w") }, "A= #", "A=v w #"},
		{"set in single quotes", func(e *Env) []text.Edit { return set(e, "B", `it's \`) }, "'x'", `'it\'s \\'`},
		{"set over lines", func(e *Env) []text.Edit { return set(e, "B", "1\n2") }, "'x'", `"1\n2"`},
		{"set in double quotes", func(e *Env) []text.Edit { return set(e, "D", "a\"b") }, `"y"`, `"a\"b"`},
		{"set without =", func(e *Env) []text.Edit { return set(e, "C", "") }, "C\n", "C=\n"},
		{"delete all", func(e *Env) []text.Edit { return e.Delete("A") }, "export A=1 # one\r\nB='x' # two\nA= # three\n", "B='x' # two\n"},
		{"delete the last line", func(e *Env) []text.Edit { return e.Delete("D") }, `D="y"`, ""},
	} {
		want := strings.Replace(src, c.old, c.want, 1)
		if got := text.Apply(src, c.edits(ParseEnv(src))...); got != want {
			t.Errorf("%s: got\n%q\nwant\n%q", c.name, got, want)
		}
	}
}

// lastBinding is the last binding of a name, which decides, or nil.
func lastBinding(e *Env, name string) (last *Binding) {
	for i := range e.Bindings {
		if b := &e.Bindings[i]; !b.Broken && b.Name == name {
			last = b
		}
	}
	return last
}

func set(e *Env, name, value string) []text.Edit {
	return []text.Edit{lastBinding(e, name).SetValue(value)}
}

func TestQuoteEnv(t *testing.T) {
	for s, want := range map[string]string{
		"":               "",
		"a b#c":          "a b#c",
		"a #b":           "'a #b'",
		" a":             "' a'",
		`{"x": "y"}`:     `{"x": "y"}`,
		`"x"`:            `'"x"'`,
		`'x'`:            `'\'x\''`,
		"it's\n":         `"it's\n"`,
		"#x":             "#x",
		"$HOME":          "$HOME",
		"${HOME}":        "${:-$}{HOME}",
		"${a${b:-c} ${x": "${:-$}{a${:-$}{b:-c} ${:-$}{x",
	} {
		if got := QuoteEnv(s); got != want {
			t.Errorf("QuoteEnv(%q) = %s, want %s", s, got, want)
		}
	}
}

func TestMoveBinding(t *testing.T) {
	const a, b, c = 0, 1, 2
	for _, m := range []struct {
		src      string
		from, to int
		want     string
	}{
		{"# file\nA=1\n# of b\n# and\nB=2 # b\nC=3", b, c, "# file\nA=1\nC=3\n# of b\n# and\nB=2 # b"},
		{"# file\nA=1\nB=2\n", a, b, "# file\nB=2\nA=1\n"},
		{"\ufeffA=1\r\n\r\nB='x\r\n# y'\r\nC=3", a, b, "\ufeff\r\nB='x\r\n# y'\r\nA=1\r\nC=3"},
		{"\ufeff# file\nA=1\nB=2", a, b, "\ufeff# file\nB=2\nA=1"},
		{"A='x\n# y'\nB=2\nC=3\n", b, c, "A='x\n# y'\nC=3\nB=2\n"},
		{"A=1\nB=2\n", b, a, "A=1\nB=2\n"},
		{"A=1\nB=2\n", a, a, "A=1\nB=2\n"},
		{"A=1\n\ufeffB=2\n", a, b, "A=1\n\ufeffB=2\n"},
	} {
		e := ParseEnv(m.src)
		if got := text.Apply(m.src, e.MoveBehind(&e.Bindings[m.from], &e.Bindings[m.to])...); got != m.want {
			t.Errorf("%q became\n%q, want\n%q", m.src, got, m.want)
		}
	}
}

// TestEditBroken checks that a line that python-dotenv skips counts for nothing and stays.
func TestEditBroken(t *testing.T) {
	for _, c := range []struct {
		src   string
		edits func(*Env) []text.Edit
		want  string
	}{
		{"A=1\nA='x\n", func(e *Env) []text.Edit { return set(e, "A", "2") }, "A=2\nA='x\n"},
		{"A=1\nA='x\n", func(e *Env) []text.Edit { return e.Delete("A") }, "A='x\n"},
		{"A#c", func(e *Env) []text.Edit { return set(e, "A", "2") }, "A='2'#c"},
	} {
		if got := text.Apply(c.src, c.edits(ParseEnv(c.src))...); got != c.want {
			t.Errorf("%q became\n%q, want\n%q", c.src, got, c.want)
		}
	}
}
