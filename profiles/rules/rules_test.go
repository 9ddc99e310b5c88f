package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
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
			examples, cures := section(t, rule, "Example"), section(t, rule, "Use instead")
			if len(examples) != len(cures) {
				t.Fatalf("%d examples, but %d cures", len(examples), len(cures))
			}
			reported := false
			for i, example := range examples {
				for _, b := range example {
					problems := b.expect(t, example.check(rule, b))
					reported = reported || slices.ContainsFunc(problems, func(p Problem) bool { return p.Rule == rule })
					fixed, fixable := fix(b.clean(), problems)
					if want, given := cures[i].lookup(b.name); fixable && (!given || fixed != want.clean()) {
						t.Errorf("%s: the preferred fixes give\n%s\nwant\n%s", b.name, fixed, want.clean())
					}
				}
				for _, b := range cures[i] {
					b.expect(t, cures[i].check(rule, b))
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

func (b block) read() *profiles.File {
	return profiles.ReadFor(b.prefect, profiles.KindOf(b.name), b.clean())
}

// check is what is wrong with one file of the folder, on the page of a rule: alone, or beside the others.
func (x folder) check(rule *Rule, b block) []Problem {
	if rule.isAboutAll() || !b.isFile() {
		return x.checkInEffect(b)
	}
	return Check(b.read())
}

// A folder is an example: one file alone, or for a rule about what is in effect all that decides on it. There the block
// "environment" holds variables, and profiles.toml is the one that Prefect loads; other places are absolute paths.
type folder []block

const environment = "environment"

// answer is the block that holds what the server said, by the code of the rule that it breaks.
const answer = "answer"

// exposure is the block that says who gets at a file, as "NAME: mode 0644" or "NAME: tracked by git".
const exposure = "exposure"

// isAboutAll reports whether the rule looks at more than the text of a file.
func (r *Rule) isAboutAll() bool {
	return r.CheckInEffect != nil || r.CheckFacts != nil || r.CheckExposure != nil
}

func (b block) isFile() bool { return b.name != environment && b.name != answer && b.name != exposure }

func (x folder) exposure(name string) Exposure {
	b, _ := x.lookup(exposure)
	told, is, _ := strings.Cut(strings.TrimSpace(b.source), ": ")
	if told != name {
		return Exposure{}
	}
	mode, _ := strconv.ParseUint(strings.TrimPrefix(is, "mode "), 8, 32)
	git := map[string]GitState{"ignored by git": Ignored, "not ignored by git": NotIgnored, "tracked by git": Tracked}[is]
	return Exposure{Name: name, Git: git, Mode: uint32(mode)}
}

func (x folder) facts() Facts {
	b, _ := x.lookup(answer)
	return Facts{Answer: map[string]Answer{"key-rejected": KeyRejected, "workspace-not-found": WorkspaceNotFound}[strings.TrimSpace(b.source)]}
}

func (x folder) lookup(name string) (block, bool) {
	i := slices.IndexFunc(x, func(b block) bool { return b.name == name })
	if i < 0 {
		return block{}, false
	}
	return x[i], true
}

// checkInEffect is what is wrong with one file of the folder, beside the others.
func (x folder) checkInEffect(b block) []Problem {
	if !b.isFile() {
		return nil
	}
	files, in := x.resolve()
	inEffect := CheckInEffect(files[b.name], Check(files[b.name]), in, x.facts())
	return CheckExposure(files[b.name], inEffect, x.exposure(b.name))
}

func (x folder) resolve() (map[string]*profiles.File, *layers.Result) {
	const home = "/home/ada"
	files := map[string]*profiles.File{}
	sources := layers.Sources{Home: home, Profiles: map[string]*profiles.File{}}
	for _, b := range x {
		if b.name == environment {
			for line := range strings.Lines(b.source) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
				sources.Environment = append(sources.Environment, layers.Variable{Name: name, Value: value})
			}
			continue
		}
		if !b.isFile() {
			continue
		}
		files[b.name] = b.read()
		sources.Version = b.prefect
	}
	sources.DotEnv, sources.PrefectTOML, sources.PyProject = files[".env"], files["prefect.toml"], files["pyproject.toml"]
	in := layers.Resolve(sources)
	for len(in.Wanted) > 0 {
		for _, path := range in.Wanted {
			sources.Profiles[path] = files[strings.TrimPrefix(path, home+"/.prefect/")]
		}
		in = layers.Resolve(sources)
	}
	return files, in
}

// section is the folders of one section of a page. A line "---" separates those of more than one file.
func section(t *testing.T, rule *Rule, name string) []folder {
	t.Helper()
	_, rest, found := strings.Cut(rule.Page, "\n## "+name+"\n")
	if !found {
		t.Fatalf("the page has no section %q", name)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	var folders []folder
	for part := range strings.SplitSeq(rest, "\n---\n") {
		var blocks folder
		for _, m := range fence.FindAllStringSubmatch(part, -1) {
			blocks = append(blocks, block{m[1], m[2], m[3]})
		}
		switch {
		case len(blocks) == 0:
			t.Fatalf("section %q has a part without a block that names a file", name)
		case rule.isAboutAll():
			folders = append(folders, blocks)
		default:
			for _, b := range blocks {
				folders = append(folders, folder{b})
			}
		}
	}
	return folders
}

// expect holds the problems of a file to its comments, and returns them.
func (b block) expect(t *testing.T, problems []Problem) []Problem {
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
	for _, p := range problems {
		line := lines.At(p.Span.Start)
		c, claimed := claims[line]
		if !claimed || c.code != p.Rule.Code || c.severity != p.Severity.String() || !strings.Contains(p.Message, c.message) {
			t.Errorf("%s:%d: unexpected %s [%s] %s", b.name, line+1, p.Severity, p.Rule.Code, p.Message)
			continue
		}
		for _, r := range p.Related {
			if of := r.File; r.Span.Len() == 0 || of != nil && r.Span.End > len(of.Source) || of == nil && r.Span.End > len(source) {
				t.Errorf("%s:%d: [%s] relates to a place outside of its file", b.name, line+1, p.Rule.Code)
			}
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
	fixable := false
	for _, p := range problems {
		for _, f := range p.Fixes {
			if f.Preferred {
				edits, fixable = append(edits, f.Edits...), true
			}
		}
	}
	return text.Apply(source, edits...), fixable
}

func fileHolds(t *testing.T, name, content string) bool {
	t.Helper()
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(got) == content
}

// TestFixTitles holds the titles of all fixes, on the pages and in the corpus, to one form: plain words, and single quotes
// around whatever is or comes to stand in the file.
func TestFixTitles(t *testing.T) {
	plain := regexp.MustCompile(`^[A-Z][A-Za-z ,()-]*('.+')?[A-Za-z ,()-]*$`)
	seen := 0
	for _, f := range shownFiles(t) {
		for _, p := range Check(f) {
			for _, fix := range p.Fixes {
				seen++
				written := strings.Trim(fix.Edits[0].New, " \n\"'")
				if !plain.MatchString(fix.Title) || written != "" && regexp.MustCompile(`[ "]`+regexp.QuoteMeta(written)+`([ "]|$)`).MatchString(fix.Title) {
					t.Errorf("%s: a fix is called %s", p.Rule.Code, fix.Title)
				}
			}
		}
	}
	if seen < 200 {
		t.Errorf("only %d fixes", seen)
	}
}

// shownFiles are those of the pages' examples and of the corpus.
func shownFiles(t *testing.T) (files []*profiles.File) {
	for _, rule := range All() {
		for _, b := range slices.Concat(section(t, rule, "Example")...) {
			if b.name != environment {
				files = append(files, b.read())
			}
		}
	}
	paths, err := filepath.Glob("testdata/corpus/*/*/expected.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		name, source := configIn(t, filepath.Dir(path))
		files = append(files, profiles.Read(profiles.KindOf(name), source))
	}
	return files
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
		case countTrue(rule.Check != nil, rule.CheckURL != nil, rule.CheckInEffect != nil, rule.CheckFacts != nil, rule.CheckExposure != nil) != 1:
			t.Errorf("%s needs one function that checks", rule.Code)
		case !strings.HasPrefix(rule.Page, "# "):
			t.Errorf("the page of %s has no title", rule.Code)
		}
		seen[rule.Code] = true
	}
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		if code := strings.ReplaceAll(strings.TrimSuffix(page, ".md"), "_", "-"); !seen[code] {
			t.Errorf("%s explains no rule that runs; name it in All", page)
		}
	}
}

func countTrue(conditions ...bool) int {
	n := 0
	for _, holds := range conditions {
		if holds {
			n++
		}
	}
	return n
}

// TestIndex keeps docs/rules.md the list of the rules. To renew it: make generate.
func TestIndex(t *testing.T) {
	const path = "../../docs/rules.md"
	var want strings.Builder
	want.WriteString("<!-- Generated from profiles/rules by `make generate`. -->\n\n# Rules\n\n")
	want.WriteString("The last column says how many of the examples on the page of a rule one click puts right.\n\n")
	want.WriteString("| Code | Severity | Mistake | One click |\n| --- | --- | --- | --- |\n")
	for _, rule := range All() {
		page := strings.ReplaceAll(rule.Code, "-", "_") + ".md"
		fmt.Fprintf(&want, "| [`%s`](../profiles/rules/%s) | %s | %s | %s |\n", rule.Code, page, rule.Severity, rule.Title(), curable(t, rule))
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

// curable says how many of the mistakes that the page of a rule shows have a fix that is surely right.
func curable(t *testing.T, rule *Rule) string {
	shown, cured := 0, 0
	for _, example := range section(t, rule, "Example") {
		for _, b := range example {
			for _, p := range example.check(rule, b) {
				if p.Rule != rule {
					continue
				}
				shown++
				if slices.ContainsFunc(p.Fixes, func(f Fix) bool { return f.Preferred }) {
					cured++
				}
			}
		}
	}
	switch cured {
	case 0:
		return ""
	case shown:
		return "all"
	}
	return fmt.Sprintf("%d of %d", cured, shown)
}

// recorded reads a table of what the real Prefect did: a row a line, its fields between tabs.
func recorded(t *testing.T, path string) [][]string {
	t.Helper()
	table, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(table)) {
		rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	if len(rows) < 400 {
		t.Fatalf("%s has only %d rows", path, len(rows))
	}
	return rows
}
