package rules

import (
	"slices"
	"testing"

	"prefect-ls/profiles"
)

// TestSuppress shows which of two mistakes, in lines 2 and 3, is still reported under which comments.
func TestSuppress(t *testing.T) {
	const first, second = "PREFECT_LOGGING_LEVEL=WARN", "PREFECT_API_ULR=x"
	for source, want := range map[string][]string{
		"#\n" + first + "\n" + second:                                                                       {"invalid-value", "unknown-setting"},
		"# prefect-ls: ignore[invalid-value]\n" + first + "\n" + second:                                     {"unknown-setting"},
		"# prefect-ls: ignore[unknown-setting]\n" + first + "\n" + second:                                   {"invalid-value", "unknown-setting"},
		"#\n" + first + " # prefect-ls: ignore[invalid-value]\n" + second:                                   {"unknown-setting"},
		"#\n" + first + " # prefect-ls: ignore[unknown-setting]\n" + second:                                 {"invalid-value", "unknown-setting"},
		"#\n" + first + "\n" + second + " # why: prefect-ls\n# prefect-ls: ignore-file[unknown-setting, x]": {"invalid-value"},
		"# prefect-ls: ignore-file[invalid-value,unknown-setting]\n" + first + "\n" + second:                nil,
		"# prefect-ls: ignore\n" + first + "\n" + second:                                                    {"invalid-value", "unknown-setting"},
		"# prefect-ls: ignore-file[invalid-value\n" + first + "\n" + second:                                 {"invalid-value", "unknown-setting"},
	} {
		var got []string
		for _, p := range Check(profiles.Read(profiles.DotEnv, source)) {
			got = append(got, p.Rule.Code)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s\nreports %v, want %v", source, got, want)
		}
	}
}
