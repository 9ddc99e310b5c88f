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
	marks := fingerprints{}
	for _, f := range files {
		path := f.inCheckout()
		for _, p := range f.problems {
			issues = append(issues, issue{
				p.Message, p.Rule.Code, marks.of(path, p), severities[p.Severity],
				location{path, lines{f.position(p.Span.Start).line}},
			})
		}
	}
	return encode(out, issues)
}

// Fingerprints tell the findings of a report apart, and know each of them again in the next one. They hold how often each was met.
type fingerprints map[string]int

// of is the fingerprint of a finding. It stays the same when lines above it come or go.
func (seen fingerprints) of(path string, p rules.Problem) string {
	subject := fmt.Sprintf("%s\x00%s\x00%s", path, p.Rule.Code, p.Message)
	seen[subject]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", subject, seen[subject]))
	return hex.EncodeToString(sum[:])
}
