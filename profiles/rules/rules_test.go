package rules

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

// TestPages holds every page to its own examples: an example is reported just where its comments say, what to use
// instead is clean, and the preferred fixes turn one into the other, byte for byte.
func TestPages(t *testing.T) {
	for _, rule := range All() {
		t.Run(rule.Code, func(t *testing.T) {
			if want := strings.ReplaceAll(rule.Code, "-", "_") + ".md"; !fileHolds(t, want, rule.Page) {
				t.Errorf("the rule's page is not %s", want)
			}
			examples, cures := section(t, rule.Page, "Example"), section(t, rule.Page, "Use instead")
			if len(examples) != len(cures) {
				t.Fatalf("%d examples, but %d cures", len(examples), len(cures))
			}
			reported := false
			for i, example := range examples {
				problems := expect(t, example)
				expect(t, cures[i])
				for _, p := range problems {
					reported = reported || p.Rule == rule
				}
				fixed, fixable := fix(example.clean(), problems)
				if fixable && fixed != cures[i].clean() {
					t.Errorf("%s: the preferred fixes give\n%s\nwant\n%s", example.name, fixed, cures[i].clean())
				}
			}
			if !reported {
				t.Error("no example shows the rule's mistake")
			}
		})
	}
}

// A block is a fenced block of a page: the contents of a file, with comments that say what is reported. Behind the
// name of the file may stand the release of Prefect that reads it.
type block struct{ name, prefect, source string }

var (
	fence  = regexp.MustCompile("(?ms)^```\\w+ (\\S+)(?: Prefect (\\S+))?\n(.*?)^```$")
	marker = regexp.MustCompile(`[ \t]*# (error|warning|information|hint): \[([a-z-]+)\](?: "(.*)")?`)
)

func (b block) clean() string {
	return marker.ReplaceAllString(b.source, "")
}

func section(t *testing.T, page, name string) []block {
	t.Helper()
	_, rest, found := strings.Cut(page, "\n## "+name+"\n")
	if !found {
		t.Fatalf("the page has no section %q", name)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	var blocks []block
	for _, m := range fence.FindAllStringSubmatch(rest, -1) {
		blocks = append(blocks, block{m[1], m[2], m[3]})
	}
	if len(blocks) == 0 {
		t.Fatalf("section %q has no block that names a file", name)
	}
	return blocks
}

func expect(t *testing.T, b block) []Problem {
	t.Helper()
	type claim struct{ severity, code, message string }
	claims := map[int]claim{}
	for i, line := range strings.Split(b.source, "\n") {
		if m := marker.FindStringSubmatch(line); m != nil {
			claims[i] = claim{m[1], m[2], m[3]}
		}
	}
	source := b.clean()
	lines := text.NewLines(source)
	problems := Check(profiles.ReadFor(b.prefect, profiles.KindOf(b.name), source))
	for _, p := range problems {
		line := lines.At(p.Span.Start)
		c, claimed := claims[line]
		if !claimed || c.code != p.Rule.Code || c.severity != p.Severity.String() || !strings.Contains(p.Message, c.message) {
			t.Errorf("%s:%d: unexpected %s [%s] %s", b.name, line+1, p.Severity, p.Rule.Code, p.Message)
			continue
		}
		delete(claims, line)
	}
	for line, c := range claims {
		t.Errorf("%s:%d: missing %s [%s] %q", b.name, line+1, c.severity, c.code, c.message)
	}
	return problems
}

// fix applies the preferred fix of every problem. It reports false where no problem has one; some but not all is an odd page.
func fix(source string, problems []Problem) (string, bool) {
	var edits []text.Edit
	for _, p := range problems {
		for _, f := range p.Fixes {
			if f.Preferred {
				edits = append(edits, f.Edits...)
			}
		}
	}
	return text.Apply(source, edits...), len(edits) > 0
}

func fileHolds(t *testing.T, name, content string) bool {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(got) == content
}

// TestRules holds the declarations to what every surface relies on.
func TestRules(t *testing.T) {
	code := regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	seen := map[string]bool{}
	for _, rule := range All() {
		switch {
		case !code.MatchString(rule.Code):
			t.Errorf("%q is not a kebab-case name without numbers", rule.Code)
		case seen[rule.Code]:
			t.Errorf("%s is declared twice", rule.Code)
		case (rule.Check == nil) == (rule.CheckURL == nil):
			t.Errorf("%s needs either Check or CheckURL", rule.Code)
		case !strings.HasPrefix(rule.Page, "# "):
			t.Errorf("the page of %s has no title", rule.Code)
		}
		seen[rule.Code] = true
	}
}

// TestIndex keeps docs/rules.md the list of the rules. To renew it: make generate.
func TestIndex(t *testing.T) {
	const path = "../../docs/rules.md"
	var want strings.Builder
	want.WriteString("<!-- Generated from profiles/rules by `make generate`. -->\n\n# Rules\n\n")
	want.WriteString("| Code | Severity | Mistake |\n| --- | --- | --- |\n")
	for _, rule := range All() {
		page := strings.ReplaceAll(rule.Code, "-", "_") + ".md"
		fmt.Fprintf(&want, "| [`%s`](../profiles/rules/%s) | %s | %s |\n", rule.Code, page, rule.Severity, rule.Title())
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(want.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !fileHolds(t, path, want.String()) {
		t.Errorf("%s is stale; run: make generate", path)
	}
}
