package feature

import (
	"strings"

	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// FoldingRange lists what can be folded away: tables, values of several lines, and comments of several lines.
func FoldingRange(snap *session.Snapshot, params *lsp.FoldingRangeParams) ([]lsp.FoldingRange, error) {
	folds := []lsp.FoldingRange{}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return folds, nil
	}
	lines := doc.Map.Lines
	add := func(first, last int, kind *string) {
		if first < last {
			folds = append(folds, lsp.FoldingRange{StartLine: lsp.UInteger(first), EndLine: lsp.UInteger(last), Kind: kind}) //nolint:gosec // lines of a text
		}
	}
	for _, t := range tablesOf(doc.File) {
		add(lines.At(t.span.Start), lines.At(t.span.End), nil)
	}
	for _, span := range values(doc) {
		add(lines.At(span.Start), lines.At(span.End), nil)
	}
	comment := string(lsp.FoldingRangeKindComment)
	first := -1 // line of the comment that goes on
	for line := range lines.Count() {
		isComment := strings.HasPrefix(strings.TrimLeft(lines.Span(line).Of(doc.Text), " \t"), "#") && !startsInside(doc.File, lines.Span(line).Start)
		switch {
		case isComment && first < 0:
			first = line
		case !isComment && first >= 0:
			add(first, line-1, &comment)
			first = -1
		}
	}
	if first >= 0 {
		add(first, lines.Count()-1, &comment)
	}
	return folds, nil
}

// values are the places of all values of a file.
func values(doc *session.Document) []text.Span {
	var spans []text.Span
	if doc.File.Env != nil {
		for i := range doc.File.Env.Bindings {
			spans = append(spans, doc.File.Env.Bindings[i].Span)
		}
		return spans
	}
	for i := range doc.File.TOML.Statements {
		if s := &doc.File.TOML.Statements[i]; s.Kind == syntax.Pair {
			spans = append(spans, s.Span)
		}
	}
	return spans
}
