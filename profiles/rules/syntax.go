package rules

import "prefect-ls/profiles/syntax"

// syntaxProblem reports what a parser found. The parser's fixes are the likeliest first, so the first is preferred.
func syntaxProblem(s syntax.Problem) Problem {
	p := Problem{Span: s.Span, Message: s.Message}
	if s.Related.Len() > 0 {
		p.Related = []Related{{Span: s.Related, Message: "first defined here"}}
	}
	for i, f := range s.Fixes {
		p.Fixes = append(p.Fixes, Fix{Title: f.Title, Preferred: i == 0, Edits: f.Edits})
	}
	return p
}
