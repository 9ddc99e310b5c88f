package profiles

import "testing"

func TestRecognize(t *testing.T) {
	const ours = "[profiles.p]\nPREFECT_API_URL = \"http://x/api\"\n"
	for _, test := range []struct {
		path, language, source string
		want                   Kind
	}{
		{"profiles.toml", "toml", "", ProfilesTOML},
		{"profiles.toml", "toml", "# soon\n", ProfilesTOML},
		{"profiles.toml", "toml", "acti", ProfilesTOML},
		{"profiles.toml", "toml", "[", ProfilesTOML},
		{"profiles.toml", "toml", "\ufeffactive = \"p\"\n", ProfilesTOML},
		{"profiles.toml", "toml", "[p]\nPREFECT_API_URL = \"\"\n", ProfilesTOML},
		{"profiles.toml", "toml", "[ \"profiles\".p]\n", ProfilesTOML},
		{"profiles.toml", "toml", "[default]\nregion = \"eu\"\n", 0},
		{"profiles.toml", "toml", "# profiles of another tool\n[default]\nregion=1\n", 0},
		{"profiles.toml", "toml", "[profiles.full]\ninclude = [\"**\"]\n", 0},
		{"profiles.toml", "toml", "[profiles]\nbase = [\"git\"]\n", 0},
		{"profiles.toml", "toml", "active_profile = \"a\"\n", 0},
		{"profiles.toml", "toml", "\"active\" = \"a\"\n", ProfilesTOML},
		{"profiles.toml", "toml", "[[profile]]\nname = \"default\"\n", 0},
		{"profiles.toml", "toml", "[profiles.p]\nprefect_api_url = \"\"\n", ProfilesTOML},
		{"profiles.toml", "toml", "[profiles]\np = { PREFECT_API_URL = \"\" }\n", ProfilesTOML},
		{"profiles.toml", "toml", "[profiles.p]\n# budget = 1\n", ProfilesTOML},
		{"/home/a/.prefect/profiles.toml", "toml", "[profiles.p]\nbudget = 1\n", ProfilesTOML},
		{"profiles.toml", "toml", "[]", ProfilesTOML},
		{"profiles.toml", "toml", "[loc]", ProfilesTOML},
		{"/home/a/.prefect/profiles.toml", "toml", "[default]\n", ProfilesTOML},
		{`C:\Users\a\.prefect\profiles.toml`, "toml", "[default]\n", ProfilesTOML},
		{"/etc/team.toml", "toml", ours, ProfilesTOML},
		{"Untitled-1", "plaintext", ours, ProfilesTOML},
		{"Untitled-1", "toml", "[profiles.p]\nopt-level = 3\n", 0}, // Cargo has [profile.p], but who knows
		{"notes.md", "markdown", ours, 0},
		{"Untitled-1", "dotenv", "", DotEnv},
		{"settings", "env", "", DotEnv},
		{"prefect.toml", "", "anything", PrefectTOML},
		{"a/pyproject.toml", "toml", "[project]\n", PyProject},
		{".env", "shellscript", "", DotEnv},
		{".env.local", "plaintext", "", DotEnv},
		{"prod.env", "properties", "", DotEnv},
		{"env", "shellscript", "A=1\n", 0},
	} {
		if got := Recognize(test.path, test.language, test.source); got != test.want {
			t.Errorf("%s (%s) %q is %d, want %d", test.path, test.language, test.source, got, test.want)
		}
	}
}

func TestKindOf(t *testing.T) {
	for name, want := range map[string]Kind{
		"profiles.toml": ProfilesTOML, "/home/ada/.prefect/profiles.toml": ProfilesTOML, `C:\Users\Ada\.prefect\profiles.toml`: ProfilesTOML,
		"prefect.toml": PrefectTOML, "a/pyproject.toml": PyProject,
		".env": DotEnv, ".env.local": DotEnv, "prod.env": DotEnv,
		".env.example": 0, "prod.env.template": 0, "prefect.yaml": 0, "": 0, "environment": 0,
	} {
		if got := KindOf(name); got != want {
			t.Errorf("KindOf(%q) = %d, want %d", name, got, want)
		}
	}
}
