package profiles

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles/text"
)

// TestRead shows which settings each kind of file gives a value, however its tables are written.
func TestRead(t *testing.T) {
	for _, test := range []struct {
		kind   Kind
		source string
		want   []string // profile/name=value as written
	}{
		{ProfilesTOML, "[profiles.a]\nPREFECT_API_URL = \"x\"\n[profiles.\"b.c\"]\nFOO = 1\n", []string{"a/PREFECT_API_URL=\"x\"", "b.c/FOO=1"}},
		{ProfilesTOML, "profiles.a.PREFECT_API_URL = \"x\"\n", []string{"a/PREFECT_API_URL=\"x\""}},
		{ProfilesTOML, "[profiles]\na = { PREFECT_API_URL = \"x\" }\n", []string{"a/PREFECT_API_URL=\"x\""}},
		{ProfilesTOML, "profiles = { a = { FOO = 1 } }\n", []string{"a/FOO=1"}},
		{ProfilesTOML, "[profiles.a]\napi.url = \"x\"\n[other]\nFOO = 1\n", []string{"a/api.url=\"x\""}},
		{DotEnv, "DATABASE_URL=x\nexport PREFECT_API_URL='y' # c\nprefect_home=z\nPREFECT_X\n", []string{"/PREFECT_API_URL='y'", "/prefect_home=z", "/PREFECT_X="}},
		{PrefectTOML, "home = \"~\"\n[server.api]\nport = 4200\n[API]\nurl = 1\n", []string{"/home=\"~\"", "/server.api.port=4200", "/API.url=1"}},
		{PrefectTOML, "api = { url = \"x\", key = \"y\" }\n", []string{"/api.url=\"x\"", "/api.key=\"y\""}},
		{PrefectTOML, "[client.custom_headers]\nA = \"1\"\nB = \"2\"\n", []string{"/client.custom_headers=A = \"1\""}},
		{PrefectTOML, "[experiments.plugins]\nenabled = true\n", []string{"/experiments.plugins.enabled=true"}},
		{PyProject, "[project]\nname = \"x\"\n[tool.prefect]\nhome = \"~\"\n[tool.prefect.api]\nurl = \"x\"\n[tool.ruff]\nx = 1\n", []string{"/home=\"~\"", "/api.url=\"x\""}},
		{PyProject, "tool = { prefect = { api = { url = \"x\" } } }\n", []string{"/api.url=\"x\""}},
	} {
		f := Read(test.kind, test.source)
		var got []string
		for _, e := range f.Entries {
			got = append(got, fmt.Sprintf("%s/%s=%s", e.Profile, e.Name, e.Value.Span.Of(f.Source)))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\ngives\n%q\nwant\n%q", test.source, got, test.want)
		}
	}
}

// TestReadMembers shows that the members of a setting that is an object are kept under their own names.
func TestReadMembers(t *testing.T) {
	for _, source := range []string{
		"[client.custom_headers]\nA = \"1\"\nB = \"2\"\n",
		"client.custom_headers.A = \"1\"\nclient.custom_headers.B = \"2\"\n",
		"[client]\ncustom_headers = { A = \"1\", B = \"2\" }\n",
	} {
		f := Read(PrefectTOML, source)
		if len(f.Entries) != 1 || f.Entries[0].Setting == nil || f.Entries[0].Setting.Path != "client.custom_headers" {
			t.Fatalf("%s gives %+v, want one entry for client.custom_headers", source, f.Entries)
		}
		var members []string
		for _, pair := range f.Entries[0].Value.Pairs {
			members = append(members, pair.Key[0].Text+"="+pair.Value.Text)
		}
		if !slices.Equal(members, []string{"A=1", "B=2"}) {
			t.Errorf("%s has the members %v", source, members)
		}
	}
}

// TestMasked shows that secrets are covered, places stay, and the rest is left alone.
func TestMasked(t *testing.T) {
	for _, c := range []struct {
		kind         Kind
		source, want string
	}{
		{ProfilesTOML, "[profiles.a]\nPREFECT_API_KEY = \"pnu_1\" # k\nPREFECT_API_URL = \"x\"\n", "[profiles.a]\nPREFECT_API_KEY = \"*****\" # k\nPREFECT_API_URL = \"x\"\n"},
		{ProfilesTOML, "[profiles.a]\nPREFECT_SERVER_DATABASE_PASSWORD = ü\n", "[profiles.a]\nPREFECT_SERVER_DATABASE_PASSWORD = **\n"},
		// What is broken may go on behind what could be read.
		{ProfilesTOML, "[profiles.a]\nPREFECT_API_KEY = 'a'b'\nPREFECT_API_URL 'http://u:p@h'\n", "[profiles.a]\nPREFECT_API_KEY = '*'*'\nPREFECT_API_URL 'http://***@h'\n"},
		{ProfilesTOML, "profiles = {a = {PREFECT_API_KEY = 1, PREFECT_API_URL = \"x\",", "profiles = {a = {PREFECT_API_KEY = *********************\"*\"*"},
		{DotEnv, "PREFECT_API_KEY: a b\nset PREFECT_API_KEY=a # b\nPREFECT_API_URL: http://u:p@h\nPREFECT_UI_URL: x\nTOKEN: x\nX=1\n",
			"PREFECT_API_KEY*****\nset PREFECT_API_KEY******\nPREFECT_API_URL: http://***@h\nPREFECT_UI_URL: x\nTOKEN***\nX**\n"},
		// In addresses.
		{PrefectTOML, "ui_url = \"http://u:p@h/\"\nserver.api.host = \"a@b\"\n[api]\nurl = 'u:p@h'\n", "ui_url = \"http://***@h/\"\nserver.api.host = \"a@b\"\n[api]\nurl = '***@h'\n"},
		// What is an object, such as headers.
		{DotEnv, "PREFECT_CLIENT_CUSTOM_HEADERS='{\"A\": \"b\"}'\nPREFECT_SERVER='{}'\n", "PREFECT_CLIENT_CUSTOM_HEADERS='*\"*\"**\"*\"*'\nPREFECT_SERVER='**'\n"},
		{PrefectTOML, "[client.custom_headers]\nA = 'b'\nC = 'd'\n", "[client.custom_headers]\n****'*'\nC = '*'\n"},
		// Slips in names, and names of nobody knows what.
		{DotEnv, "PREFECT_API_KYE=a\nPREFECT_API_ULR=x\nPREFECT_MY_OWN=a\nPREFECT_API_KEY\n", "PREFECT_API_KYE=*\nPREFECT_API_ULR=x\nPREFECT_MY_OWN=*\nPREFECT_API_KEY\n"},
		{PrefectTOML, "[api]\nkye = 'a'\nulr = 'x'\n", "[api]\nkye = '*'\nulr = 'x'\n"},
		{ProfilesTOML, "[profiles.a]\nprefect_api_key = 'a'\n", "[profiles.a]\nprefect_api_key = '*'\n"},
	} {
		if got := Read(c.kind, c.source).Masked(); got != c.want {
			t.Errorf("of\n%s\ngot\n%s\nwant\n%s", c.source, got, c.want)
		}
	}
}

// TestIrregular holds that what goes through the irregular statements alone misses nothing.
func TestIrregular(t *testing.T) {
	const regular = "[profiles.a]\nPREFECT_API_URL = \"\"\n[profiles.\"b.c\"]\nPREFECT_API_KEY = \"\"\n"
	const irregular = "active = \"a\"\nprofiles.d = {}\n[profiles]\ne.PREFECT_API_KEY = \"\"\n[[profiles.f]]\nPREFECT_OTHER = \"\"\n[profiles.g]\n" +
		"active = \"a\"\napi.url = \"\"\n= 1\n[profiles.h.i]\nPREFECT_API_URL = \"\"\n[other]\nPREFECT_API_URL = \"\"\n"
	f := Read(ProfilesTOML, irregular+regular)
	var got []string
	for _, s := range f.Irregular {
		got = append(got, s.Span.Of(f.Source))
	}
	want := strings.Split(strings.Replace(irregular, "[profiles.g]\n", "", 1), "\n")
	if want = want[:len(want)-1]; !slices.Equal(got, want) {
		t.Errorf("irregular are\n%q, want\n%q", got, want)
	}
}

// TestSet shows that a new value keeps the quotes of the old one, and has some where it needs them.
func TestSet(t *testing.T) {
	for _, test := range []struct {
		kind                Kind
		source, value, want string
	}{
		{DotEnv, "PREFECT_API_URL=x", "y", "PREFECT_API_URL=y"},
		{DotEnv, "PREFECT_API_URL='x'", "y", "PREFECT_API_URL='y'"},
		{DotEnv, "PREFECT_API_URL=x", "y #z", "PREFECT_API_URL='y #z'"},
		{DotEnv, "PREFECT_API_URL='x'", "y z", "PREFECT_API_URL='y z'"},
		{DotEnv, "PREFECT_API_URL=\"x\"", "y\nz", "PREFECT_API_URL=\"y\\nz\""},
		{DotEnv, "PREFECT_API_URL=\"x\"#c", "y z", "PREFECT_API_URL=\"y z\"#c"}, // without quotes, the comment would join the value
		{PrefectTOML, "home = 5", "y", "home = \"y\""},
		{PrefectTOML, "home = 'x'", "y #z", "home = 'y #z'"},
		{PrefectTOML, "home = \"x\"", "C:\\y", "home = \"C:\\\\y\""},
		{PrefectTOML, "home = '''x'''", "y", "home = '''y'''"},
		{PrefectTOML, "home = 'x'", "it's", "home = \"it's\""},
	} {
		f := Read(test.kind, test.source)
		if got := text.Apply(f.Source, f.Entries[0].Set(f.Source, test.value)); got != test.want {
			t.Errorf("%s became %s, want %s", test.source, got, test.want)
		}
	}
	f := Read(ProfilesTOML, "active = 'x'")
	if got, want := text.Apply(f.Source, f.Active.Set(f.Source, "y z")), "active = 'y z'"; got != want {
		t.Errorf("%s became %s, want %s", f.Source, got, want)
	}
}

// TestLineOf counts lines as editors do.
func TestLineOf(t *testing.T) {
	f := Read(DotEnv, "A=1\r\nA=2\nA=3\rPREFECT_API_URL=x")
	if line := f.LineOf(f.Entries[0].Key); line != 4 {
		t.Errorf("the setting is on line %d, want 4", line)
	}
}

// TestDottedSetting gives a setting with a dotted key the span of the whole key.
func TestDottedSetting(t *testing.T) {
	f := Read(ProfilesTOML, "[profiles.a]\nserver.api.port = 1\n")
	if e := f.Entries[0]; e.Name != "server.api.port" || e.Key.Of(f.Source) != e.Name {
		t.Errorf("%q stands at %q", e.Name, e.Key.Of(f.Source))
	}
}

// TestLoneReturns shows that a line may end with a carriage return alone: Python's text mode reads the files for Prefect.
func TestLoneReturns(t *testing.T) {
	for _, c := range []struct {
		kind   Kind
		source string
	}{
		{ProfilesTOML, "active = \"dev\"\r[profiles.dev] # mine\rPREFECT_API_URL = \"u\"\r\r\nPREFECT_API_KEY = \"k\"\r\n"},
		{PrefectTOML, "[api]\rurl = \"u\"\rkey = \"k\""},
		{PyProject, "[tool.prefect.api]\r\nurl = \"u\"\rkey = \"k\"\n\r"},
		{DotEnv, "PREFECT_API_URL=u\rPREFECT_API_KEY=k\r"},
	} {
		f := Read(c.kind, c.source)
		url, key := f.Giving("PREFECT_API_URL"), f.Giving("PREFECT_API_KEY")
		if len(f.SyntaxProblems()) > 0 || len(url) != 1 || len(key) != 1 || url[0].Value.Text != "u" || f.Source != c.source {
			t.Errorf("%q: %v, %v", c.source, f.SyntaxProblems(), f.Entries)
		}
	}
	if f := Read(PrefectTOML, "a = \"x\ry\"\n"); len(f.SyntaxProblems()) == 0 {
		t.Error("it ends the line within a text, too")
	}
}
