package rules

import (
	"testing"

	"prefect-ls/profiles"
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
