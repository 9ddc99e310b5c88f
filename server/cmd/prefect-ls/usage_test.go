package main

import (
	"os"
	"strings"
	"testing"
)

// TestHelp shows that every command says what it takes where it is asked to, and nothing else.
func TestHelp(t *testing.T) {
	s := newShell(t, nil)
	for _, v := range verbs() {
		s.want(exitClean, "", v.name, "--help")
		s.wantIn(&s.out, "Usage: prefect-ls "+v.name)
		if s.err.Len() > 0 {
			t.Errorf("%s --help says %q", v.name, &s.err)
		}
	}
	s.want(exitClean, "", "check", "--help")
	s.wantIn(&s.out, "  --severity severity\n", "(default warning)\n", "  --exit-zero\n        exit with 0 even if there are findings\n")
}

// TestWrongUse shows that what is said of a slip is about that slip, on one line.
func TestWrongUse(t *testing.T) {
	s := newShell(t, nil)
	for args, says := range map[string]string{
		"chek":                         "did you mean check?",
		"tomorrow":                     `there is no command "tomorrow"; prefect-ls --help lists them`,
		"check --severty error":        "-severty; see prefect-ls check --help",
		"status --cwdd .":              "-cwdd; see prefect-ls status --help",
		"login --workspaces a/b":       "-workspaces; see prefect-ls login --help",
		"check --format nice":          "full, concise",
		"check missing.toml":           "missing.toml cannot be read: ",
		"settings PREFECT_API_UR":      "did you mean PREFECT_API_URL?",
		"settings unknown-settin":      "prefect-ls settings --all lists them",
		"explain unknown-settin":       "did you mean unknown-setting?",
		"profile":                      "ls, use, create, rename or delete",
		"workspace":                    "ls or set",
		"status --prefect-version new": `"new" is not a release`,
	} {
		s.want(exitFailure, "", strings.Fields(args)...)
		s.wantIn(&s.err, says)
		if n := strings.Count(s.err.String(), "\n"); n != 1 || s.out.Len() > 0 {
			t.Errorf("prefect-ls %s says %q and %q", args, &s.err, &s.out)
		}
	}
}

// TestNothingToList shows that a new computer is told how to go on.
func TestNothingToList(t *testing.T) {
	s := newShell(t, nil)
	for list, goOn := range map[string]string{"profile": "prefect-ls profile create", "workspace": "prefect-ls login"} {
		s.want(exitClean, "", list, "ls")
		s.wantIn(&s.err, goOn)
		s.want(exitClean, "", list, "ls", "--format", "json")
		if s.out.String() != "[]\n" || s.err.Len() > 0 {
			t.Errorf("%s ls --format json says %q and %q", list, &s.out, &s.err)
		}
	}
}

// TestUnread shows that a file which counts is not passed over because it cannot be read.
func TestUnread(t *testing.T) {
	s := newShell(t, map[string]string{"prefect.toml": ""})
	if err := os.Truncate("prefect.toml", 9<<20); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"check"}, {"check", "prefect.toml"}, {"check", "."}, {"status"}, {"settings"}} {
		s.want(exitFailure, "", args...)
		s.wantIn(&s.err, "prefect.toml", "larger than 8 MiB")
	}
	s.want(exitFailure, strings.Repeat("#", 9<<20), "check", "--stdin-filename", ".env")
	s.wantIn(&s.err, "standard input is larger than 8 MiB")
}
