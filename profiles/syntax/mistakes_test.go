package syntax

import (
	"strings"
	"testing"

	"prefect-ls/profiles/text"
)

// mistakes are files with one mistake each: the text that is blamed for it, part of what is said about it,
// and the file after the first fix, empty where there is no fix that is likely right.
var mistakes = []struct{ src, at, message, fixed string }{
	{"a = http://x/#/y\n", "http://x/#/y", `needs quotes`, "a = \"http://x/#/y\"\n"},
	{"a = hello world # c\n", "hello world", "needs quotes", "a = \"hello world\" # c\n"},
	{"a = [hello world, 1]\n", "hello world", "needs quotes", "a = [\"hello world\", 1]\n"},
	{"a = True\n", "True", "true in lower case", "a = true\n"},
	{"a = {b = FALSE}\n", "FALSE", "false in lower case", "a = {b = false}\n"},
	{"a = None\n", "None", "has no None", "a = \"None\"\n"},
	{"a = 007\n", "007", "cannot start with 0", "a = 7\n"},
	{"a = 1,\n", ",", "Only a comment", "a = 1\n"},
	{"a = 1;\n", ";", "Only a comment", "a = 1\n"},
	{"a = \"x\",\n", ",", "Only a comment", "a = \"x\"\n"},
	{"a = “x”\n", "“x”", "quotes that TOML knows", "a = \"x\"\n"},
	{"a = 'x\n", "'x", "not closed", "a = 'x'\n"},
	{"a = \"x # c\nb = 1\n", "\"x # c", "not closed", "a = \"x\" # c\nb = 1\n"},
	{"a = 'x\"\n", "'x\"", "not closed", "a = 'x'\n"},
	{"a = \"C:\\Users\\new\"\n", `\U`, "single quotes", "a = 'C:\\Users\\new'\n"},
	{"a = \"C:\\it's\"\n", `\i`, `Write \\`, "a = \"C:\\\\it's\"\n"},
	{"a = \"C:\\dir\\\"\n", `"C:\dir\"`, "single quotes", "a = 'C:\\dir\\'\n"},
	{"a = \"\"\"C:\\dir\"\"\"\n", `\d`, `Write \\`, "a = \"\"\"C:\\\\dir\"\"\"\n"},
	{"a = \"\\ud800\"\n", `\ud800`, "code of no character", "a = '\\ud800'\n"},
	{"a = \"{\"x\":\"y\"}\"\n", `x":"y"}"`, "single quotes", "a = '{\"x\":\"y\"}'\n"},
	{"a = 'it's'\n", "s'", "Escape", "a = \"it's\"\n"},
	{"a = \"x\" // c\n", "// c", "comment starts with #", "a = \"x\" # c\n"},
	{"a = 1 b = 2\n", "b = 2", "line of its own", "a = 1 \nb = 2\n"},
	{"a = [1]]\n", "]", "Nothing was opened", "a = [1]\n"},
	{"a =\nb = 1\n", "a =", "value is missing", "a = \"\"\nb = 1\n"},
	{"a\nb = 1\n", "a", "value is missing", "a = \"\"\nb = 1\n"},
	{"a \"x\"\n", "a", "no =", "a = \"x\"\n"},
	{"a: 1\n", ":", "not a colon", "a = 1\n"},
	{"a :1\n", ":", "not a colon", "a = 1\n"},
	{"a = {\"b\": 1}\n", ":", "not a colon", "a = {\"b\" = 1}\n"},
	{"export A = 1\n", "export", "shell", "A = 1\n"},
	{"set A=1\n", "set", "shell", "A=1\n"},
	{"$env:A = 1\n", "$env:", "shell", "A = 1\n"},
	{"= 1\n", "", "name is missing", ""},
	{"a..b = 1\n", ".", "after the dot", "a.b = 1\n"},
	{"my key = 1\n", "my key", "needs quotes", "\"my key\" = 1\n"},
	{"größe = 1\n", "größe", "needs quotes", "\"größe\" = 1\n"},
	{"\"a = 1\n", "\"a", "needs quotes", "\"a\" = 1\n"},
	{"“a” = 1\n", "“a”", "needs quotes", "\"a\" = 1\n"},
	{"[a\nb = 1\n", "[a", "not closed", "[a]\nb = 1\n"},
	{"[[a]\nb = 1\n", "[[a]", "Close it with ]]", "[[a]]\nb = 1\n"},
	{"[a]]\n", "]", "Nothing was opened", "[a]\n"},
	{"[profiles.my profile]\n", "my profile", "needs quotes", "[profiles.\"my profile\"]\n"},
	{"[profiles.a/b]\n", "a/b", "needs quotes", "[profiles.\"a/b\"]\n"},
	{"[]\n", "", "name is missing", ""},
	{"[a.]\n", ".", "after the dot", "[a]\n"},
	{"[a] x\n", "x", "Only a comment", ""},
	{"a = [1, 2\nb = 1\n", "", "closing ] is missing", "a = [1, 2]\nb = 1\n"},
	{"a = [1, # c\n  2\n\n[b]\nc = 1\n", "", "closing ] is missing", "a = [1, # c\n  2]\n\n[b]\nc = 1\n"},
	{"a = [[1, [2\nb = 1\n", "", "closing ]]] is missing", "a = [[1, [2]]]\nb = 1\n"},
	{"a = {b = [1\nc = 1\n", "", "closing ]} is missing", "a = {b = [1]}\nc = 1\n"},
	{"a = {b = 1\nc = 1\n", "", "closing } is missing", "a = {b = 1}\nc = 1\n"},
	{"a = [1 2]\n", "", "comma is missing", "a = [1, 2]\n"},
	{"a = [1,,2]\n", ",", "nothing before this comma", "a = [1,2]\n"},
	{"a = [1}]\n", "}", "Nothing was opened", "a = [1]\n"},
	{"a = {b = 1 c = 2}\n", "", "comma is missing", "a = {b = 1, c = 2}\n"},
	{"a = {!}\n", "!", "a name and a value", ""},
	{"a = \"\"\"x\nb = 1\n", `"""`, "not closed", "a = \"\"\"x\"\"\"\nb = 1\n"},
	{"a = '''x\n  y\n[b]\nc = '''d'''\n", "'''", "not closed", "a = '''x\n  y'''\n[b]\nc = '''d'''\n"},
	{"a = {\n  b = 1,\n  c = [1],\n}\n", "", "needs TOML 1.1", "a = { b = 1, c = [1] }\n"},
	{"a = {b = 1,}\n", ",", "needs TOML 1.1", "a = {b = 1}\n"},
	{"a = \"\\e[0m\"\n", `\e`, "needs TOML 1.1", "a = \"\\u001b[0m\"\n"},
	{"a = \"\\x41\"\n", `\x41`, "needs TOML 1.1", "a = \"\\u0041\"\n"},
	{"a = 07:32\n", "07:32", "needs TOML 1.1", "a = 07:32:00\n"},
	{"a = 2025-01-01 07:32Z\n", "2025-01-01 07:32Z", "needs TOML 1.1", "a = 2025-01-01 07:32:00Z\n"},
	{"a = 2025-02-29\n", "2025-02-29", "no such date", "a = \"2025-02-29\"\n"},
	{"a = 1\na = 2\n", "a", "twice (first on line 1)", ""},
	{"[a]\nb = 1\n[c]\n[a]\nd = 1\n", "a", "twice", ""},
	{"[a.b]\n[[a.b]]\n", "b", "array of tables", ""},
	{"a = 1\n[a]\n", "a", "is a value", ""},
	{"a.b = 1\n[a]\n", "a", "twice", ""},
	{"[a.b]\n[a]\nb.c = 1\n", "b", "with a header", ""},
	{"a = {b = 1, b = 2}\n", "b", "twice", ""},
	{"// c\na = 1\n", "// c", "comment starts with #", "# c\na = 1\n"},
	{"; c\n", "; c", "comment starts with #", "# c\n"},
	{"some words here\n", "some words here", "not TOML", "# some words here\n"},
	{"<<<<<<< HEAD\na = 1\n", "<<<<<<< HEAD", "merge conflict", ""},
	{"=======\na = 1\n", "=======", "merge conflict", ""},
	{"\ufeffa = 1\n", "\ufeff", "byte order mark", "a = 1\n"},
	{"a = 'x\x00'\n", "\x00", "control character U+0000", "a = 'x'\n"},
	{"a = 1\rb = 2\rc = 3\r\n", "\r", "carriage return", "a = 1\nb = 2\nc = 3\r\n"},
	{"setx A=1\n", "setx", "shell", "A=1\n"},
	{"a = \"x\\\nb = 1\n", "\"x\\", "not closed", "a = \"x\\\\\"\nb = 1\n"},
	{"a = \"x\\\\\nb = 1\n", "\"x\\\\", "not closed", "a = \"x\\\\\"\nb = 1\n"},
	{"a = 'x\\\nb = 1\n", "'x\\", "not closed", "a = 'x\\'\nb = 1\n"},
	{"a = \" \nb = 1\n", "\"", "not closed", "a = \"\" \nb = 1\n"},
	{"a = {b}\n", "b", "value is missing", "a = {b = \"\"}\n"},
	{"a = {b, c = 1}\n", "b", "value is missing", "a = {b = \"\", c = 1}\n"},
	{"a = {!x, b = 1}\n", "!x", "a name and a value", ""},
	{"a = [[1], 2\nb = 1\n", "", "closing ] is missing", "a = [[1], 2]\nb = 1\n"},
	{"a = {\n# c\nb = 1\n}\n", "", "needs TOML 1.1", ""},
	{"a = {\n  b = 1, # }\n}\n", "", "needs TOML 1.1", ""},
	{"a = {\n  b = \"\\\"}\",\n}\n", "", "needs TOML 1.1", "a = { b = \"\\\"}\" }\n"},
	{"a = 2025-01-01T1a:00:00\n", "2025-01-01T1a:00:00", "no such date", "a = \"2025-01-01T1a:00:00\"\n"},
	{"a = \"\\u003:\"\n", "\\u", "hexadecimal", "a = '\\u003:'\n"},
	{"\xff\xfea\x00 \x00=\x00 \x001\x00\n\x00", "\xff\xfe", "UTF-16", ""},
	{"a = '\xff\xfe'\n", "\xff\xfe", "not UTF-8", ""},
}

func TestMistakes(t *testing.T) {
	for _, m := range mistakes {
		tree := ParseTOML(m.src)
		checkShape(t, tree)
		if len(tree.Problems) != 1 {
			t.Errorf("%q: want one problem, got\n%s", m.src, problems(tree.Problems, m.src))
			continue
		}
		p := tree.Problems[0]
		if p.Span.Of(m.src) != m.at || !strings.Contains(p.Message, m.message) {
			t.Errorf("%q: want %q blamed for %q, got\n%s", m.src, m.at, m.message, problems(tree.Problems, m.src))
		}
		if len(p.Fixes) == 0 || m.fixed == "" {
			if len(p.Fixes) > 0 || m.fixed != "" {
				t.Errorf("%q: want it to become %q, got fixes %v", m.src, m.fixed, p.Fixes)
			}
			continue
		}
		for i, fix := range p.Fixes {
			after := text.Apply(m.src, fix.Edits...)
			if i == 0 && after != m.fixed {
				t.Errorf("%q became %q, want %q", m.src, after, m.fixed)
			}
			if left := ParseTOML(after).Problems; len(left) > 0 {
				t.Errorf("%q became %q, which has\n%s", m.src, after, problems(left, after))
			}
		}
	}
}

// TestRecovery checks that mistakes cost only their own lines: all pairs around them are there, under their headers.
func TestRecovery(t *testing.T) {
	for _, m := range mistakes {
		if strings.HasPrefix(m.src, byteOrderMark) || isUTF16(m.src) {
			continue
		}
		src := "[before]\nx = 1\n[with]\ny = 2\n" + m.src + "[after]\nz = 3\n"
		tree := ParseTOML(src)
		for _, want := range []string{"before.x", "with.y", "after.z"} {
			path := strings.Split(want, ".")
			if tree.Find(path...) == nil {
				t.Errorf("%s is lost in\n%s\nwith\n%s", want, src, problems(tree.Problems, src))
			}
		}
	}
}

// TestSeveralMistakes checks that one mistake hides no other.
func TestSeveralMistakes(t *testing.T) {
	var src strings.Builder
	want := 0
	for _, m := range mistakes {
		if strings.HasPrefix(m.src, byteOrderMark) || isUTF16(m.src) || strings.ContainsAny(m.src, "\r[") || strings.Contains(m.message, "first on") {
			continue
		}
		src.WriteString("[t" + string(rune('a'+want/26)) + string(rune('a'+want%26)) + "]\n" + m.src)
		want++
	}
	tree := ParseTOML(src.String())
	if len(tree.Problems) != want {
		t.Errorf("want %d problems, got %d:\n%s", want, len(tree.Problems), problems(tree.Problems, src.String()))
	}
}

// TestBrokenHeader checks that a pair belongs to the header above it even if that has a mistake.
func TestBrokenHeader(t *testing.T) {
	for _, header := range []string{"[b", "[", "[]", "[b.", "[[b]", "[b c]", "[b]]", "[b] x", "[a]"} {
		tree := ParseTOML("[a]\nx = 1\n" + header + "\ny = 2\n")
		last := tree.Statements[len(tree.Statements)-1]
		if last.Header != 2 || tree.Statements[2].Span.Start != 10 || len(tree.Problems) != 1 {
			t.Errorf("%s: y stands under statement %d of\n%s", header, last.Header, problems(tree.Problems, tree.Source))
		}
	}
}

// TestNoMistake checks that nothing valid is taken for the start of a statement, or for a mistake of any other kind.
func TestNoMistake(t *testing.T) {
	for _, src := range []string{
		"a = [\n[inf]\n]\n", "a = [\n[nan],\n[true]\n,[false]\n]\n", "a = [\n[-1], [1979-05-27]\n]\n", "a = [\n[-1]\n]\n", "a = [\n['b']\n]\n",
		"a = [[\n\"b = 1\"\n]]\n", "a = \"\"\"\nb = 1\n[c]\n\"\"\"\n", "a = '''\n[c]\n'''# c\n", "a = [\"\"\"\nb = 1\"\"\", '''\nc = 1''']\n",
		"a = {}\n", "a = { b = [\n1,\n] }\n", "export = 1\nset.x = 2\n", "a = \"x # y\" # z\n", "a = 1# c", "", "\n", "\t \r\n# c",
		"a = '''it''''\nb = \"\"\"\"x\"\"\"\"\"\n", "\"a b\".'c' = 1\n[ d . \"e\" ]\n", "a = [\n[false]\n]\n", "a = [\n[nan]\n]\n",
	} {
		tree := ParseTOML(src)
		checkShape(t, tree)
		if len(tree.Problems) > 0 {
			t.Errorf("%q is valid, but we find\n%s", src, problems(tree.Problems, src))
		}
	}
}
