package protocol

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles/rules"
)

// TestManifest keeps what package.json says of the rules, for completion in VS Code's settings. To renew it: make generate.
func TestManifest(t *testing.T) {
	const path = "../package.json"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`(?s)("prefect\.diagnostics\.severity": \{.*?"enum": )\[.*?\]`)
	want := place.ReplaceAllString(string(raw), "${1}"+codes())
	if !strings.Contains(want, codes()) {
		t.Fatalf("%s has no place for the codes of the rules", path)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	} else if string(raw) != want {
		t.Errorf("%s is stale; run: make generate", path)
	}
	if !json.Valid([]byte(want)) {
		t.Errorf("%s would be no JSON", path)
	}
}

// codes lists those of all rules, as package.json is formatted.
func codes() string {
	var lines []string
	for _, rule := range rules.All() {
		lines = append(lines, fmt.Sprintf("              %q", rule.Code))
	}
	slices.Sort(lines)
	return "[\n" + strings.Join(lines, ",\n") + "\n            ]"
}
