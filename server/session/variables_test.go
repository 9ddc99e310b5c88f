package session

import (
	"maps"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
)

// TestVariables shows who wins, and what counts as the person's own word.
func TestVariables(t *testing.T) {
	said := func(value string) *string { return &value }
	given := variables{
		server: []string{"A=server", "B=server", "C=server", "D=server", "E=server", "F=server", "=C:=x"},
		person: map[string]*string{"C": said("person"), "D": said("person"), "E": nil, "G": said("")},
		workspace: map[string]*string{
			"D": said("workspace"), "F": nil, "H": said("workspace"),
		},
	}
	file := profiles.Read(profiles.DotEnv, "B=first\nB='file of ${A}'\nC=file\nbroken line\nF\nPREFECT_PROFILE=${B}\n")
	expectVariables(t, "in effect", given.inEffect(file), map[string]string{
		"A": "server", "B": "file of server", "C": "person", "D": "workspace", "G": "", "H": "workspace", "PREFECT_PROFILE": "file of server",
	})
	expectVariables(t, "in effect without the file", given.inEffect(nil), map[string]string{
		"A": "server", "B": "server", "C": "person", "D": "workspace", "G": "", "H": "workspace",
	})
	expectVariables(t, "the person's own", given.own(), map[string]string{
		"A": "server", "B": "server", "C": "person", "D": "person", "F": "server", "G": "",
	})
}

func expectVariables(t *testing.T, when string, environment []layers.Variable, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, v := range environment {
		got[v.Name] = v.Value
	}
	if !maps.Equal(got, want) {
		t.Errorf("%s: %q, want %q", when, got, want)
	}
}

// TestEnvironmentFile follows the file that the client names, in the editor and on disk.
func TestEnvironmentFile(t *testing.T) {
	s, d := connect(t, root, "/other")
	const file = root + "/config/dev.env"
	configure(t, s, `{"environmentFile":"config/dev.env"}`)
	expect(t, "without a file", host(s, root), "a")
	d.files[file] = "PREFECT_API_URL=http://${WHERE:-dev}:4200/api\n"
	s.Refresh(true, on(file))
	expect(t, "with a file", host(s, root), "dev")
	expect(t, "in another folder", host(s, "/other"), "a")
	status := s.Snapshot().Folder(uriOn(root)).Status(nil)
	if at := status.Source; at.Kind != "env" || at.Path != on(file) || at.Line != 1 || at.Variable != "PREFECT_API_URL" {
		t.Errorf("the source is %+v", at)
	}
	s.Open(uriOn(file), "", 1, "\nPREFECT_PROFILE=b\n")
	expect(t, "typed", host(s, root), "b")
	if at := s.Snapshot().Folder(uriOn(root)).Status(nil).Profile.Source; at.Path != on(file) || at.Line != 2 {
		t.Errorf("the source of the profile is %+v", at)
	}
	s.Open(uriOn(root+"/.env"), "", 1, "PREFECT_API_URL=http://dotenv:4200/api\n")
	expect(t, "beside .env", host(s, root), "dotenv")
	s.Close(uriOn(file))
	expect(t, "over .env", host(s, root), "dev")
	configure(t, s, `{"environmentFile":"`+drive()+file+`"}`)
	expect(t, "anywhere, by its whole path", host(s, "/other"), "dev")
	configure(t, s, `{"environmentFile":"config/dev.env","environment":{"PREFECT_API_URL":"http://person:4200/api"}}`)
	expect(t, "under the person's own word", host(s, root), "person")
	configure(t, s, `{"environmentFile":"./.env"}`)
	folder := s.Snapshot().Folder(uriOn(root))
	if at := folder.Result.Target().Decides.Source; at.Kind != layers.DotEnv {
		t.Errorf("what Prefect reads itself is of the kind %v", at.Kind)
	}
}

// TestOwn shows that nothing the workspace says moves what counts as the person's own.
func TestOwn(t *testing.T) {
	for name, settings := range map[string]string{
		"settings of the workspace": `{"workspaceEnvironment":{"PREFECT_CLOUD_API_URL":"http://evil/api","PREFECT_API_URL":"http://evil/api","PREFECT_HOME":"` + drive() + `/evil"}}`,
		"a file":                    `{"environmentFile":"dev.env"}`,
		"another home":              `{"workspaceEnvironment":{"` + homeVariable() + `":"` + drive() + `/evil"}}`,
		"other profiles":            `{"workspaceEnvironment":{"PREFECT_PROFILES_PATH":"` + drive() + `/evil/.prefect/profiles.toml"}}`,
	} {
		s, d := connect(t, root)
		d.files[root+"/dev.env"] = "PREFECT_CLOUD_API_URL=http://evil/api\nPREFECT_API_URL=http://evil/api\n" + homeVariable() + "=" + drive() + "/evil\n"
		d.files["/evil/.prefect/profiles.toml"] = "active = \"a\"\n[profiles.a]\nPREFECT_API_URL = \"http://evil/api\"\nPREFECT_CLOUD_API_URL = \"http://evil/api\"\n"
		before := s.Snapshot().Folder(uriOn(root))
		if !before.IsOwn() || !before.OwnsProfiles() {
			t.Fatal("what is the person's own is not")
		}
		configure(t, s, settings)
		after := s.Snapshot().Folder(uriOn(root))
		if got := after.Result.Target().APIURL; got != "http://evil/api" {
			t.Errorf("%s: has no effect: %s", name, got)
		}
		if after.IsOwn() || after.OwnsProfiles() || after.Cloud() != before.Cloud() {
			t.Errorf("%s: counts as the person's own: %v, %v, %v", name, after.IsOwn(), after.OwnsProfiles(), after.Cloud())
		}
	}
	s, _ := connect(t, root)
	configure(t, s, `{"environment":{"PREFECT_CLOUD_API_URL":"http://mine/api","PREFECT_API_URL":"http://mine/api","PREFECT_HOME":"`+drive()+`/mine"}}`)
	mine := s.Snapshot().Folder(uriOn(root))
	if !mine.IsOwn() || !mine.OwnsProfiles() || mine.Cloud().API != "http://mine/api" {
		t.Error("the person's own word does not count")
	}
}
