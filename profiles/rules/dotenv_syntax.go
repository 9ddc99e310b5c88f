package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

//go:embed dotenv_syntax.md
var dotenvSyntaxPage string

// Only lines that speak of Prefect are reported: what else stands in an .env file is for other tools to judge.
var dotenvSyntax = &Rule{
	Code:     "dotenv-syntax",
	Severity: Warning,
	Page:     dotenvSyntaxPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Env == nil || len(f.Env.Problems) == 0 {
			return
		}
		lines := text.NewLines(f.Source)
		for _, s := range f.Env.Problems {
			if isAboutEncoding(s.Span.Of(f.Source)) {
				continue // see dotenv-encoding
			}
			concerned := s.Span.Cover(lines.Span(lines.At(s.Span.Start)))
			if strings.Contains(strings.ToUpper(concerned.Of(f.Source)), "PREFECT_") {
				report(syntaxProblem(s))
			}
		}
	},
}
