package rules

import (
	"slices"
	"testing"
)

// TestSuppress shows which of two mistakes, in lines 2 and 3, is still reported under which comments, and that nothing else says the same.
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
		read, in := resolve(nil, map[string]string{"work/.env": source})
		f := read["work/.env"]
		for where, problems := range map[string][]Problem{"alone": Check(f), "in effect": CheckInEffect(f, Check(f), in, Facts{})} {
			var got []string
			for _, p := range problems {
				got = append(got, p.Rule.Code)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, %s, reports %v, want %v", source, where, got, want)
			}
		}
	}
}
