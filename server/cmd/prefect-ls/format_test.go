package main

import (
	"encoding/json"
	"encoding/xml"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
)

// reported runs check with a format that is JSON and reads what it writes.
func reported[T any](s *shell, format, stdin string, args ...string) T {
	s.t.Helper()
	s.want(exitFindings, stdin, append([]string{"check", "--severity", "hint", "--format", format}, args...)...)
	var v T
	if err := json.Unmarshal(s.out.Bytes(), &v); err != nil {
		s.t.Fatalf("%v in\n%s", err, &s.out)
	}
	return v
}

type gitlabFinding struct {
	Fingerprint string
	Location    struct {
		Path  string
		Lines struct{ Begin int }
	}
}

// TestKeyInName has somebody paste a key where a name belongs.
func TestKeyInName(t *testing.T) {
	s := newShell(t, map[string]string{key + "/" + key + ".env": "PREFECT_API_KEY=" + key + "\nPREFECT_LOGGING_LEVEL=WARN\n"})
	if out, err := exec.Command("git", "init", "-q").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, format := range []string{"full", "concise", "json", "github", "gitlab", "sarif", "rdjson", "junit"} {
		s.want(exitFindings, "", "check", "--severity", "hint", "--format", format, ".")
		s.wantIn(&s.out, "exposed-by-git")
		if strings.Contains(s.out.String(), key) {
			t.Errorf("%s shows a key:\n%s", format, &s.out)
		}
	}
	s.want(exitFindings, "", "check", "--fix", ".")
	s.wantIn(&s.err, "fixed pnu_****wxyz")
	if strings.Contains(s.out.String()+s.err.String(), key) {
		t.Errorf("a key shows in\n%s%s", &s.out, &s.err)
	}
}

// TestFingerprints shows that findings are told apart, and known again when lines above them come.
func TestFingerprints(t *testing.T) {
	const bad = "PREFECT_API_ULR=x\nPREFECT_API_ULR=y\nPREFECT_LOGING_LEVEL=x\n"
	s := newShell(t, nil)
	marks := func(source string) (gitlab, sarif []string) {
		for _, i := range reported[[]gitlabFinding](s, "gitlab", source, "--stdin-filename", ".env") {
			gitlab = append(gitlab, i.Fingerprint)
		}
		for _, r := range reported[sarifLog](s, "sarif", source, "--stdin-filename", ".env").Runs[0].Results {
			sarif = append(sarif, r.PartialFingerprints.Finding)
		}
		return gitlab, sarif
	}
	gitlab, sarif := marks(bad)
	later, _ := marks("# a comment\n\n" + bad)
	if len(gitlab) != 3 || !slices.Equal(gitlab, sarif) || !slices.Equal(gitlab, later) {
		t.Errorf("the fingerprints are %q, in SARIF %q and later %q", gitlab, sarif, later)
	}
	if slices.Sort(gitlab); len(slices.Compact(gitlab)) != 3 {
		t.Errorf("of %q two are one", gitlab)
	}
}

// TestByteOrderMark shows that places do not count what no editor shows.
func TestByteOrderMark(t *testing.T) {
	s := newShell(t, nil)
	const bad = "\ufeffPREFECT_LOGGING_LEVEL=WARN\n"
	s.want(exitFindings, bad, "check", "--stdin-filename", ".env")
	s.wantIn(&s.out, ".env:1:23\n", "| PREFECT_LOGGING_LEVEL=WARN\n", "|                       ^^^^\n")
	s.want(exitFindings, "\ufeff[logging]\n", "check", "--stdin-filename", "prefect.toml")
	s.wantIn(&s.out, "prefect.toml:1:1\n", "| [logging]\n", "| ^\n")
	mark := reported[sarifLog](s, "sarif", "\ufeff[logging]\n", "--stdin-filename", "prefect.toml").Runs[0].Results[0]
	if mark.RuleID != "toml-syntax" || len(mark.Fixes) > 0 {
		t.Errorf("a fix replaces nothing by nothing: %+v", mark)
	}
}

// TestJUnit shows each finding as a test of its own that says all in its text: GitLab reads nothing else.
func TestJUnit(t *testing.T) {
	s := newShell(t, nil)
	s.want(exitFindings, "active = \"p\"\n[profiles.p]\nx = { PREFECT_DEBUG_MODE = maybe, PREFECT_LOGGING_LEVEL = \"\x01]]>\x1b\n", "check", "--format", "junit", "--stdin-filename", "profiles.toml")
	var suites junitSuites
	if err := xml.Unmarshal(s.out.Bytes(), &suites); err != nil {
		t.Fatalf("%v in\n%s", err, &s.out)
	}
	names := map[string]bool{}
	for _, c := range suites.Suites[0].Cases {
		names[c.Name] = true
		if c.Failure.Message == "" || !strings.HasSuffix(c.Failure.Text, ": "+c.Failure.Message) {
			t.Errorf("the text of %+v lacks its message", c.Failure)
		}
	}
	if n := len(suites.Suites[0].Cases); n < 2 || len(names) != n {
		t.Errorf("%d findings have the names %v", n, names)
	}
}

// TestSuggestions has reviewdog suggest whole lines, which alone GitLab replaces, and none but those of the finding.
func TestSuggestions(t *testing.T) {
	s := newShell(t, nil)
	for _, c := range []struct {
		file, source, code string
		want               []rdSuggestion
	}{
		{".env", "A=1\r\nPREFECT_LOGGING_LEVEL=WARN # why\r\n", "invalid-value", []rdSuggestion{
			{wholeLines(2, 2), "PREFECT_LOGGING_LEVEL=WARNING # why"},
			{wholeLines(2, 2), ""},
		}},
		{".env", "PREFECT_LOGGING_LEVEL=WARN", "invalid-value", []rdSuggestion{
			{wholeLines(1, 1), "PREFECT_LOGGING_LEVEL=WARNING"},
			{wholeLines(1, 1), ""},
		}},
		{"profiles.toml", "active = \"prd\"\n[profiles.prod]\n", "active-profile-not-defined", []rdSuggestion{
			{wholeLines(1, 1), "active = \"prod\""}, // to define the other one, lines below are needed
		}},
		{"profiles.toml", "active = \"p\"\n[profiles]\np = { PREFECT_API_KEY = \"" + key + "\", PREFECT_LOGGING_LEVEL = \"WARN\" }\n", "invalid-value", nil},
	} {
		all := reported[rdReport](s, "rdjson", c.source, "--stdin-filename", c.file).Diagnostics
		at := slices.IndexFunc(all, func(d rdDiagnostic) bool { return d.Code.Value == c.code })
		if at < 0 || !slices.Equal(all[at].Suggestions, c.want) {
			t.Errorf("%q: %s suggests\n%+v\nwant\n%+v", c.source, c.code, all, c.want)
		}
	}
	f := newChecked(".env", profiles.Read(profiles.DotEnv, "A=1\nB=2\n"))
	joined := rules.Fix{Edits: []text.Edit{{Span: text.Span{Start: 3, End: 4}}}}
	if got, ok := f.rdSuggestion(rules.Problem{Span: text.Span{Start: 0, End: 3}}, joined); ok {
		t.Errorf("to join two lines is suggested as %+v", got)
	}
}

func wholeLines(first, last int) rdRange {
	return rdRange{rdPosition{Line: first}, rdPosition{Line: last}}
}

// TestSARIF holds what GitHub asks of a log beyond the schema, on a folder with all that the rules' pages call wrong.
func TestSARIF(t *testing.T) {
	pages, err := filepath.Glob("../../../profiles/rules/*.md")
	if err != nil || len(pages) < 50 {
		t.Fatalf("only %d pages: %v", len(pages), err)
	}
	example := regexp.MustCompile("(?s)```[a-z]+ (\\S+)\n(.*?)```")
	files := map[string]string{}
	for _, path := range pages {
		page, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, block := range example.FindAllStringSubmatch(string(page), -1) {
			files[filepath.Join(strings.TrimSuffix(filepath.Base(path), ".md"), string(rune('a'+i)), block[1])] = block[2]
		}
	}
	s := newShell(t, files)
	run := reported[sarifLog](s, "sarif", "", ".").Runs[0]
	for _, r := range run.Tool.Driver.Rules {
		for what, text := range map[string]string{"short description": r.ShortDescription.Text, "full description": r.FullDescription.Text, "help": r.Help.Text} {
			if text == "" || len(text) > 1024 || strings.HasPrefix(text, "#") || strings.Contains(text, "\n") {
				t.Errorf("the %s of %s is %q", what, r.ID, text)
			}
		}
	}
	if len(run.Tool.Driver.Rules) < 40 || len(run.Results) < 100 {
		t.Errorf("there are just %d results of %d rules", len(run.Results), len(run.Tool.Driver.Rules))
	}
	for _, r := range run.Results {
		if got := run.Tool.Driver.Rules[r.RuleIndex].ID; got != r.RuleID {
			t.Errorf("the rule of a result is %s by its name and %s by its index", r.RuleID, got)
		}
		place := r.Locations[0].PhysicalLocation
		uri, err := url.Parse(place.ArtifactLocation.URI)
		if err != nil {
			t.Fatal(err)
		}
		source, ok := files[filepath.FromSlash(uri.Path)]
		if !ok {
			t.Fatalf("there is no file %s", uri)
		}
		for _, fix := range r.Fixes {
			for _, replacement := range fix.Changes[0].Replacements {
				insideLines(t, source, replacement.DeletedRegion)
			}
		}
		insideLines(t, source, place.Region)
	}
}

func insideLines(t *testing.T, source string, r sarifRegion) {
	t.Helper()
	lines := protocol.NewMapper(source, protocol.UTF32)
	for _, p := range [][2]int{{r.StartLine, r.StartColumn}, {r.EndLine, r.EndColumn}} {
		if p[0] < 1 || p[0] > lines.Lines.Count() || p[1] < 1 || p[1] > len([]rune(lines.Lines.Span(p[0]-1).Of(source)))+1 {
			t.Errorf("%v is outside of\n%s", r, source)
		}
	}
}
