package main

import (
	"io"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/text"
)

// The part of the Reviewdog Diagnostic Format that findings need.
type (
	rdReport struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
	}
	rdLocation struct {
		Path  string  `json:"path"`
		Range rdRange `json:"range"`
	}
	rdRange struct {
		Start rdPosition `json:"start"`
		End   rdPosition `json:"end"`
	}
	rdPosition struct { // counted from 1, columns in bytes
		Line   int `json:"line"`
		Column int `json:"column"`
	}
	rdCode struct {
		Value string `json:"value"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
)

// writeRDJSON writes for reviewdog. A fix of several edits is left out, as the format takes each edit for a fix of its own.
func writeRDJSON(out io.Writer, files []checked) error {
	report := rdReport{rdSource{"prefect-ls"}, []rdDiagnostic{}}
	severities := map[rules.Severity]string{rules.Error: "ERROR", rules.Warning: "WARNING", rules.Information: "INFO", rules.Hint: "INFO"}
	for _, f := range files {
		for _, p := range f.problems {
			d := rdDiagnostic{
				Message: p.Message, Location: rdLocation{f.slashed(), f.rdRange(p.Span)},
				Severity: severities[p.Severity], Code: rdCode{p.Rule.Code},
			}
			for _, fix := range f.showable(p) {
				if len(fix.Edits) == 1 {
					d.Suggestions = append(d.Suggestions, rdSuggestion{f.rdRange(fix.Edits[0].Span), fix.Edits[0].New})
				}
			}
			report.Diagnostics = append(report.Diagnostics, d)
		}
	}
	return encode(out, report)
}

func (f checked) rdRange(s text.Span) rdRange {
	return rdRange{f.rdPosition(s.Start), f.rdPosition(s.End)}
}

func (f checked) rdPosition(offset int) rdPosition {
	line := f.lines.Lines.At(offset)
	return rdPosition{line + 1, offset - f.lines.Lines.Span(line).Start + 1}
}
