package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"

	"prefect-ls/profiles/rules"
)

// writeGitLab writes a code quality report, which GitLab shows in merge requests.
func writeGitLab(out io.Writer, files []checked) error {
	type lines struct {
		Begin int `json:"begin"`
	}
	type location struct {
		Path  string `json:"path"`
		Lines lines  `json:"lines"`
	}
	type issue struct {
		Description string   `json:"description"`
		CheckName   string   `json:"check_name"`
		Fingerprint string   `json:"fingerprint"`
		Severity    string   `json:"severity"`
		Location    location `json:"location"`
	}
	severities := map[rules.Severity]string{rules.Error: "major", rules.Warning: "minor", rules.Information: "info", rules.Hint: "info"}
	issues := []issue{}
	seen := map[string]int{}
	for _, f := range files {
		for _, p := range f.problems {
			// The same finding keeps its fingerprint when lines above it come or go.
			subject := fmt.Sprintf("%s\x00%s\x00%s", f.slashed(), p.Rule.Code, p.Message)
			seen[subject]++
			sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", subject, seen[subject]))
			issues = append(issues, issue{
				p.Message, p.Rule.Code, hex.EncodeToString(sum[:]), severities[p.Severity],
				location{f.slashed(), lines{f.position(p.Span.Start).line}},
			})
		}
	}
	return encode(out, issues)
}
