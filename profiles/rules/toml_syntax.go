package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
)

//go:embed toml_syntax.md
var tomlSyntaxPage string

var tomlSyntax = &Rule{
	Code:     "toml-syntax",
	Severity: Error,
	Page:     tomlSyntaxPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.TOML == nil {
			return
		}
		for _, s := range f.TOML.Problems {
			report(syntaxProblem(s))
		}
	},
}
