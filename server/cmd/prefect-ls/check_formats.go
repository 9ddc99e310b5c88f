package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// writeConcise writes a line for each finding, as compilers do.
func writeConcise(out io.Writer, files []checked) error {
	for _, f := range files {
		for _, p := range f.problems {
			if _, err := fmt.Fprintf(out, "%s: %s[%s] %s\n", f.place(p.Span.Start), p.Severity, p.Rule.Code, p.Message); err != nil {
				return err
			}
		}
	}
	return nil
}

// place is path:line:column, counted from 1 in characters.
func (f checked) place(offset int) string {
	line := f.lines.Lines.At(offset)
	column := utf8.RuneCountInString(f.file.Source[f.lines.Lines.Span(line).Start:offset])
	return fmt.Sprintf("%s:%d:%d", f.path, line+1, column+1)
}

// writeFull shows each finding in its line, with the way out.
func writeFull(out io.Writer, files []checked) error {
	var b strings.Builder
	errors, others := 0, 0
	for _, f := range files {
		for _, p := range f.problems {
			fmt.Fprintf(&b, "%s: %s\n  --> %s\n%s", p.Severity, p.Message, f.place(p.Span.Start), f.excerpt(p.Span))
			for _, fix := range p.Fixes {
				fmt.Fprintf(&b, "  fix: %s\n", fix.Title)
			}
			fmt.Fprintf(&b, "  more: prefect-ls explain %s\n\n", p.Rule.Code)
			if p.Severity == rules.Error {
				errors++
			} else {
				others++
			}
		}
	}
	fmt.Fprintf(&b, "%s, %s in %s.\n", count(errors, "error"), count(others, "other finding"), count(len(files), "file"))
	_, err := io.WriteString(out, b.String())
	return err
}

func count(n int, what string) string {
	switch n {
	case 0:
		return "no " + what + "s"
	case 1:
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// excerpt is the first line of span with carets under it. Secrets are masked.
func (f checked) excerpt(span text.Span) string {
	line := f.lines.Lines.At(span.Start)
	extent := f.lines.Lines.Span(line)
	content := settings.MaskKeys(f.file.Masked()[extent.Start:extent.End])
	indent := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, f.file.Source[extent.Start:span.Start])
	carets := max(1, utf8.RuneCountInString(f.file.Source[span.Start:max(span.Start, min(span.End, extent.End))]))
	number := fmt.Sprint(line + 1)
	margin := strings.Repeat(" ", len(number))
	return fmt.Sprintf("%s |\n%s | %s\n%s | %s%s\n", margin, number, content, margin, indent, strings.Repeat("^", carets))
}

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
			finding := jsonFinding{
				Path: filepath.ToSlash(f.path), Code: p.Rule.Code, Severity: p.Severity.String(), Message: p.Message,
				Range: f.lines.Range(p.Span), Fixes: []jsonFix{},
			}
			for _, fix := range p.Fixes {
				edits := []lsp.TextEdit{}
				for _, e := range fix.Edits {
					edits = append(edits, lsp.TextEdit{Range: f.lines.Range(e.Span), NewText: e.New})
				}
				finding.Fixes = append(finding.Fixes, jsonFix{fix.Title, fix.Preferred, edits})
			}
			findings = append(findings, finding)
		}
	}
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(findings)
}
