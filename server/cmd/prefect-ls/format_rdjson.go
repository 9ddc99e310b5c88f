package main

import (
	"io"
	"slices"
	"strings"

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
	rdPosition struct { // counted from 1, columns in bytes; without columns the range is that of whole lines
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}
	rdCode struct {
		Value string `json:"value"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
)

// writeRDJSON writes for reviewdog.
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
				if suggestion, ok := f.rdSuggestion(p, fix); ok {
					d.Suggestions = append(d.Suggestions, suggestion)
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

// rdSuggestion is what a fix makes of the lines of its problem. Reviewdog can suggest nothing for other lines, and in GitLab nothing but
// whole ones. It reports false for a fix that goes beyond them, and where they hold a secret.
func (f checked) rdSuggestion(p rules.Problem, fix rules.Fix) (rdSuggestion, bool) {
	first, last := f.lines.Lines.At(p.Span.Start), f.lines.Lines.At(p.Span.End)
	lines := text.Span{Start: f.lines.Lines.Span(first).Start, End: len(f.file.Source)}
	if last+1 < f.lines.Lines.Count() {
		lines.End = f.lines.Lines.Span(last + 1).Start
	}
	edits := slices.Clone(fix.Edits)
	for i, e := range edits {
		if e.Span.Start < lines.Start || e.Span.End > lines.End {
			return rdSuggestion{}, false
		}
		edits[i].Span = text.Span{Start: e.Span.Start - lines.Start, End: e.Span.End - lines.Start}
	}
	source := lines.Of(f.file.Source)
	if lines.Of(f.masked) != source {
		return rdSuggestion{}, false
	}
	fixed := text.Apply(source, edits...)
	if ended, ok := strings.CutSuffix(fixed, "\n"); ok {
		fixed = strings.TrimSuffix(ended, "\r")
	} else if fixed != "" && strings.HasSuffix(source, "\n") {
		return rdSuggestion{}, false // the next line would join the last
	}
	return rdSuggestion{rdRange{rdPosition{Line: first + 1}, rdPosition{Line: last + 1}}, fixed}, true
}
