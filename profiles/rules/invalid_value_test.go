package rules

import (
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

// TestInvalidValueSafety shows that a fix which may decide on the server is left to a person.
func TestInvalidValueSafety(t *testing.T) {
	for source, safe := range map[string]bool{
		"PREFECT_LOGGING_LEVEL=WARN\n":               true,
		"PREFECT_DEBUG_MODE=ture\n":                  true,
		"PREFECT_SERVER_EPHEMERAL_ENABLED=ture\n":    false,
		"PREFECT_SERVER_ALLOW_EPHEMERAL_MODE=ture\n": false,
	} {
		fixes := 0
		for _, p := range Check(profiles.Read(profiles.DotEnv, source)) {
			if p.Rule != invalidValue {
				continue
			}
			for _, fix := range p.Fixes {
				fixes++
				if fix.Safe != safe {
					t.Errorf("%s%q is safe: %v, want %v", source, fix.Title, fix.Safe, safe)
				}
			}
		}
		if fixes == 0 {
			t.Errorf("%shas no fix", source)
		}
	}
}

// TestInvalidValueRemoval takes a value out of each kind of file, wherever that may keep it.
func TestInvalidValueRemoval(t *testing.T) {
	for _, c := range []struct{ file, source, want string }{
		{".env", "A=1\nexport PREFECT_DEBUG_MODE=ture # why\nB=2", "A=1\nB=2"},
		{"profiles.toml", "[profiles.p]\nPREFECT_DEBUG_MODE = \"ture\"\nPREFECT_UI_URL = \"x\"\n", "[profiles.p]\nPREFECT_UI_URL = \"x\"\n"},
		{"profiles.toml", "[profiles]\np = { PREFECT_DEBUG_MODE = \"ture\", PREFECT_UI_URL = \"x\" }\n", "[profiles]\np = { PREFECT_UI_URL = \"x\" }\n"},
		{"prefect.toml", "debug_mode = 7 # why\n[api]\nurl = \"http://x/api\"\n", "[api]\nurl = \"http://x/api\"\n"},
		{"prefect.toml", "[client.custom_headers]\na = 1\nb = \"x\"\n\n[api]\nurl = \"http://x/api\"\n", "[api]\nurl = \"http://x/api\"\n"},
		{"pyproject.toml", "[tool.prefect]\nlogging = { colors = 7 }\n", "[tool.prefect]\nlogging = {  }\n"},
	} {
		f := profiles.Read(profiles.KindOf(c.file), c.source)
		problems := Check(f)
		if len(problems) != 1 || problems[0].Rule != invalidValue {
			t.Fatalf("%s has %v", c.source, problems)
		}
		fix := problems[0].Fixes[len(problems[0].Fixes)-1]
		if got := text.Apply(c.source, fix.Edits...); fix.Title != "Remove to use the default" || fix.Preferred || got != c.want {
			t.Errorf("%q makes\n%s\nof\n%s", fix.Title, got, c.source)
		}
	}
}
