package session

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prefect-ls/protocol"
)

// TestSettingsSecrets shows that nothing that may sign in is among the settings in effect, whatever setting it stands in.
func TestSettingsSecrets(t *testing.T) {
	home := t.TempDir()
	folder := ReadFolder(home, "", []string{
		"HOME=" + home,
		"PREFECT_API_KEY=canary",
		"PREFECT_API_URL=https://canary:canary@example.com/api",
		`PREFECT_CLIENT_CUSTOM_HEADERS={"Authorization": "Bearer canary"}`,
		"PREFECT_LOGGING_EXTRA_LOGGERS=a,b",
	}, ReadDisk)
	raw, err := json.Marshal(folder.Settings(true))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "canary") || !strings.Contains(string(raw), `"a,b"`) {
		t.Errorf("the settings are %s", raw)
	}
}

// TestStatusSources says of each source where it is, and in which profile.
func TestStatusSources(t *testing.T) {
	home, path := t.TempDir(), ""
	status := func(source string, environment ...string) protocol.Status {
		path = write(t, home, ".prefect/profiles.toml", source)
		return ReadFolder(home, "", append(environment, homeVariable()+"="+home), ReadDisk).Status(nil)
	}
	const profile = "active = \"a\"\n[profiles.a]\nPREFECT_API_URL = \"http://a/api\"\n"
	s := status(profile, "PREFECT_API_URL=http://b/api")
	if len(s.Shadows) != 1 || s.Shadows[0].Path != path || s.Shadows[0].Line != 3 || s.Shadows[0].Profile != "a" || s.Source.Kind != "env" {
		t.Errorf("%+v shadows %+v", s.Source, s.Shadows)
	}
	if s := status(profile, "PREFECT_TEST_MODE=1"); s.TestMode != "PREFECT_TEST_MODE" {
		t.Errorf("test mode is %q", s.TestMode)
	}
	if s := status(profile, "PREFECT_PROFILE=gone"); s.Problem == nil || !strings.Contains(s.Problem.Message, "so Prefect takes its own profile 'ephemeral'") {
		t.Errorf("the problem is %+v", s.Problem)
	}
	older := ReadFolder(home, "3.0.0", []string{homeVariable() + "=" + home, "PREFECT_PROFILE=gone"}, ReadDisk).Status(nil)
	if older.Problem == nil || !strings.Contains(older.Problem.Message, "no profile's settings count") {
		t.Errorf("in an older release, the problem is %+v", older.Problem)
	}
	for source, want := range map[string]protocol.StatusSource{
		"active = \"a\"\n[profiles.a.PREFECT_API_URL]\n": {Line: 2, Variable: "PREFECT_API_URL", Profile: "a"},
		"active = \"a\"\n\nprofiles = { a = 1 }\n":       {Line: 3, Variable: "profiles.a"},
		"[profiles.a]\n[active]\nx = 1\n":                {Line: 3, Variable: "active"},
		"active = \"a\"\nprofiles =":                     {Line: 2},
	} {
		s := status(source)
		want.Kind, want.Path = "profile", path
		if len(s.Errors) == 0 || s.Errors[0].Source != want {
			t.Errorf("errors are %+v, want one at %+v", s.Errors, want)
		}
	}
}

// TestUnread tells of a file that is too large to be read, and of no other.
func TestUnread(t *testing.T) {
	folder := t.TempDir()
	unread := func() error {
		return ReadFolder(folder, "", []string{homeVariable() + "=" + folder}, ReadDisk).Unread()
	}
	path := write(t, folder, ".env", strings.Repeat("#", maxSize))
	if err := unread(); err != nil {
		t.Error(err)
	}
	if err := os.Truncate(path, maxSize+1); err != nil {
		t.Fatal(err)
	}
	if err := unread(); err == nil || !strings.Contains(err.Error(), path+" is larger than 8 MiB") {
		t.Error(err)
	}
}

// write writes a file below a folder, and tells its path.
func write(t *testing.T, folder, name, source string) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestShownURL hides what signs in, with a scheme and without, and leaves alone what only looks like an address.
func TestShownURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://ada:s3cret@h/api":  "https://****@h/api",
		"https://ada:s3/cr@t@h/api": "https://****@h/api",
		"ada:s3cret@h/api":          "****@h/api",
		"ada@h":                     "ada@h",
		"localhost:4200/api":        "localhost:4200/api",
		"http://h/api":              "http://h/api",
	} {
		if got := ShownURL(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}
