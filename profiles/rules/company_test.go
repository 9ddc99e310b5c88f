package rules

import (
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

// TestFixesInCompany puts the examples of all pages together by twos, so that what a fix would write may stand there already,
// and holds every fix to this: it never breaks the syntax of a file.
func TestFixesInCompany(t *testing.T) {
	type example struct{ name, source string }
	byKind := map[profiles.Kind][]example{}
	for _, rule := range All() {
		for _, folders := range [][]folder{section(t, rule, "Example"), section(t, rule, "Use instead")} {
			for _, folder := range folders {
				for _, b := range folder {
					if kind := profiles.KindOf(b.name); kind != 0 && b.isFile() {
						byKind[kind] = append(byKind[kind], example{rule.Code, b.clean()})
					}
				}
			}
		}
	}
	tried := 0
	for kind, examples := range byKind {
		for _, first := range examples {
			for _, second := range examples {
				f := profiles.Read(kind, first.source+"\n"+second.source)
				if len(f.SyntaxProblems()) > 0 {
					continue
				}
				for _, p := range Check(f) {
					for _, fix := range p.Fixes {
						tried++
						after := text.Apply(f.Source, fix.Edits...)
						if broken := profiles.Read(kind, after).SyntaxProblems(); len(broken) > 0 {
							t.Errorf("%s: %s, in the examples of %s and %s, leaves %q:\n%s", p.Rule.Code, fix.Title, first.name, second.name, broken[0].Message, after)
						}
					}
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d fixes were tried", tried)
	}
}
