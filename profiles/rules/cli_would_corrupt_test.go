package rules

import (
	"fmt"
	"slices"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

// TestCLIWouldCorrupt compares the rule with what the real CLI did to values; see testdata/record-rewrite.py. What the
// fix writes instead has to be clean.
func TestCLIWouldCorrupt(t *testing.T) {
	for _, fields := range recorded(t, "testdata/rewrite.tsv") {
		source := fmt.Sprintf("active = \"p\"\n[profiles.p]\n%s = %s\n", fields[0], fields[1])
		problems := of(cliWouldCorrupt, source)
		if reported := len(problems) > 0; reported != (fields[2] == "changed" || fields[2] == "broken") {
			t.Errorf("%s = %s is %s; reported: %v", fields[0], fields[1], fields[2], reported)
		}
		for _, p := range problems {
			for _, f := range p.Fixes {
				if fixed := text.Apply(source, f.Edits...); len(of(cliWouldCorrupt, fixed)) > 0 || len(of(invalidValue, fixed)) > 0 {
					t.Errorf("%s = %s is fixed to %s", fields[0], fields[1], fixed)
				}
			}
		}
	}
}

// of are the problems that one rule finds in a profiles.toml.
func of(rule *Rule, source string) []Problem {
	return slices.DeleteFunc(Check(profiles.Read(profiles.ProfilesTOML, source)), func(p Problem) bool { return p.Rule != rule })
}
