package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

// TestCorpus checks files as people have them: written by the Prefect CLI, from Prefect's documentation, and in the style
// of projects of many kinds. Each lies in a folder with an expected.txt, which lists every finding as "LINE CODE";
// testdata/corpus/judge.py tells what the real Prefect makes of each.
func TestCorpus(t *testing.T) {
	paths, err := filepath.Glob("testdata/corpus/*/*/expected.txt")
	if err != nil || len(paths) < 200 {
		t.Fatalf("only %d cases: %v", len(paths), err)
	}
	for _, path := range paths {
		folder := filepath.Dir(path)
		name, source := configIn(t, folder)
		file := profiles.Read(profiles.KindOf(name), source).At(name)
		lines := text.NewLines(source)
		got := []string{}
		for _, p := range Check(file) {
			got = append(got, fmt.Sprintf("%d %s", lines.At(p.Span.Start)+1, p.Rule.Code))
		}
		if want := findings(t, path); !slices.Equal(got, want) {
			t.Errorf("%s/%s reports\n%q\nwant\n%q", folder, name, got, want)
		}
	}
}

// configIn is the one file in folder that is not about the others.
func configIn(t *testing.T, folder string) (name, source string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "expected.txt" {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		return e.Name(), string(raw)
	}
	t.Fatalf("%s has no file to check", folder)
	return "", ""
}

func findings(t *testing.T, path string) []string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	found := []string{}
	for line := range strings.Lines(string(raw)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			found = append(found, line)
		}
	}
	return found
}
