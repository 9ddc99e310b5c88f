package main

import (
	"encoding/json"
	"io"

	"prefect-ls/profiles/rules"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

type jsonFinding struct {
	Path     string    `json:"path"`
	Code     string    `json:"code"`
	Severity string    `json:"severity"`
	Message  string    `json:"message"`
	Range    lsp.Range `json:"range"`
	Fixes    []jsonFix `json:"fixes"`
}

type jsonFix struct {
	Title     string         `json:"title"`
	Preferred bool           `json:"preferred"`
	Edits     []lsp.TextEdit `json:"edits"`
}

// writeJSON writes an array for programs; positions as in LSP, from 0 and in UTF-16 units.
func writeJSON(out io.Writer, files []checked) error {
	findings := []jsonFinding{}
	for _, f := range files {
		for _, p := range f.problems {
			findings = append(findings, jsonFinding{
				Path: f.slashed(), Code: p.Rule.Code, Severity: p.Severity.String(), Message: p.Message,
				Range: f.lines.Range(p.Span), Fixes: f.fixes(p),
			})
		}
	}
	return encode(out, findings)
}

func (f checked) fixes(p rules.Problem) []jsonFix {
	fixes := []jsonFix{}
	for _, fix := range f.showable(p) {
		edits := []lsp.TextEdit{}
		for _, e := range fix.Edits {
			edits = append(edits, lsp.TextEdit{Range: f.lines.Range(e.Span), NewText: e.New})
		}
		fixes = append(fixes, jsonFix{fix.Title, fix.Preferred, edits})
	}
	return fixes
}

// encode writes a value as JSON that a person can read.
func encode(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
