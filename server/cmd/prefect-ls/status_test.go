package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prefect-ls/protocol"
)

const workspace = "https://api.prefect.cloud/api/accounts/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/workspaces/f9e8d7c6-b5a4-3928-1706-5f4e3d2c1b0a"

func cloudHome(more map[string]string) map[string]string {
	files := map[string]string{
		"home/.prefect/profiles.toml": "active = \"prod\"\n\n[profiles.prod]\nPREFECT_API_URL = \"" + workspace + "\"\nPREFECT_API_KEY = \"" + key + "\"\n",
	}
	maps.Copy(files, more)
	return files
}

// TestStatus compares what a person reads of a few folders with golden files; UPDATE=1 rewrites those.
func TestStatus(t *testing.T) {
	golden, err := filepath.Abs("testdata/status")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		files       map[string]string
		environment map[string]string
	}{
		"nothing":             {},
		"cloud":               {files: cloudHome(nil)},
		"overridden":          {files: cloudHome(map[string]string{".env": "X=1\nPREFECT_API_URL=http://localhost:4200/api\n"})},
		"environment":         {files: cloudHome(map[string]string{"prefect.toml": "[api]\nurl = \"http://a/api\"\n"}), environment: map[string]string{"PREFECT_API_URL": "http://b/api"}},
		"missing profile":     {files: cloudHome(nil), environment: map[string]string{"PREFECT_PROFILE": "dev"}},
		"built-in profile":    {files: map[string]string{"home/.prefect/profiles.toml": "active = \"local\"\n\n[profiles]\n"}},
		"refused":             {files: cloudHome(map[string]string{"pyproject.toml": "[tool.prefect.logging]\nlevel = \"WARN\"\n"})},
		"unset":               {files: cloudHome(map[string]string{".env": "PREFECT_API_URL=\n"})},
		"test mode":           {files: cloudHome(nil), environment: map[string]string{"PREFECT_TEST_MODE": "0"}},
		"saved elsewhere":     {files: cloudHome(map[string]string{".env": "PREFECT_HOME=team\n", "team/profiles.toml": "active = \"a\"\n[profiles.a]\n"})},
		"release in the lock": {files: cloudHome(map[string]string{"uv.lock": "[[package]]\nname = \"prefect\"\nversion = \"3.0.1\"\n", ".env": "PREFECT_API_URL=http://localhost:4200/api\n"})},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, test.files)
			for name, value := range test.environment {
				t.Setenv(name, value)
			}
			s.want(exitClean, "", "status")
			path := filepath.Join(golden, strings.ReplaceAll(name, " ", "-"))
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(path, s.out.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(path); err != nil || string(want) != filepath.ToSlash(s.out.String()) {
				t.Errorf("status is\n%s\nwant\n%s%v", &s.out, want, err)
			}
			s.want(exitClean, "", "status", "--format", "json")
			var status protocol.Status
			if err := json.Unmarshal(s.out.Bytes(), &status); err != nil || status.Folder == "" || status.ServerType == "" {
				t.Errorf("%s: %v", &s.out, err)
			}
			if strings.Contains(s.out.String(), key) {
				t.Errorf("the status shows a key:\n%s", &s.out)
			}
		})
	}
}

func TestSettings(t *testing.T) {
	s := newShell(t, cloudHome(map[string]string{
		".env":             "PREFECT_LOGGING_LEVEL=debug\nprefect_api_url=http://localhost:4200/api\n",
		"sub/prefect.toml": "[server.api]\nport = 4201\n",
	}))
	s.want(exitClean, "", "settings")
	want := strings.Join([]string{
		"PREFECT_API_KEY        ****                       home/.prefect/profiles.toml:5, profile prod",
		"PREFECT_API_URL        http://localhost:4200/api  prefect_api_url in .env:2, not home/.prefect/profiles.toml:4, profile prod",
		"PREFECT_LOGGING_LEVEL  DEBUG                      .env:1", "",
	}, "\n")
	if filepath.ToSlash(s.out.String()) != want {
		t.Errorf("settings are\n%s\nwant\n%s", &s.out, want)
	}
	s.want(exitClean, "", "settings", "--all")
	if lines := strings.Count(s.out.String(), "\n"); lines < 200 {
		t.Errorf("all settings are %d", lines)
	}
	s.want(exitClean, "", "settings", "--cwd", "sub", "server.api.port", "prefect_api_key", "--format", "json")
	var list []protocol.SettingStatus
	if err := json.Unmarshal(s.out.Bytes(), &list); err != nil || len(list) != 2 {
		t.Fatalf("%s: %v", &s.out, err)
	}
	if p := list[1]; p.Name != "PREFECT_SERVER_API_PORT" || p.Value != "4201" || !p.Set || p.Source.Kind != "prefect.toml" || p.Source.Line != 2 || p.Source.Variable != "server.api.port" {
		t.Errorf("the port is %+v", p)
	}
	if k := list[0]; k.Value != "****" || strings.Contains(s.out.String(), key) {
		t.Errorf("the key is not masked: %+v", k)
	}
	for _, wrong := range [][]string{{"settings", "unheard.of"}, {"settings", "--format", "xml"}, {"status", "--cwd", "none"}, {"status", "here"}} {
		s.want(exitFailure, "", wrong...)
	}
}
