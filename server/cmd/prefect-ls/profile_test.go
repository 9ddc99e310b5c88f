package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"prefect-ls/protocol"
)

func TestProfile(t *testing.T) {
	s := newShell(t, cloudHome(map[string]string{".env": "# nothing\n"}))
	path := filepath.Join("home", ".prefect", "profiles.toml")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		code int
		args []string
		out  string
		err  []string
	}{
		{exitClean, []string{"profile", "ls"}, "* prod  " + urlIn(t, s) + "\n", nil},
		{exitClean, []string{"profile", "create", "dev"}, "Created profile 'dev'.\n", nil},
		{exitClean, []string{"profile", "create", "dev 2", "--from", "prod"}, "Created profile 'dev 2' with the settings of 'prod'.\n", nil},
		{exitFailure, []string{"profile", "create", "dev"}, "", []string{"There is a profile 'dev' already."}},
		{exitClean, []string{"profile", "use", "dev"}, "Profile 'dev' is active now.\n", nil},
		{exitFailure, []string{"profile", "use", "none"}, "", []string{"There is no profile 'none'."}},
		{exitClean, []string{"profile", "rename", "dev", "test"}, "Renamed profile 'dev' to 'test'.\n", nil},
		{exitFailure, []string{"profile", "delete", "test"}, "", []string{"Profile 'test' is active. Which one to use instead?", "prod", "--help"}},
		{exitClean, []string{"profile", "delete", "test", "--use", "prod"}, "Deleted profile 'test'. Profile 'prod' is active now.\n", nil},
		{exitClean, []string{"profile", "delete", "dev 2"}, "Deleted profile 'dev 2'.\n", nil},
		{exitFailure, []string{"profile"}, "", []string{"use ls, use, create, rename or delete"}},
		{exitFailure, []string{"profile", "use"}, "", []string{"Switch to profile", "prod", "local", "--help"}},
		{exitFailure, []string{"profile", "create"}, "", []string{"Name of the profile is missing"}},
		{exitFailure, []string{"profile", "ls", "x"}, "", []string{`does not take "x"`}},
		{exitFailure, []string{"profile", "rename", "a", "b", "c"}, "", []string{`does not take "c"`}},
		{exitFailure, []string{"profile", "drop", "x"}, "", []string{`there is no "profile drop"`}},
		{exitFailure, []string{"profile", "use", "prod", "--from", "x"}, "", []string{"--from is for profile create"}},
		{exitFailure, []string{"profile", "create", "x", "--use", "x"}, "", []string{"--use is for profile delete"}},
		{exitFailure, []string{"profile", "ls", "--format", "xml"}, "", []string{"there is no format"}},
		{exitFailure, []string{"profile", "ls", "--cwd", "nowhere"}, "", []string{"there is no folder"}},
	} {
		s.want(step.code, "", step.args...)
		if s.out.String() != step.out {
			t.Errorf("%q says %q, want %q", step.args, &s.out, step.out)
		}
		s.wantIn(&s.err, step.err...)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("there and back again, the file is\n%s\nnot\n%s%v", after, before, err)
	}
}

// urlIn is the URL of the active profile as `status` has it.
func urlIn(t *testing.T, s *shell) string {
	t.Helper()
	s.want(exitClean, "", "status", "--format", "json")
	var status protocol.Status
	if err := json.Unmarshal(s.out.Bytes(), &status); err != nil {
		t.Fatal(err)
	}
	return status.APIURL
}

func TestProfileForPrograms(t *testing.T) {
	s := newShell(t, nil)
	s.want(exitClean, "", "profile", "ls", "--format", "json")
	if s.out.String() != "[]\n" {
		t.Errorf("no profiles are %q", &s.out)
	}
	s.want(exitClean, "", "profile", "use", "local", "--format", "json")
	var result protocol.CommandResult
	if err := json.Unmarshal(s.out.Bytes(), &result); err != nil {
		t.Fatal(err)
	}
	path := result.Path
	if want := (protocol.CommandResult{Done: true, Message: "Profile 'local' is active now.", Profile: "local", Path: path}); result != want || filepath.Base(path) != "profiles.toml" {
		t.Errorf("the result is %+v, want %+v", result, want)
	}
	s.want(exitClean, "", "profile", "ls", "--format", "json")
	var list []listedProfile
	if err := json.Unmarshal(s.out.Bytes(), &list); err != nil || len(list) != 1 || list[0] != (listedProfile{"local", true, "http://127.0.0.1:4200/api", path}) {
		t.Errorf("the profiles are %+v, %v", list, err)
	}
}
