package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A shell runs the command in a folder of its own, with a home of its own.
type shell struct {
	t        *testing.T
	out, err bytes.Buffer
}

func newShell(t *testing.T, files map[string]string) *shell {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	t.Setenv("HOME", filepath.Join(folder, "home"))
	t.Setenv("USERPROFILE", filepath.Join(folder, "home"))
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "PREFECT_") || name == "GITHUB_WORKSPACE" || name == "CI_PROJECT_DIR" {
			t.Setenv(name, "") // so that it is put back
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	return &shell{t: t}
}

func (s *shell) run(stdin string, args ...string) int {
	s.out.Reset()
	s.err.Reset()
	return run(s.t.Context(), stdio{strings.NewReader(stdin), &s.out, &s.err}, args)
}

func (s *shell) want(code int, stdin string, args ...string) {
	s.t.Helper()
	if got := s.run(stdin, args...); got != code {
		s.t.Errorf("prefect-ls %s exits with %d, want %d\n%s%s", strings.Join(args, " "), got, code, &s.out, &s.err)
	}
}

func (s *shell) wantIn(where *bytes.Buffer, parts ...string) {
	s.t.Helper()
	for _, part := range parts {
		if !strings.Contains(where.String(), part) {
			s.t.Errorf("there is no %q in\n%s", part, where)
		}
	}
}

const key = "pnu_0123456789abcdefghijklmnopqrstuvwxyz"

var mistaken = map[string]string{
	"profiles.toml": "active = \"prd\" # ü\n\n[profiles.prod]\nPREFECT_API_KEY = " + key + "\nPREFECT_LOGGING_LEVEL = \"WARN\"\n\tPREFECT_UI_URL = \"x\"\n",
	".env":          "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE=true\nPREFECT_API_ULR=http://x/api\n",
}

// TestFormats compares every format with its golden file; UPDATE=1 rewrites those.
func TestFormats(t *testing.T) {
	golden, err := filepath.Abs("testdata/formats")
	if err != nil {
		t.Fatal(err)
	}
	s := newShell(t, mistaken)
	for _, format := range []string{"full", "concise", "json", "github", "gitlab", "sarif", "rdjson", "junit"} {
		s.want(exitFindings, "", "check", "--format", format, "--severity", "hint", "profiles.toml", ".env")
		path := filepath.Join(golden, format)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(path, s.out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(path); err != nil || string(want) != s.out.String() {
			t.Errorf("%s is\n%s\nwant\n%s%v", format, &s.out, want, err)
		}
		if strings.Contains(s.out.String(), key) {
			t.Errorf("format %s shows an API key", format)
		}
		switch format {
		case "json", "gitlab", "sarif", "rdjson":
			if !json.Valid(s.out.Bytes()) {
				t.Errorf("%s is no JSON", format)
			}
		case "junit":
			if err := xml.Unmarshal(s.out.Bytes(), &junitSuites{}); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestCheck(t *testing.T) {
	s := newShell(t, map[string]string{
		"good/.env":                     "PREFECT_API_URL=http://127.0.0.1:4200/api\n",
		"bad/prefect.toml":              "[logging]\nlevel = \"WARN\"\n",
		"bad/node_modules/x/.env":       "PREFECT_LOGGING_LEVEL=WARN\n",
		"bad/other/profiles.toml":       "[font]\nsize = 3\n",
		"hint/.env":                     "PREFECT_UI_API_URL=http://127.0.0.1:4200/api\n",
		"home/.prefect/profiles.toml":   "active = \"local\"\n",
		"old/.env":                      "PREFECT_SERVER_UI_API_URL=http://127.0.0.1:4200/api\n",
		"old/requirements.txt":          "prefect==3.0.0\n",
		"notes.txt":                     "",
		".env":                          "PREFECT_LOGGING_LEVEL=INFO\n",
		"silenced/.env":                 "# prefect-ls: ignore[unknown-setting]\nPREFECT_API_ULR=x\n",
		"silenced/below/.git/hooks.env": "PREFECT_API_ULR=x\n",
	})
	s.want(exitClean, "", "check", "good")
	s.wantIn(&s.out, "Nothing to report in 1 file.")
	s.want(exitFindings, "", "check", "good", "bad")
	s.wantIn(&s.out, "1 error in 2 files.", filepath.Join("bad", "prefect.toml")+":2:9")
	s.want(exitClean, "", "check", "bad/other/profiles.toml", "good/.env")
	s.wantIn(&s.out, "Nothing to report in 1 file.")
	s.want(exitClean, "", "check", "--exit-zero", "bad")
	s.want(exitClean, "", "check", "hint")
	s.want(exitFindings, "", "check", "hint", "--severity", "hint")
	s.want(exitClean, "", "check", "--severity", "error", "old")
	s.want(exitFindings, "", "check", "old")
	s.wantIn(&s.out, "Prefect 3.0.0")
	s.want(exitClean, "", "check", "old", "--prefect-version", "3.8.0")
	s.want(exitClean, "", "check", "silenced")
	s.want(exitFindings, "", "check", "--format", "concise") // what is in effect here
	s.wantIn(&s.out, filepath.Join("home", ".prefect", "profiles.toml")+":1:10: error[active-profile-not-defined]")

	s.want(exitFindings, "PREFECT_DEBUG_MODE=maybe\n", "check", "--stdin-filename", "x/.env", "--format", "concise")
	s.wantIn(&s.out, "x/.env:1:20: error[invalid-value]")

	for _, wrong := range [][]string{
		{}, {"chekc"}, {"check", "none"}, {"check", "notes.txt"}, {"check", "--format", "x"}, {"check", "--severity", "off"},
		{"check", "--stdin-filename", ".env", "good"}, {"check", "--unheard-of"}, {"explain"}, {"explain", "unheard-of"},
	} {
		s.want(exitFailure, "", wrong...)
		if s.err.Len() == 0 || s.out.Len() > 0 {
			t.Errorf("prefect-ls %v says %q on standard output and %q on standard error", wrong, &s.out, &s.err)
		}
	}
	s.want(exitClean, "", "check", "--help")
	s.wantIn(&s.out, "-prefect-version", "-stdin-filename")
	s.want(exitFailure, "", "check", "good", "")
	s.wantIn(&s.err, "a PATH is empty")
	s.want(exitFailure, "", "check", "-")
	s.wantIn(&s.err, "--stdin-filename tells")
}

// TestCheckExposure shows that who gets at a file is told with a path and without, once it holds a secret.
func TestCheckExposure(t *testing.T) {
	s := newShell(t, map[string]string{
		".env":          "PREFECT_API_KEY=" + key + "\n",
		"sub/.env":      "PREFECT_API_AUTH_STRING=ada:example\n",
		"sub/dev.env":   "PREFECT_API_AUTH_STRING=\"ada:example\" # prefect-ls: ignore[exposed-by-git]\n",
		"plain/.env":    "PREFECT_API_URL=http://localhost:4200/api\n",
		"ignored/.env":  "PREFECT_API_KEY=" + key + "\n",
		".gitignore":    "ignored\n",
		"home/.gitkeep": "",
	})
	s.want(exitClean, "", "check")
	if out, err := exec.Command("git", "init", "-q").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s.want(exitFindings, "", "check", "--format", "concise")
	s.wantIn(&s.out, ".env:1:1: warning[exposed-by-git] Git does not ignore .env")
	s.want(exitFindings, "", "check", "--format", "concise", ".")
	s.wantIn(&s.out, "sub/.env:1:1: warning[exposed-by-git]")
	if n := strings.Count(s.out.String(), "exposed-by-git"); n != 2 {
		t.Errorf("found %d times:\n%s", n, &s.out)
	}
	s.want(exitClean, "", "check", "plain", "ignored", "sub/dev.env")
	for _, format := range []string{"full", "json", "rdjson", "sarif"} {
		s.want(exitFindings, "", "check", "--format", format, ".env")
		if strings.Contains(s.out.String(), key) {
			t.Errorf("format %s shows a key", format)
		}
	}
	s.want(exitFindings, "", "check", "--format", "full", ".env")
	s.wantIn(&s.out, "fix: Add .env to .gitignore")
}

func TestFix(t *testing.T) {
	const broken, fixed = "# mine\nPREFECT_API_ULR=http://127.0.0.1:4200/api\nPREFECT_LOGGING_LEVEL=WARN # why\nPREFECT_UI_API_URL=http://localhost:4200/api\n",
		"# mine\nPREFECT_API_ULR=http://127.0.0.1:4200/api\nPREFECT_LOGGING_LEVEL=WARNING # why\nPREFECT_SERVER_UI_API_URL=http://localhost:4200/api\n"
	s := newShell(t, map[string]string{".env": broken})
	s.want(exitFindings, "", "check", "--fix", ".env") // another server could be contacted, so one stays
	s.wantIn(&s.out, "unknown-setting")
	if got, err := os.ReadFile(".env"); err != nil || string(got) != fixed {
		t.Errorf("the fixed file holds\n%s\nwant\n%s%v", got, fixed, err)
	}
	s.want(exitFindings, broken, "check", "--fix", "--stdin-filename", ".env")
	if s.out.String() != fixed {
		t.Errorf("standard output is\n%s\nwant\n%s", &s.out, fixed)
	}
	s.wantIn(&s.err, "unknown-setting")
}

// TestFixHere shows that what is left is told after a fix without a PATH, too: what only all files together tell, and whatever the file is
// called.
func TestFixHere(t *testing.T) {
	s := newShell(t, map[string]string{
		".env":      "PREFECT_PROFILES_PATH=team.conf\nPREFECT_LOGGING_LEVEL=WARN\n",
		"team.conf": "active = \"p\"\n[profiles]\np = { PREFECT_API_URL = \"https://api.prefect.cloud/api/accounts/11111111-1111-4111-8111-111111111111/workspaces/22222222-2222-4222-8222-222222222222\", PREFECT_DEBUG_MODE = \"on \" }\n",
	})
	s.want(exitFindings, "", "check", "--fix", "--format", "concise")
	s.wantIn(&s.err, "fixed .env\n", "fixed team.conf\n")
	s.wantIn(&s.out, "cloud-without-key")
	if strings.Contains(s.out.String(), "invalid-value") {
		t.Errorf("what is fixed is still found in\n%s", &s.out)
	}
}

// TestFixTwice leads to a file by several paths and links. It is checked, and fixed, once.
func TestFixTwice(t *testing.T) {
	s := newShell(t, map[string]string{"a/.env": "PREFECT_LOGGING_LEVEL=WARN\n"})
	if err := os.Symlink(filepath.Join("a", ".env"), "link.env"); err != nil {
		t.Fatal(err)
	}
	paths := []string{"a", "a/.env", "./a/../a/.env", "link.env"}
	s.want(exitFindings, "", append([]string{"check"}, paths...)...)
	s.wantIn(&s.out, "1 error in 1 file.")
	s.want(exitClean, "", append([]string{"check", "--fix"}, paths...)...)
	if s.err.String() != "fixed "+filepath.Join("a", ".env")+"\n" {
		t.Error(&s.err)
	}
}

// TestFixReadOnly meets a file that must not be written, and fixes the rest.
func TestFixReadOnly(t *testing.T) {
	s := newShell(t, map[string]string{"a/.env": "PREFECT_LOGGING_LEVEL=WARN\n", "b/.env": "PREFECT_LOGGING_LEVEL=WARN\n"})
	if err := os.Chmod("a/.env", 0o400); err != nil {
		t.Fatal(err)
	}
	s.want(exitFailure, "", "check", "--fix", ".")
	s.wantIn(&s.err, "fixed "+filepath.Join("b", ".env"), filepath.Join("a", ".env")+" is read-only")
	s.wantIn(&s.out, "1 error in 2 files.", filepath.Join("a", ".env")+":1:23")
}

func TestExplain(t *testing.T) {
	s := newShell(t, nil)
	for _, name := range []string{"PREFECT_API_URL", "prefect_api_url", "api.url"} {
		s.want(exitClean, "", "explain", name)
		s.wantIn(&s.out, "# PREFECT_API_URL\n", "`api.url`")
	}
	s.want(exitClean, "", "explain", "api-url-from-browser")
	s.wantIn(&s.out, "# Address of a web page used as the API URL\n")
	s.want(exitFailure, "", "explain", "api-url-from-browsr")
	s.wantIn(&s.err, "did you mean api-url-from-browser?")
	s.want(exitClean, "", "version")
	s.wantIn(&s.out, "prefect-ls dev (settings of Prefect 3.")
}

// TestCheckFolderInPlace shows that check fails where Prefect stops at a folder, such as Docker makes when the file to mount is missing.
func TestCheckFolderInPlace(t *testing.T) {
	s := newShell(t, map[string]string{"prefect.toml/x": ""})
	s.want(exitFailure, "", "check")
	s.wantIn(&s.err, "prefect.toml is a folder")
	s.want(exitFailure, "", "check", "--fix")
	if said := strings.Count(s.err.String(), "prefect.toml is a folder"); said != 1 {
		t.Errorf("said %d times:\n%s", said, &s.err)
	}
	s.want(exitClean, "", "status")
	s.wantIn(&s.out, "Prefect does not start here", "prefect.toml is a folder", "prefect.toml)")
}

// TestCheckEnvironment shows that check tells of a variable with which Prefect does not start, unless it is asked about files alone.
func TestCheckEnvironment(t *testing.T) {
	s := newShell(t, map[string]string{".env": "PREFECT_API_REQUEST_TIMEOUT=30\n"})
	t.Setenv("PREFECT_API_REQUEST_TIMEOUT", "60s")
	s.want(exitFindings, "", "check")
	s.wantIn(&s.err, `no prefect command starts here, because of PREFECT_API_REQUEST_TIMEOUT in the environment: "60s" is not a number`)
	said := s.err.String()
	s.want(exitClean, "", "check", "--exit-zero")
	s.want(exitClean, "", "check", ".env")
	s.want(exitFindings, "", "check", "--fix")
	if s.err.String() != said {
		t.Errorf("with --fix, what is said is\n%s", &s.err)
	}
}
