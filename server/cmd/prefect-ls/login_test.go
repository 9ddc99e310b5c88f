package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"prefect-ls/server/cloud/cloudtest"
	"prefect-ls/server/session"
)

// A traveller has a home of their own and a Prefect Cloud to log in to.
type traveller struct {
	t     *testing.T
	cloud *cloudtest.Cloud
	home  string
}

func travel(t *testing.T, source string) traveller {
	t.Helper()
	c, err := cloudtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	v := traveller{t, c, t.TempDir()}
	for name, value := range map[string]string{
		"HOME": v.home, "USERPROFILE": v.home, "LocalAppData": v.home, "XDG_CACHE_HOME": filepath.Join(v.home, ".cache"),
		"PREFECT_CLOUD_API_URL": c.API(), "PREFECT_CLOUD_UI_URL": c.UI(),
	} {
		t.Setenv(name, value)
	}
	v.write(source)
	return v
}

func (v traveller) file() string { return filepath.Join(v.home, ".prefect", "profiles.toml") }

func (v traveller) write(source string) {
	v.t.Helper()
	if err := os.MkdirAll(filepath.Dir(v.file()), 0o700); err != nil {
		v.t.Fatal(err)
	}
	if err := os.WriteFile(v.file(), []byte(source), 0o600); err != nil {
		v.t.Fatal(err)
	}
}

func (v traveller) read() string {
	v.t.Helper()
	source, err := os.ReadFile(v.file())
	if err != nil {
		v.t.Fatal(err)
	}
	return string(source)
}

// run runs a command line with text on standard input.
func (v traveller) run(in string, args ...string) (out, err string, code int) {
	var stdout, stderr bytes.Buffer
	code = run(v.t.Context(), stdio{strings.NewReader(in), &stdout, &stderr}, append(args, "--cwd", v.home))
	return stdout.String(), stderr.String(), code
}

const commented = "# my profiles\nactive = 'work'\n\n[profiles.work] # at work\nPREFECT_SERVER_EPHEMERAL_ENABLED = \"true\"\nPREFECT_LOGGING_LEVEL = \"DEBUG\"\n"

// TestLogin logs in, looks around, goes elsewhere and logs out, on the command line.
func TestLogin(t *testing.T) {
	v := travel(t, commented)
	steps := []struct {
		in, args  string
		code      int
		out, err  string
		unchanged bool
	}{
		{args: "login --key " + cloudtest.Ada, code: 2, err: "a key is not taken as an argument", unchanged: true},
		{args: "login --key=" + cloudtest.Ada, code: 2, err: "a key is not taken as an argument", unchanged: true},
		{args: "login " + cloudtest.Ada, code: 2, err: "a key is not taken as an argument", unchanged: true},
		{args: "login", code: 2, err: "there is no terminal to ask on; use --key-stdin", unchanged: true},
		{in: "hello", args: "login --key-stdin", code: 2, err: "does not look like a Prefect API key", unchanged: true},
		{in: cloudtest.Expired, args: "login --key-stdin", code: 2, err: "rejected this key (401)", unchanged: true},
		{in: cloudtest.Newcomer, args: "login --key-stdin", code: 2, err: "This key has no workspaces yet.", unchanged: true},
		{in: cloudtest.Ada, args: "login --key-stdin", code: 2, err: "acme/prod", unchanged: true},
		{in: cloudtest.Ada, args: "login --key-stdin --workspace prod", code: 2, err: "can see no workspace 'prod'", unchanged: true},
		{in: cloudtest.Ada + "\n", args: "login --key-stdin --workspace acme/prod", out: "Logged in as ada. Profile 'work' now uses acme/prod. PREFECT_SERVER_EPHEMERAL_ENABLED was in the way and is gone from it.\n"},
		{args: "workspace ls", out: "  acme/dev      \n* acme/prod     work\n  umbrella/lab  \n", unchanged: true},
		{args: "workspace set acme/dev", out: "Profile 'work' now uses acme/dev.\n"},
		{args: "workspace set", code: 2, err: "umbrella/lab", unchanged: true},
		{args: "workspace set nowhere", code: 2, err: "can see no workspace 'nowhere'", unchanged: true},
		{args: "workspace go", code: 2, err: "there is no \"workspace go\"", unchanged: true},
		{in: cloudtest.Robot, args: "login --key-stdin --profile robot", out: "Logged in as robot. Profile 'robot' now uses acme/dev."},
		{args: "logout --profile robot", out: "Logged out of profile 'robot'"},
		{args: "logout", out: "Logged out of profile 'work'"},
		{args: "logout", code: 2, err: "has no API key", unchanged: true},
		{args: "workspace ls", out: "", unchanged: true},
	}
	for _, step := range steps {
		before := v.read()
		out, err, code := v.run(step.in, strings.Fields(step.args)...)
		if code != step.code || !strings.HasPrefix(out, step.out) || !strings.Contains(err, step.err) || (v.read() == before) != step.unchanged {
			t.Errorf("%s: code %d, said %q and %q, and left\n%s", step.args, code, out, err, v.read())
		}
	}
	left, err := filepath.Glob(filepath.Join(v.home, ".cache", "prefect-ls", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range left {
		if kept, err := os.ReadFile(path); err != nil || strings.Contains(string(kept), "workspace_id") {
			t.Errorf("after logging out, there is %s: %v", kept, err)
		}
	}
	if got := v.read(); got != strings.Replace(commented, "PREFECT_SERVER_EPHEMERAL_ENABLED = \"true\"\n", "", 1)+"\n[profiles.robot]\n" {
		t.Errorf("left is\n%s", got)
	}
}

// TestLoginJSON shows what programs get, and where the login goes if no profile is in use.
func TestLoginJSON(t *testing.T) {
	v := travel(t, "")
	out, err, code := v.run(cloudtest.Ada, "login", "--key-stdin", "--workspace", "acme/prod", "--format", "json")
	var result struct {
		Done    bool
		Profile string
		Path    string
	}
	if json.Unmarshal([]byte(out), &result) != nil || code != 0 || err != "" || !result.Done || result.Profile != "prod" || result.Path != v.file() {
		t.Errorf("code %d, said %q and %q", code, out, err)
	}
	out, err, code = v.run("", "workspace", "ls", "--format", "json")
	var list []listedWorkspace
	if json.Unmarshal([]byte(out), &list) != nil || code != 0 || err != "" || len(list) != 3 || list[1].Handle != "acme/prod" || !list[1].Current || list[1].APIURL != v.cloud.APIURL("acme/prod") {
		t.Errorf("code %d, said %q and %q", code, out, err)
	}
	v.cloud.Close()
	out, err, code = v.run("", "workspace", "ls")
	if code != 2 || !strings.Contains(out, "* acme/prod") || !strings.Contains(err, "profile 'prod': Nothing listens") {
		t.Errorf("offline: code %d, said %q and %q", code, out, err)
	}
	out, _, _ = v.run("", "status")
	if !strings.HasPrefix(out, "Prefect Cloud, workspace acme/prod\n") {
		t.Errorf("the status is %q", out)
	}
	t.Setenv("PREFECT_API_KEY", cloudtest.Robot)
	if _, err, code := v.run(cloudtest.Ada, "login", "--key-stdin", "--workspace", "acme/dev"); code != 2 || !strings.Contains(err, "PREFECT_API_KEY is set in the environment") {
		t.Errorf("overridden: code %d, said %q", code, err)
	}
}

// TestPrefectLogin does the same as the real prefect command, named by PREFECT, and holds what is in effect then to be the same.
// Without one, it holds ours to what that is.
func TestPrefectLogin(t *testing.T) {
	prefect := os.Getenv("PREFECT")
	for name, source := range map[string]string{
		"commented": commented,
		"crlf":      strings.ReplaceAll(commented, "\n", "\r\n"),
		"inline":    "active = \"a b\"\nprofiles.\"a b\" = { PREFECT_LOGGING_LEVEL = \"INFO\" }\n",
		"dotted":    "active = 'ü'\n[profiles]\n'ü'.PREFECT_API_URL = 'http://x/api'",
		"fresh":     "active = \"ephemeral\"\n[profiles.ephemeral]\nPREFECT_SERVER_EPHEMERAL_ENABLED = \"true\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			v := travel(t, source)
			active := v.folder().Result.Displayed.Name
			for _, step := range []struct{ theirs, in, ours, handle string }{
				{"cloud login --workspace acme/prod --key " + cloudtest.Ada, cloudtest.Ada, "login --key-stdin --workspace acme/prod --profile", "acme/prod"},
				{"cloud workspace set --workspace umbrella/lab", "", "workspace set umbrella/lab --profile", "umbrella/lab"},
				{"cloud logout", "", "logout --profile", ""},
			} {
				before := v.read()
				want := session.Access{}
				if step.handle != "" {
					v.write("active = 'x'\n[profiles.x]\nPREFECT_API_URL = '" + v.cloud.APIURL(step.handle) + "'\nPREFECT_API_KEY = '" + cloudtest.Ada + "'\n")
					want = v.folder().Access()
					v.write(before)
				}
				if prefect != "" {
					command := exec.Command(prefect, strings.Fields(step.theirs)...)
					command.Dir = v.home
					if out, err := command.CombinedOutput(); err != nil {
						t.Fatalf("%s: %v\n%s", step.theirs, err, out)
					}
					want = v.folder().Access()
					if got := v.folder().Result.Displayed.Name; got != active {
						t.Errorf("%s: the real one makes %q active", step.theirs, got)
					}
					v.write(before)
				}
				if _, err, code := v.run(step.in, append(strings.Fields(step.ours), active)...); code != 0 {
					t.Fatalf("%s: %s", step.ours, err)
				}
				if got := v.folder(); got.Access() != want && step.handle != "" || got.Access().APIURL != want.APIURL || got.Access().Key != want.Key || got.Result.Displayed.Name != active {
					t.Errorf("%s: %+v is in effect, want %+v", step.ours, got.Access(), want)
				}
			}
		})
	}
}

func (v traveller) folder() *session.Folder {
	return session.ReadFolder(v.home, "", os.Environ(), session.ReadDisk)
}
