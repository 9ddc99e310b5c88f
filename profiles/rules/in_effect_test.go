package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/oracletest"
	"prefect-ls/profiles/text"
)

// TestInEffect holds the rules to folders for which the real Prefect has confirmed what is in effect (the oracle of
// package layers): what is said to have no effect can be made equal to what has, and nothing happens; whatever keeps
// Prefect from starting is reported where it stands; and a fix that is said to be safe leads nowhere else.
func TestInEffect(t *testing.T) {
	shadowed, refused := 0, 0
	oracletest.Replay(t, "../layers/testdata/prefect-3.[89].*.jsonl.gz", "PREFECT_LAYERS", func(t *testing.T, lines oracletest.Table) {
		lines.Next(new(any)) // the header
		for n := 0; ; n++ {
			var env [][2]string
			var files map[string]string
			if !lines.Next(&[]any{&env, &files}) {
				break
			}
			if n%3 > 0 {
				continue // to be quick
			}
			read, in := resolve(env, files)
			for name, f := range read {
				problems := CheckInEffect(f, Check(f), in, Facts{})
				shadowed += checkShadowed(t, env, files, name, f, in, problems)
				refused += checkRefused(t, env, files, f, in, problems)
			}
		}
	})
	if shadowed < 1000 || refused < 50 {
		t.Errorf("%d shadowed settings, %d refused values", shadowed, refused)
	}
}

// checkShadowed holds the values that are said to have no effect to that, and counts them.
func checkShadowed(t *testing.T, env [][2]string, files map[string]string, name string, f *profiles.File, in *layers.Result, problems []Problem) (n int) {
	t.Helper()
	for _, p := range problems {
		if p.Rule != shadowedSetting {
			continue
		}
		n++
		e := f.EntryAt(p.Span.Start)
		if e.Value.Span.Start < e.Key.Start {
			continue // a list of tables, in whose place nothing can be written
		}
		changed := maps.Clone(files)
		s := in.Lookup(e.Setting.Name)
		changed[name] = text.Apply(f.Source, e.Set(f.Source, s.Text()))
		_, now := resolve(env, changed)
		if s.Source.Kind == layers.Default && s.Source.Because == nil { // what Prefect Cloud limits a value to counts by its own right once it is written
			now.Lookup(e.Setting.Name).Source.Kind = layers.Default
		}
		if !isSameInEffect(in, now) {
			t.Errorf("%s in %s does something:\n%q\n%q", p.Message, name, env, files)
		}
	}
	return n
}

// checkRefused looks for an error for all in f that keeps Prefect from starting, and counts that.
func checkRefused(t *testing.T, env [][2]string, files map[string]string, f *profiles.File, in *layers.Result, problems []Problem) (n int) {
	t.Helper()
	for _, r := range in.Refusals {
		if r.Source.File != f {
			continue
		}
		n++
		if !slices.ContainsFunc(problems, func(p Problem) bool {
			e := r.Source.Entry
			return p.Severity == Error && (e == nil || p.Span.Overlaps(e.Key.Cover(e.Value.Span)))
		}) {
			t.Errorf("nothing says that Prefect does not start: %s\n%q\n%q", r.Reason, env, files)
		}
	}
	return n
}

// resolve tells what is in effect in the folder /r/work with the given files below /r.
func resolve(env [][2]string, files map[string]string) (map[string]*profiles.File, *layers.Result) {
	read := map[string]*profiles.File{}
	get := func(kind profiles.Kind, name string) *profiles.File {
		if source, ok := files[name]; ok && read[name] == nil {
			read[name] = profiles.Read(kind, source)
		}
		return read[name]
	}
	s := layers.Sources{
		Home:        "/r/home",
		Environment: []layers.Variable{{Name: "HOME", Value: "/r/home"}},
		DotEnv:      get(profiles.DotEnv, "work/.env"),
		PrefectTOML: get(profiles.PrefectTOML, "work/prefect.toml"),
		PyProject:   get(profiles.PyProject, "work/pyproject.toml"),
		Profiles:    map[string]*profiles.File{},
	}
	for _, v := range env {
		s.Environment = append(s.Environment, layers.Variable{Name: v[0], Value: v[1]})
	}
	in := layers.Resolve(s)
	for len(in.Wanted) > 0 {
		for _, path := range in.Wanted {
			name, absolute := strings.CutPrefix(path, "/r/")
			if !absolute {
				name = "work/" + path
			}
			s.Profiles[path] = get(profiles.ProfilesTOML, name)
		}
		in = layers.Resolve(s)
	}
	return read, in
}

func isSameInEffect(a, b *layers.Result) bool {
	for i := range a.Settings {
		if a.Settings[i].Text() != b.Settings[i].Text() || a.Settings[i].Source.Kind != b.Settings[i].Source.Kind {
			return false
		}
	}
	return a.Loaded.Path == b.Loaded.Path && a.Saved.Path == b.Saved.Path && a.Active.Name == b.Active.Name && len(a.Refusals) == len(b.Refusals)
}

// TestFolders holds what the pages have no room for: what is found in a folder, by file and line.
func TestFolders(t *testing.T) {
	const private = "https://api.private.prefect.cloud/api"
	const workspace = "/accounts/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/workspaces/f9e8d7c6-b5a4-3928-1706-5f4e3d2c1b0a"
	const key = "PREFECT_API_KEY=pnu_000000000000000000000000000000000000\n"
	dev := block{name: "profiles.toml", source: "active = \"dev\"\n[profiles.dev]\n"}
	cases := []struct {
		folder
		want string
	}{
		// What one file leaves open, another answers.
		{folder{{".env", "", "PREFECT_SERVER_DATABASE_DRIVER=postgresql+asyncpg\n"}}, ".env:1 database-parts-missing"},
		{folder{
			{".env", "", "PREFECT_SERVER_DATABASE_DRIVER=postgresql+asyncpg\nPREFECT_SERVER_DATABASE_HOST=db\n"},
			{"prefect.toml", "", "[server.database]\nuser = \"u\"\nname = \"n\"\n"},
		}, ""},
		{folder{{".env", "", "PREFECT_API_URL=" + private + workspace + "\n" + key}}, ".env:1 api-url-undeclared-cloud"},
		{folder{
			{".env", "", "PREFECT_API_URL=" + private + workspace + "\n" + key},
			{"prefect.toml", "", "[cloud]\napi_url = \"" + private + "\"\n"},
		}, ""},
		{folder{{".env", "", "PREFECT_HOME=/srv\n"}, dev}, ".env:1 ineffective-here"},
		{folder{{".env", "", "PREFECT_HOME=/srv\n"}, {environment, "", "PREFECT_HOME=/srv\n"}}, ""},
		{folder{{".env", "", "PREFECT_API_URL=https://prefect.example.com/api/\n"}}, ".env:1 api-url-trailing-slash"},
		{folder{{".env", "", "PREFECT_API_URL=https://api.prefect.cloud" + workspace + "\n" + key}}, ".env:1 api-url-without-api"},
		{folder{
			{".env", "", "PREFECT_API_URL=https://api.prefect.cloud" + workspace + "\n" + key},
			{environment, "", "PREFECT_SILENCE_API_URL_MISCONFIGURATION=1\n"},
		}, ""},
		// A profile that is not active is judged alone.
		{folder{
			{"profiles.toml", "", "active = \"dev\"\n[profiles.dev]\n[profiles.db]\nPREFECT_SERVER_DATABASE_DRIVER = \"postgresql+asyncpg\"\n"},
			{".env", "", "PREFECT_SERVER_DATABASE_CONNECTION_URL=sqlite+aiosqlite:///x.db\n"},
		}, "profiles.toml:4 database-parts-missing"},

		// A value that other lines of the file take has an effect, and one equal to the winner needs no word.
		{folder{{".env", "", "PREFECT_UI_URL=http://a\nPREFECT_API_URL=${PREFECT_UI_URL}/api\n"}, {environment, "", "PREFECT_UI_URL=http://b\n"}}, ""},
		{folder{{".env", "", "PREFECT_LOGGING_LEVEL=info\n"}, {"prefect.toml", "", "logging.level = \"INFO\"\n"}}, ""},
		{folder{{"prefect.toml", "", "client.custom_headers = { A = \"1\" }\n"}, {environment, "", "PREFECT_CLIENT_CUSTOM_HEADERS={\"A\":\"2\"}\n"}}, ""},
		// The older releases read fewer files, and send the key first.
		{folder{{".env", "3.0.4", "PREFECT_LOGGING_LEVEL=INFO\n"}, {environment, "3.0.4", "PREFECT_LOGGING_LEVEL=DEBUG\n"}}, ""},
		{folder{{".env", "3.4.0", "PREFECT_API_AUTH_STRING=a:b\n"}, {"profiles.toml", "3.4.0", "active = \"dev\"\n[profiles.dev]\nPREFECT_API_URL = \"https://api.prefect.cloud/api" + workspace + "\"\nPREFECT_API_KEY = \"pnu_000000000000000000000000000000000000\"\n"}}, ""},

		// What a rule of the file alone tells is not told again, wherever it marks the line.
		{folder{{"profiles.toml", "", "active = \"dev\"\n[profiles.dev]\nPREFECT_API = \"http://127.0.0.1:4200/api\"\n"}}, "profiles.toml:3 group-variable"},
		// Where Prefect does not start, nothing is sent.
		{folder{{".env", "", "PREFECT_API_URL=https://api.prefect.cloud/api" + workspace + "\nPREFECT_API_REQUEST_TIMEOUT=60s\n"}}, ".env:2 invalid-value"},
		{folder{{".env", "", "PREFECT_API_URL=http://prefect.example.com/api\nPREFECT_API_KEY=\n"}, {"prefect.toml", "", "[api]\nkey = \"pnu_000000000000000000000000000000000000\"\n"}},
			".env:2 empty-value, prefect.toml:2 shadowed-setting, prefect.toml:2 secret-in-shared-file"},
		// In a file of another kind, "active" is any other name.
		{folder{{"pyproject.toml", "", "[tool.prefect]\n[[active]]\na = 1\n"}}, ""},
		// Prefect stops at another encoding even where nothing speaks of it.
		{folder{{".env", "", "TOWN=Z\xfcrich\n"}}, ".env:1 invalid-in-effect"},
		// PREFECT_PROFILE names the profile that is active anyway, or one that the file does not have.
		{folder{dev, {environment, "", "PREFECT_PROFILE=dev\n"}}, ""},
		{folder{dev, {environment, "", "PREFECT_PROFILE=\n"}}, ""},
		{folder{{"profiles.toml", "", "[profiles.dev]\n"}, {environment, "", "PREFECT_PROFILE=local\n"}}, "profiles.toml:1 active-overridden"},
		// The prefect command creates a file where it is loaded from, or works with one that is not.
		{folder{{".env", "", "PREFECT_HOME=/home/ada/.prefect\n"}}, ""},
		{folder{{".env", "", "PREFECT_HOME=/srv\n"}, {"/srv/profiles.toml", "", "[profiles.dev]\n"}}, ".env:1 ineffective-here, /srv/profiles.toml:1 profiles-saved-elsewhere"},
		{folder{{".env", "", "PREFECT_HOME=/srv\n"}, {"/srv/profiles.toml", "", "[profiles.dev]\n"}, {environment, "", "PREFECT_TEST_MODE=1\n"}}, ".env:1 ineffective-here"},
		{folder{{".env", "", "PREFECT_LOGGING_TO_API_MAX_LOG_SIZE=5000000\nPREFECT_API_REQUEST_TIMEOUT=60s\n"}, {"prefect.toml", "", "[logging.to_api]\nbatch_size = 9000000\n"}}, ".env:2 invalid-value"},
		{folder{{".env", "", "PREFECT_LOGGING_LEVEL=INFO\nprefect_logging_level=ERROR\n"}, {environment, "", "PREFECT_LOGGING_LEVEL=DEBUG\n"}}, ".env:1 duplicate-setting, .env:2 shadowed-setting"},
		{folder{{"profiles.toml", "", "\nactive = \"dev\"\n[profiles.dev]\n"}, {environment, "", "PREFECT_PROFILE=x\n"}}, "profiles.toml:2 active-overridden"},
		{folder{{".env", "", "PREFECT_API_URL=" + private + workspace + "\n" + key}, {environment, "", "PREFECT_API_URL=https://api.prefect.cloud/api" + workspace + "\n"}}, ".env:1 shadowed-setting, .env:1 api-url-undeclared-cloud"},
		// Comments silence these rules, too.
		{folder{{"prefect.toml", "", "[logging]\nlevel = \"INFO\"  # prefect-ls: ignore[shadowed-setting]\n"}, {environment, "", "PREFECT_LOGGING_LEVEL=DEBUG\n"}}, ""},
	}
	for _, c := range cases {
		var got []string
		for _, b := range c.folder {
			lines := text.NewLines(b.clean())
			for _, p := range c.checkInEffect(b) {
				got = append(got, fmt.Sprintf("%s:%d %s", b.name, lines.At(p.Span.Start)+1, p.Rule.Code))
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%q: found are %q, want %q", c.folder, got, c.want)
		}
	}
}
