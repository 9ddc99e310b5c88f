package syntax

import (
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"prefect-ls/profiles/text"
)

// seeds are files with one mistake of each kind, and the valid files of toml-test.
func seeds(f *testing.F) {
	for _, m := range mistakes {
		f.Add(m.src)
	}
	for name, src := range readCorpus(f) {
		if strings.HasSuffix(name, ".toml") && len(src) < 1000 {
			f.Add(src)
		}
	}
	f.Add(editable)
}

func FuzzParseTOML(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, src string) {
		tree := ParseTOML(src)
		checkShape(t, tree)
		for _, p := range tree.Problems[:min(20, len(tree.Problems))] {
			for _, fix := range p.Fixes {
				checkShape(t, ParseTOML(text.Apply(src, fix.Edits...)))
			}
		}
		var peer map[string]any
		_, err := toml.Decode(src, &peer)
		if accepted := len(tree.Problems) == 0; accepted != (err == nil) && !peerDiffers(tree, err) {
			t.Fatalf("we found\n%sthe peer says %v of\n%q", problems(tree.Problems, src), err, src)
		}
	})
}

// peerDiffers reports whether the peer is known to judge otherwise than tomllib. It checks numbers for size; it takes
// TOML 1.1, a byte order mark, any depth, an offset of +01:60 and two bytes of UTF-16, and adds to tables that TOML 1.0 holds to be complete.
func peerDiffers(tree *TOML, err error) bool {
	if err != nil {
		return strings.Contains(err.Error(), "out of range")
	}
	for _, p := range tree.Problems {
		known := p.Related != text.Span{}
		for _, reason := range []string{"TOML 1.1", "byte order mark", "nested too deeply", "no such date", "UTF-16"} {
			known = known || strings.Contains(p.Message, reason)
		}
		if !known {
			return false
		}
	}
	return true
}

func FuzzParseEnv(f *testing.F) {
	for _, src := range []string{
		"A=1\nexport B='x' # c\nC=\"a\\n${A}\"\n", "A: 1\nset B=2\nC=\"{\"x\":\"y\"}\"\n", "\ufeff'A B'=\"two\r\nlines\"\rD= # c\n=x\nK", "A='",
	} {
		f.Add(src, "v\n'\\\"${A} #")
	}
	f.Fuzz(func(t *testing.T, src, value string) {
		e := ParseEnv(src)
		checkEnvShape(t, e)
		e.Interpolate(func(string) (string, bool) { return "", false })
		for _, p := range e.Problems[:min(20, len(e.Problems))] {
			for _, fix := range p.Fixes {
				checkEnvShape(t, ParseEnv(text.Apply(src, fix.Edits...)))
			}
		}
		checkEnvEdits(t, e, value)
		checkEnvMoves(t, e, len(value))
	})
}

// checkEnvMoves moves one binding to another, and fails if anything but the order changes.
func checkEnvMoves(t *testing.T, e *Env, pick int) {
	t.Helper()
	n := len(e.Bindings)
	if n == 0 || len(e.Problems) > 0 {
		return
	}
	from, to := pick%n, pick*7/3%n
	b, other := &e.Bindings[from], &e.Bindings[to]
	edits := e.MoveBehind(b, other)
	after := ParseEnv(text.Apply(e.Source, edits...))
	var want []string
	for j := range e.Bindings {
		switch {
		case j == to && edits != nil:
			want = append(want, other.Name, b.Name)
		case j != from || edits == nil:
			want = append(want, e.Bindings[j].Name)
		}
	}
	got := make([]string, len(after.Bindings))
	for j := range after.Bindings {
		got[j] = after.Bindings[j].Name
	}
	movable := from < to && !strings.Contains(e.Source[1:], byteOrderMark)
	if !slices.Equal(got, want) || len(after.Problems) > 0 || len(after.Source) != len(e.Source) || movable && edits == nil || from >= to && edits != nil {
		t.Fatalf("moving %d to %d in\n%q\nmade\n%q", from, to, e.Source, after.Source)
	}
}

// checkEnvEdits sets a value in a file, and fails if that changes any other.
func checkEnvEdits(t *testing.T, e *Env, value string) {
	t.Helper()
	if len(e.Bindings) == 0 || len(e.Problems) > 0 || strings.ToValidUTF8(value, "") != value {
		return
	}
	at := len(value) % len(e.Bindings)
	after := ParseEnv(text.Apply(e.Source, e.Bindings[at].SetValue(value)))
	if len(after.Problems) > 0 || len(after.Bindings) != len(e.Bindings) {
		t.Fatalf("setting %d to %q in\n%q\nmade\n%q\nwith\n%s", at, value, e.Source, after.Source, problems(after.Problems, after.Source))
	}
	for i := range e.Bindings {
		if before, now := &e.Bindings[i], &after.Bindings[i]; before.Name != now.Name || i != at && before.Text != now.Text {
			t.Fatalf("setting %d to %q in\n%q\nmade\n%q", at, value, e.Source, after.Source)
		}
	}
	none := func(string) (string, bool) { return "", false }
	if got := after.Interpolate(none)[at]; got != value {
		t.Fatalf("set %d to %q in\n%q\nand read %q from\n%q", at, value, e.Source, got, after.Source)
	}
}
