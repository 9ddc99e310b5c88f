//go:build unix

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestPaths has reports name files as their readers look for them: GitLab takes no "./", an address has its own alphabet, and a name must
// not end the property of a workflow command.
func TestPaths(t *testing.T) {
	s := newShell(t, nil)
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ given, path, uri, base, property string }{
		{".env", ".env", ".env", "%SRCROOT%", ".env"},
		{"./a/../.env", ".env", ".env", "%SRCROOT%", ".env"},
		{filepath.Join(here, "a", ".env"), "a/.env", "a/.env", "%SRCROOT%", "a/.env"},
		{"a b/ü%20?#[].env", "a b/ü%20?#[].env", "a%20b/%C3%BC%2520%3F%23%5B%5D.env", "%SRCROOT%", "a b/ü%2520?#[].env"},
		{"a:b,c.env", "a:b,c.env", "./a:b,c.env", "%SRCROOT%", "a%3Ab%2Cc.env"},
		{"a\nb.env", "a\nb.env", "a%0Ab.env", "%SRCROOT%", "a%0Ab.env"},
		{"/elsewhere/x y.env", "/elsewhere/x y.env", "file:///elsewhere/x%20y.env", "", "/elsewhere/x y.env"},
		{key + "/.env", "pnu_****wxyz/.env", "pnu_%2A%2A%2A%2Awxyz/.env", "%SRCROOT%", "pnu_****wxyz/.env"},
	} {
		const bad = "PREFECT_LOGGING_LEVEL=WARN\n"
		if got := reported[[]gitlabFinding](s, "gitlab", bad, "--stdin-filename", c.given)[0].Location.Path; got != c.path {
			t.Errorf("%q: the path for GitLab is %q, want %q", c.given, got, c.path)
		}
		log := reported[sarifLog](s, "sarif", bad, "--stdin-filename", c.given)
		if got, want := log.Runs[0].Results[0].Locations[0].PhysicalLocation.ArtifactLocation, (sarifArtifact{c.uri, c.base}); got != want {
			t.Errorf("%q: the artifact is %q, want %q", c.given, got, want)
		}
		s.want(exitFindings, bad, "check", "--format", "github", "--stdin-filename", c.given)
		s.wantIn(&s.out, "::error file="+c.property+",line=1,endLine=1,col=23,endColumn=27,title=invalid-value::\"WARN\" is not")
	}
	for _, variable := range []string{"GITHUB_WORKSPACE", "CI_PROJECT_DIR"} {
		t.Setenv(variable, filepath.Dir(here))
		if got, want := reported[[]gitlabFinding](s, "gitlab", "PREFECT_DEBUG_MODE=x\n", "--stdin-filename", ".env")[0].Location.Path, filepath.Base(here)+"/.env"; got != want {
			t.Errorf("with %s the path is %q, want %q", variable, got, want)
		}
		t.Setenv(variable, "")
	}
}
