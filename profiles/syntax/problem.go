package syntax

import (
	"slices"

	"prefect-ls/profiles/text"
)

// sortProblems puts problems in file order, keeping the order of those at one place.
func sortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Span.Start - b.Span.Start })
}

// replacement is a fix that puts written in place of span.
func replacement(title string, span text.Span, written string) Fix {
	return Fix{Title: title, Edits: []text.Edit{{Span: span, New: written}}}
}

// insertion is a fix that adds written at offset.
func insertion(title string, offset int, written string) Fix {
	return replacement(title, text.Span{Start: offset, End: offset}, written)
}

// deletion is a fix that takes span out.
func deletion(title string, span text.Span) Fix { return replacement(title, span, "") }
