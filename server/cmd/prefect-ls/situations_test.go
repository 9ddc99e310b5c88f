package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestSituations keeps docs/situations.md true: each of its situations is a scenario of the server and the other way round, the
// page shows the files of the scenario, and what `prefect-ls status` says of them. UPDATE=1 rewrites what it says.
func TestSituations(t *testing.T) {
	path, err := filepath.Abs("../../../docs/situations.md")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := string(raw)
	scenarios := scenarios(t)
	for _, section := range strings.Split(page, "\n## ")[1:] {
		heading, text, _ := strings.Cut(section, "\n")
		scenario, ok := scenarios[slug(heading)]
		if !ok {
			t.Errorf("no scenario shows %q", heading)
			continue
		}
		delete(scenarios, slug(heading))
		t.Run(slug(heading), func(t *testing.T) {
			now := playStatus(t, scenario, text)
			page = strings.Replace(page, text, now, 1)
			if text != now && os.Getenv("UPDATE") == "" {
				t.Errorf("the page says\n%s\nbut it is\n%s", text, now)
			}
		})
	}
	for name := range scenarios {
		t.Errorf("the page does not explain the situation %s", name)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// scenarios are the files of each situation, without the claims in them, by the slug of its heading.
func scenarios(t *testing.T) map[string]map[string]string {
	t.Helper()
	const prefix = "../../testdata/situation-"
	paths, err := filepath.Glob(prefix + "*.txtar")
	if err != nil || len(paths) < 12 {
		t.Fatalf("the scenarios are %q: %v", paths, err)
	}
	claims := regexp.MustCompile(`(?m)[ \t]*#@ .*$`)
	all := map[string]map[string]string{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string]string{}
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "@") {
				files[f.Name] = claims.ReplaceAllString(string(f.Data), "")
			}
		}
		all[strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(path), prefix), ".txtar")] = files
	}
	return all
}

// slug is what a heading is called in a link to it.
func slug(heading string) string {
	kept := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(heading))
	return strings.ReplaceAll(kept, " ", "-")
}

var block = regexp.MustCompile("(?ms)^```(\\w+) ?(\\S*)\n(.*?)^```$")

// playStatus holds the blocks of a section to the files, and returns the section with the status as it is.
func playStatus(t *testing.T, files map[string]string, section string) string {
	t.Helper()
	const home = "/home/ada"
	shown := map[string]string{}
	for _, m := range block.FindAllStringSubmatch(section, -1) {
		if name := m[2]; name != "" {
			shown[strings.Replace(name, "~/", "home/", 1)] = m[3]
		}
	}
	if !maps.Equal(shown, files) {
		t.Errorf("the page shows the files\n%q\nof the scenario are\n%q", shown, files)
	}
	s := newShell(t, nil)
	own := os.Getenv("HOME")
	for name, source := range files {
		path := filepath.Join(own, "flows", name)
		if below, ok := strings.CutPrefix(name, "home/"); ok {
			path = filepath.Join(own, below)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(source, home, own)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(own, "flows"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(own, "flows"))
	s.want(exitClean, "", "status")
	return block.ReplaceAllStringFunc(section, func(found string) string {
		if !strings.HasPrefix(found, "```console\n$ prefect-ls status\n") {
			return found
		}
		return "```console\n$ prefect-ls status\n" + strings.ReplaceAll(filepath.ToSlash(s.out.String()), filepath.ToSlash(own), home) + "```"
	})
}
