package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"prefect-ls/profiles"
)

// TestPreCommit holds the hook for pre-commit to the files that are for Prefect by their names.
func TestPreCommit(t *testing.T) {
	source, err := os.ReadFile("../../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	pattern := func(key string) *regexp.Regexp {
		_, rest, found := strings.Cut(string(source), "\n  "+key+": '")
		text, _, closed := strings.Cut(rest, "'\n")
		if !found || !closed {
			t.Fatalf("the hook has no %s", key)
		}
		return regexp.MustCompile(text)
	}
	files, exclude := pattern("files"), pattern("exclude")
	for _, name := range []string{
		"profiles.toml", "prefect.toml", "pyproject.toml", ".env", ".env.local", ".env.prod.local", "prod.env", "a.b.env", ".env.", "env",
		"env.py", "my.environment", "prefect.toml.bak", "my-prefect.toml", "my.prefect.toml", ".envrc", ".env.example", ".env.sample", "prod.env.dist",
		"example.env", ".env.template", "settings.toml",
	} {
		for _, path := range []string{name, "deploy/" + name, "deploy.d/x/" + name} {
			if got, want := files.MatchString(path) && !exclude.MatchString(path), profiles.KindOf(path) != 0; got != want {
				t.Errorf("%s is checked: %t, want %t", path, got, want)
			}
		}
	}
}
