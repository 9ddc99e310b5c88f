package layers

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
)

// resolveText resolves a folder written as txtar: the environment in front, then files below /r.
func resolveText(version, folder string) *Result {
	archive := txtar.Parse([]byte(folder))
	var env [][2]string
	for line := range strings.FieldsSeq(string(archive.Comment)) {
		name, value, _ := strings.Cut(line, "=")
		env = append(env, [2]string{name, value})
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return resolveFolder(version, env, files)
}

// everywhere gives PREFECT_API_URL a value in every place.
const everywhere = `
PREFECT_API_URL=env
-- work/.env --
# first
PREFECT_API_URL=${PREFECT_API_URL}/dotenv
-- work/prefect.toml --
api.url = "prefect"
-- work/pyproject.toml --
[tool.prefect.api]
url = "pyproject"
-- home/.prefect/profiles.toml --
active = "dev"
[profiles.dev]
PREFECT_API_URL = "profile"
[profiles.other]
PREFECT_API_URL = "other"
`

func TestShadows(t *testing.T) {
	s := resolveText("", everywhere).Lookup("PREFECT_API_URL")
	if s.Source.Kind != Environment || s.Source.Name != "PREFECT_API_URL" || s.Text() != "env" {
		t.Errorf("in effect is %q from %v", s.Text(), s.Source.Kind)
	}
	var shadowed []string
	for i := range s.Shadows {
		v := &s.Shadows[i]
		shadowed = append(shadowed, v.Source.Kind.String()+" "+v.Text()+" "+v.Source.Entry.Value.Span.Of(v.Source.File.Source))
	}
	want := []string{
		"dotenv env/dotenv ${PREFECT_API_URL}/dotenv",
		`prefect.toml prefect "prefect"`,
		`pyproject.toml pyproject "pyproject"`,
		`profile profile "profile"`,
	}
	if !slices.Equal(shadowed, want) {
		t.Errorf("shadowed are %q, want %q", shadowed, want)
	}
}

func TestRank(t *testing.T) {
	r := resolveText("", strings.Replace(everywhere, "PREFECT_API_URL=env", "", 1))
	s := r.Lookup("PREFECT_API_URL")
	var ranks []int
	for i := range r.Loaded.File.Entries {
		ranks = append(ranks, s.Rank(&r.Loaded.File.Entries[i]))
	}
	if dotenv := &s.Source.File.Entries[0]; s.Rank(dotenv) != 0 || !slices.Equal(ranks, []int{3, -1}) {
		t.Errorf("ranks are %d, %v", s.Rank(dotenv), ranks)
	}
}

func TestReleases(t *testing.T) {
	for version, want := range map[string]string{"2.20.0": "profile", "3.0.4": "profile", "3.0.5": "/dotenv", "3.1.0": "/dotenv", "3.9.1": "/dotenv", "": "/dotenv", "main": "/dotenv"} {
		folder := strings.Replace(everywhere, "PREFECT_API_URL=env", "", 1)
		if got := resolveText(version, folder).Lookup("PREFECT_API_URL").Text(); got != want {
			t.Errorf("Prefect %q takes %q, want %q", version, got, want)
		}
	}
	noDotEnv := everywhere[strings.Index(everywhere, "-- work/prefect.toml"):]
	for version, want := range map[string]string{"3.0.11": "profile", "3.1.0rc1": "prefect", "3.1.0": "prefect"} {
		if got := resolveText(version, noDotEnv).Lookup("PREFECT_API_URL").Text(); got != want {
			t.Errorf("Prefect %q takes %q, want %q", version, got, want)
		}
	}
}

// TestLegacyName shows that of two names in one source the canonical one counts, and that a legacy one of a higher
// source beats it.
func TestLegacyName(t *testing.T) {
	s := resolveText("", `
PREFECT_UI_API_URL=a
-- work/.env --
PREFECT_SERVER_UI_API_URL=b
PREFECT_UI_API_URL=c
`).Lookup("PREFECT_SERVER_UI_API_URL")
	if s.Text() != "a" || len(s.Shadows) != 2 || s.Shadows[0].Text() != "b" || s.Shadows[1].Text() != "c" {
		t.Errorf("%q shadows %v", s.Text(), s.Shadows)
	}
}

// TestGroup shows that the JSON object for a group beats the variable of a setting in it, even from a lower place.
func TestGroup(t *testing.T) {
	s := resolveText("", `
PREFECT_API_URL=env
-- work/.env --
PREFECT_API='{"url": "group"}'
`).Lookup("PREFECT_API_URL")
	if s.Text() != "group" || s.Source.Kind != DotEnv || s.Source.Group == nil || s.Source.Name != "PREFECT_API" || s.Source.Entry == nil {
		t.Errorf("%q is from %+v", s.Text(), s.Source)
	}
}

// TestObjects shows that the members of an object come together from all places.
func TestObjects(t *testing.T) {
	s := resolveText("", `
PREFECT_CLIENT_CUSTOM_HEADERS={"A":"env"}
-- work/prefect.toml --
[client.custom_headers]
A = "prefect"
B = "prefect"
`).Lookup("PREFECT_CLIENT_CUSTOM_HEADERS")
	if s.Text() != `{"A":"env","B":"prefect"}` {
		t.Error(s.Text())
	}
}

// TestSplitBrain has the prefect command save where no value is loaded from.
func TestSplitBrain(t *testing.T) {
	r := resolveText("", `
-- work/.env --
PREFECT_HOME=/r/other
-- home/.prefect/profiles.toml --
active = "dev"
[profiles.dev]
PREFECT_API_URL = "loaded"
-- other/profiles.toml --
active = "prod"
[profiles.prod]
PREFECT_API_URL = "shown"
`)
	if r.Loaded.Path != "/r/home/.prefect/profiles.toml" || r.Active.Name != "dev" || r.Lookup("PREFECT_API_URL").Text() != "loaded" {
		t.Errorf("loaded is %s of %s", r.Active.Name, r.Loaded.Path)
	}
	if r.Saved.Path != "/r/other/profiles.toml" || r.Displayed.Name != "prod" || r.Saved.From.Because == nil || r.Saved.From.Because.Name != "PREFECT_HOME" {
		t.Errorf("saved is %s of %+v", r.Displayed.Name, r.Saved)
	}
}

// TestBundled has the command show a profile that comes with Prefect, while its values do not count.
func TestBundled(t *testing.T) {
	r := resolveText("", `
-- home/.prefect/profiles.toml --
active = "local"
`)
	if !r.Displayed.Bundled || r.Displayed.Name != "local" || r.Active.Name != "ephemeral" || r.Active.Asked != "local" || r.Target().Type != Ephemeral {
		t.Errorf("active is %+v, shown %+v", r.Active, r.Displayed)
	}
	if r.Active.From.Entry != nil || r.Active.From.File == nil || r.Active.From.Name != "active" {
		t.Errorf("%+v asks for it", r.Active.From)
	}
}

func TestTestMode(t *testing.T) {
	r := resolveText("", strings.Replace(everywhere, "PREFECT_API_URL=env", "PREFECT_TEST_MODE=0", 1))
	if r.TestMode != "PREFECT_TEST_MODE" || r.Active.Name != "" || len(r.Lookup("PREFECT_API_URL").Shadows) != 2 {
		t.Errorf("test mode is %q with %+v", r.TestMode, r.Active)
	}
}

func TestTarget(t *testing.T) {
	const ids = "https://api.prefect.cloud/api/accounts/a1/workspaces/w1"
	for env, want := range map[string]Target{
		"PREFECT_API_URL=" + ids:                                          {Type: Cloud, APIURL: ids, UIURL: "https://app.prefect.cloud/account/a1/workspace/w1", Account: "a1", Workspace: "w1"},
		"PREFECT_API_URL=http://h:4200/api":                               {Type: Server, APIURL: "http://h:4200/api", UIURL: "http://h:4200"},
		"PREFECT_API_URL=" + ids + " PREFECT_CLOUD_API_URL=https://x/api": {Type: Server, APIURL: ids, UIURL: "https://api.prefect.cloud/account/a1/workspace/w1"},
		"PREFECT_API_URL=":                                                {Type: Server},
		"":                                                                {Type: Ephemeral},
		"PREFECT_SERVER_ALLOW_EPHEMERAL_MODE=off":                         {Type: Unconfigured},
	} {
		got := resolveText("", env+"\n").Target()
		got.Decides = nil
		if got != want {
			t.Errorf("%s: the target is %+v, want %+v", env, got, want)
		}
	}
}

// TestBecause names the setting that a computed value follows from.
func TestBecause(t *testing.T) {
	r := resolveText("", "PREFECT_HOME=~/h PREFECT_API_URL=http://h/api PREFECT_DEBUG_MODE=1 PREFECT_LOGGING_LEVEL=INFO\n")
	for name, want := range map[string][2]string{
		"PREFECT_PROFILES_PATH":              {"/r/home/h/profiles.toml", "PREFECT_HOME"},
		"PREFECT_RESULTS_LOCAL_STORAGE_PATH": {"/r/home/h/storage", "PREFECT_HOME"},
		"PREFECT_UI_URL":                     {"http://h", "PREFECT_API_URL"},
		"PREFECT_SERVER_UI_API_URL":          {"http://h/api", "PREFECT_API_URL"},
		"PREFECT_LOGGING_LEVEL":              {"DEBUG", "PREFECT_DEBUG_MODE"},
	} {
		s := r.Lookup(name)
		if s.Text() != want[0] || s.Source.Because == nil || s.Source.Because.Name != want[1] || s.IsSet() {
			t.Errorf("%s is %q because of %v", name, s.Text(), s.Source.Because)
		}
	}
	if level := r.Lookup("PREFECT_LOGGING_LEVEL"); len(level.Shadows) != 1 || level.Shadows[0].Text() != "INFO" {
		t.Errorf("the level shadows %v", level.Shadows)
	}
	if url := r.Lookup("PREFECT_CLOUD_UI_URL"); url.Source.Because != nil || url.Text() != "https://app.prefect.cloud" {
		t.Errorf("%q because of %v", url.Text(), url.Source.Because)
	}
}

// TestRefusal says where the value stands that keeps Prefect from starting.
func TestRefusal(t *testing.T) {
	r := resolveText("", `
-- home/.prefect/profiles.toml --
active = "dev"
[profiles.dev]
PREFECT_API_REQUEST_TIMEOUT = "60s"
`)
	if len(r.Refusals) != 1 {
		t.Fatal(r.Refusals)
	}
	refusal := r.Refusals[0]
	if refusal.Setting.Name != "PREFECT_API_REQUEST_TIMEOUT" || refusal.Source.Entry.Value.Span.Of(r.Loaded.File.Source) != `"60s"` || !strings.Contains(refusal.Reason, "60s") {
		t.Errorf("%+v", refusal)
	}
}

// TestWanted asks for one file after the other, each only once it is known to be needed.
func TestWanted(t *testing.T) {
	s := Sources{Home: "/home/ada", Profiles: map[string]*profiles.File{}}
	var asked []string
	for {
		r := Resolve(s)
		if len(r.Wanted) == 0 {
			break
		}
		asked = append(asked, r.Wanted...)
		for _, path := range r.Wanted {
			s.Profiles[path] = nil
			if path == "/home/ada/.prefect/profiles.toml" {
				s.Profiles[path] = profiles.Read(profiles.ProfilesTOML, "active = \"a\"\n[profiles.a]\nPREFECT_HOME = \"~/else\"\n")
			}
		}
	}
	if want := []string{"/home/ada/.prefect/profiles.toml", "/home/ada/else/profiles.toml"}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
}

// TestWindows has paths with backslashes and variables whose names are case-insensitive.
func TestWindows(t *testing.T) {
	s := Sources{Windows: true, Home: `C:\Users\ada`, Environment: []Variable{{Name: "Prefect_Profile", Value: "dev"}}, Profiles: map[string]*profiles.File{
		`C:\Users\ada\.prefect\profiles.toml`: profiles.Read(profiles.ProfilesTOML, "[profiles.dev]\nPREFECT_API_URL = \"u\"\n"),
	}}
	r := Resolve(s)
	if len(r.Wanted) > 0 || r.Active.Name != "dev" || r.Saved.Path != `C:\Users\ada\.prefect\profiles.toml` {
		t.Errorf("wanted %q, active %+v, saved %+v", r.Wanted, r.Active, r.Saved)
	}
	if path := r.Lookup("PREFECT_RESULTS_LOCAL_STORAGE_PATH").Text(); path != `C:\Users\ada\.prefect\storage` {
		t.Error(path)
	}
}

// TestEverySetting gives each setting an entry in the result.
func TestEverySetting(t *testing.T) {
	r := resolveText("", "")
	for i := range settings.All() {
		if s := r.Lookup(settings.All()[i].Name); s == nil || s.Setting != &settings.All()[i] {
			t.Errorf("%s is %v", settings.All()[i].Name, s)
		}
	}
	if r.Lookup("PREFECT_NOTHING") != nil || r.Lookup("ZZZ") != nil {
		t.Error("a setting that is none was found")
	}
}

// TestGroupCovers refuses what is no object in place of a group, unless an object of a higher place covers it.
func TestGroupCovers(t *testing.T) {
	for folder, refused := range map[string]bool{
		"PREFECT_SERVER={\"api\":{\"port\":1}}\n-- work/.env --\nPREFECT_SERVER='{\"api\":5}'\n": false,
		"PREFECT_SERVER={\"api\":5}\n-- work/.env --\nPREFECT_SERVER='{\"api\":{\"port\":1}}'\n": true,
		"PREFECT_SERVER={\"api\":5} PREFECT_SERVER_API={\"port\":1}\n":                           true,
		"PREFECT_SERVER={\"api\":{\"port\":1}} PREFECT_SERVER_API=5\n":                           false,
	} {
		if r := resolveText("", folder); len(r.Refusals) > 0 != refused {
			t.Errorf("%s: refusals are %v", folder, r.Refusals)
		} else if port := r.Lookup("PREFECT_SERVER_API_PORT").Text(); !refused && port != "1" {
			t.Errorf("%s: the port is %s", folder, port)
		}
	}
}

// TestRenamedTable ranks the table of plugins under its old name below all others, and before the new one came, as usual.
func TestRenamedTable(t *testing.T) {
	const folder = `
-- work/prefect.toml --
[experiments.plugins]
enabled = true
[plugins]
enabled = false
-- work/pyproject.toml --
[tool.prefect.plugins]
strict = false
[tool.prefect.experiments.plugins]
strict = true
-- home/.prefect/profiles.toml --
active = "dev"
[profiles.dev]
PREFECT_EXPERIMENTS_PLUGINS_ENABLED = "true"
`
	for version, want := range map[string][2]string{"": {"false", "false"}, "3.6.29": {"true", "true"}, "3.4.0": {"false", "false"}} {
		r := resolveText(version, folder)
		if got := [2]string{r.Lookup("PREFECT_PLUGINS_ENABLED").Text(), r.Lookup("PREFECT_PLUGINS_STRICT").Text()}; got != want {
			t.Errorf("Prefect %q has %q, want %q", version, got, want)
		}
	}
}

// TestRefusedValue keeps a refused value, and does not put a computed one in its place.
func TestRefusedValue(t *testing.T) {
	r := resolveText("", "-- work/prefect.toml --\nui_url = true\napi.url = \"http://h/api\"\n")
	if s := r.Lookup("PREFECT_UI_URL"); s.Invalid == nil || len(r.Refusals) != 1 || r.Refusals[0].Setting != s.Setting {
		t.Errorf("%+v with refusals %v", s.Value, r.Refusals)
	}
}

// TestValues shows single values that Prefect makes of a folder.
func TestValues(t *testing.T) {
	const database = "PREFECT_SERVER_DATABASE_DRIVER=postgresql+asyncpg PREFECT_SERVER_DATABASE_HOST=h PREFECT_SERVER_DATABASE_NAME=n PREFECT_SERVER_DATABASE_USER="
	const headers = "\n-- work/prefect.toml --\n[client.custom_headers]\nA = \"1\"\n"
	const profile = "[profiles.a]\nPREFECT_API_URL = \"a\"\n"
	for _, test := range []struct{ folder, setting, want string }{
		{"PREFECT_CLIENT_RETRY_EXTRA_CODES=null\n-- work/.env --\nPREFECT_CLIENT_RETRY_EXTRA_CODES=429\n", "PREFECT_CLIENT_RETRY_EXTRA_CODES", "429"},
		{"PREFECT_CLIENT={\"retry_extra_codes\":null}\n-- work/.env --\nPREFECT_CLIENT_RETRY_EXTRA_CODES=429\n", "PREFECT_CLIENT_RETRY_EXTRA_CODES", ""},
		{"PREFECT_CLIENT_CUSTOM_HEADERS=null" + headers, "PREFECT_CLIENT_CUSTOM_HEADERS", `{"A":"1"}`},
		{"PREFECT_CLIENT_CUSTOM_HEADERS={\"B\":\"2\"}\n-- work/.env --\nPREFECT_CLIENT_CUSTOM_HEADERS=NaN" + headers, "PREFECT_CLIENT_CUSTOM_HEADERS", `{"A":"1","B":"2"}`},
		{"PREFECT_HOME=/\n", "PREFECT_PROFILES_PATH", "/profiles.toml"},
		{"PREFECT_PROFILE=a PREFECT_PROFILES_PATH=/r//p.toml\n-- p.toml --\n" + profile, "PREFECT_API_URL", "a"},
		{"-- home/.prefect/profiles.toml --\nactive = 0\n" + profile, "PREFECT_API_URL", ""},
		// In a list of tables no profile is found, and the prefect command works with another file.
		{"PREFECT_PROFILE=a\n-- work/.env --\nPREFECT_HOME=/r/other\n-- home/.prefect/profiles.toml --\n[[profiles]]\n" + profile, "PREFECT_API_URL", ""},
		{database + "aZ9/ PREFECT_SERVER_DATABASE_PORT=0 PREFECT_SERVER_DATABASE_PASSWORD=p@\n", "PREFECT_SERVER_DATABASE_CONNECTION_URL", "postgresql+asyncpg://aZ9%2F:p%40@h:5432/n"},
		{database + "u PREFECT_SERVER_DATABASE_PORT=1\n", "PREFECT_SERVER_DATABASE_CONNECTION_URL", "postgresql+asyncpg://u@h:1/n"},
	} {
		r := resolveText("", test.folder)
		if got := r.Lookup(test.setting).Text(); got != test.want || len(r.Refusals) > 0 {
			t.Errorf("%s: %s is %q, want %q; refusals are %v", test.folder, test.setting, got, test.want, r.Refusals)
		}
	}
}

// TestRefusals counts what Prefect refuses of a folder.
func TestRefusals(t *testing.T) {
	// The prefect command works with another profiles.toml than the one that values come from, and so refuses nothing in that.
	const elsewhere = "\n-- work/.env --\nPREFECT_HOME=/r/other\n-- home/.prefect/profiles.toml --\n"
	const config = "-- work/prefect.toml --\n"
	for _, test := range []struct {
		folder, version string
		want            int
	}{
		{folder: "-- work/pyproject.toml --\nname = 1\n[tool]\nruff = 1\n[project]\nprefect = 1\n", want: 0},
		{folder: "-- work/pyproject.toml --\ntool.prefect.api = 1\n", want: 1},
		{folder: "-- work/pyproject.toml --\n[tool]\nprefect.api = 1\n", want: 1},
		{folder: "-- work/pyproject.toml --\n[tool]\nprefect = 1\n", want: 1},
		{folder: "PREFECT_PLUGINS=5\n", want: 1},
		{folder: "PREFECT_PLUGINS=5\n", version: "3.4.0", want: 0},
		{folder: "PREFECT_LOGGING_TO_API_BATCH_SIZE=x\n", want: 1},
		{folder: "PREFECT_CLIENT_CUSTOM_HEADERS=[1]\n-- work/prefect.toml --\n[client.custom_headers]\nA = \"1\"\n", want: 1},
		{folder: "PREFECT_CLIENT_CUSTOM_HEADERS=NaN\n", want: 1},
		{folder: elsewhere + "active = \"\xff\"\n", want: 1},
		{folder: elsewhere + "[[active]]\nx = 1\n", want: 1},
		{folder: elsewhere + "[[profiles]]\nx = 1\n", want: 0},
		{folder: elsewhere + "profiles = \"x\"\n", want: 0},
		{folder: "PREFECT_PROFILE=x" + elsewhere + "profiles = \"x\"\n", want: 1},
		{folder: "PREFECT_PROFILE=y" + elsewhere + "profiles = \"x\"\n", want: 0},
		{folder: "PREFECT_PROFILE=x" + elsewhere + "profiles = [\"x\"]\n", want: 1},
		{folder: "PREFECT_PROFILE=y" + elsewhere + "profiles = [\"x\"]\n", want: 0},
		{folder: "PREFECT_PROFILE=x" + elsewhere + "[[profiles]]\nx = 1\n", want: 0},
		{folder: "PREFECT_PROFILE=x" + elsewhere + "profiles = 5\n", want: 1},
		// Something else in place of a table within a table.
		{folder: config + "server = { api = 5, database = [1] }\n", want: 2},
		{folder: config + "[server]\nservices = { late_runs = 1 }\n", want: 1},
		{folder: config + "server = { x = 5 }\n", want: 0},
		{folder: config + "experiments = { plugins = 1 }\n", want: 1},
		{folder: "-- work/pyproject.toml --\ntool = { prefect = 1, other = 1 }\n", want: 1},
		{folder: "-- work/pyproject.toml --\n[tool]\nprefect = { server = { api = 1 } }\n", want: 1},
		{folder: "-- home/.prefect/profiles.toml --\nprofiles = { x = 1, y = {} }\n", want: 1},
		{folder: "PREFECT_PROFILE=x" + elsewhere + "profiles = { x = 1 }\n", want: 1},
		// A table within the table of a setting, and lists of tables.
		{folder: config + "[client.custom_headers]\nX = \"y\"\n[client.custom_headers.deep]\na = \"b\"\n", want: 1},
		{folder: config + "[client]\ncustom_headers.deep.a = \"b\"\n", want: 1},
		{folder: config + "[client.custom_headers.deep]\na = \"b\"\n", want: 1},
		{folder: config + "[[logging.log_prints]]\nx = true\n", want: 1},
		{folder: config + "[[home]]\nx = true\n", want: 1},
		{folder: config + "[[client.custom_headers]]\nx = true\n", want: 2},
		{folder: config + "[[client]]\nx = true\n", want: 1},
		// Text that is not UTF-8 is taken as it is.
		{folder: "PREFECT_API_URL=a\xff\n", want: 0},
		{folder: "PREFECT_LOGGING_LEVEL=INFO\xff\n", want: 1},
		// Each release casts in its own way.
		{folder: "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS=7200\n", version: "3.4.25", want: 1},
		{folder: "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS=7200\n", version: "3.6.1", want: 1},
		{folder: "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS=7200\n", version: "3.6.2", want: 0},
		{folder: "PREFECT_SERVER_SERVICES_LATE_RUNS_AFTER_SECONDS=7200\n", want: 0},
	} {
		if got := resolveText(test.version, test.folder).Refusals; len(got) != test.want {
			t.Errorf("Prefect %q refuses %v, want %d in\n%s", test.version, got, test.want, test.folder)
		}
	}
}

// TestFolderInPlace shows that a folder where Prefect expects a file, such as Docker makes when the file to mount is missing, keeps
// Prefect from starting, and that what leads there is to blame.
func TestFolderInPlace(t *testing.T) {
	for _, test := range []struct {
		folder string
		kind   Kind
		name   string
	}{
		{"-- work/prefect.toml/x --\n", PrefectTOML, ""},
		{"-- work/pyproject.toml/x --\n", PyProject, ""},
		{"-- home/.prefect/profiles.toml/x --\n", Default, ""},
		{"-- work/.env --\nPREFECT_PROFILES_PATH=.\n", DotEnv, "PREFECT_PROFILES_PATH"},
		{"-- work/prefect.toml --\nprofiles_path = \"/r/other\"\n", PrefectTOML, "profiles_path"},
		{"PREFECT_PROFILES_PATH=.\n-- work/prefect.toml --\n", Environment, "PREFECT_PROFILES_PATH"},
		{"PREFECT_HOME=/r/home/.prefect\n-- home/.prefect/profiles.toml/x --\n", Environment, "PREFECT_HOME"},
	} {
		refusals := resolveText("", test.folder).Refusals
		if len(refusals) != 1 || refusals[0].Source.Kind != test.kind || refusals[0].Source.Name != test.name {
			t.Errorf("%s: %+v", test.folder, refusals)
		}
	}
	if r := resolveText("", "PREFECT_PROFILES_PATH=p.toml\n-- work/prefect.toml/x --\n"); len(r.Refusals) > 0 {
		t.Errorf("Prefect does not look for the path of the profiles where a variable has it, and we: %+v", r.Refusals)
	}
}

// TestGroupByVariable shows that a member of the JSON object for a group may go by the variable of its setting where that has several.
func TestGroupByVariable(t *testing.T) {
	for variable, want := range map[string]string{
		`PREFECT_SERVER_UI={"prefect_ui_api_url":"x"}`:        "x",
		`PREFECT_SERVER_UI={"PREFECT_SERVER_UI_API_URL":"x"}`: "x",
		`PREFECT_SERVER={"ui":{"prefect_ui_api_url":"x"}}`:    "x",
		`PREFECT_SERVER_API={"prefect_ui_api_url":"x"}`:       "http://127.0.0.1:4200/api",
		`PREFECT_SERVER_UI={"prefect_server_ui_nothing":"x"}`: "http://127.0.0.1:4200/api",
		`PREFECT_API={"prefect_api_url":"http://h:4200/api"}`: "http://127.0.0.1:4200/api",
	} {
		if got := resolveText("", variable).Lookup("PREFECT_SERVER_UI_API_URL").Text(); got != want {
			t.Errorf("%s: %q, want %q", variable, got, want)
		}
	}
}
