package rules

import (
	_ "embed" // the rule's page

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

//go:embed empty_value.md
var emptyValuePage string

// Where Prefect refuses an empty text, invalid-value says so. It does not drop empty variables (env_ignore_empty).
var emptyValue = &Rule{
	Code:     "empty-value",
	Severity: Information,
	Page:     emptyValuePage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f) {
			if e.Value.Kind != syntax.String || e.Value.Text != "" {
				continue
			}
			p := Problem{Span: place(e), Fixes: []Fix{{Title: "Remove the empty setting", Edits: removal(f, e)}}}
			switch {
			case e.Setting.Name == "PREFECT_API_URL":
				p.Severity = Warning
				p.Message = "An empty URL counts as set, but names no server: one part of Prefect takes it for a server, another for none. Remove the line to leave it unset."
			case e.Setting.Name == "PREFECT_SERVER_API_AUTH_STRING":
				p.Severity = Warning
				p.Message = "An empty auth string does not turn the login off: the server then refuses every client. Remove the line to turn it off."
			case e.Setting.Kind == settings.Path:
				p.Severity = Warning
				p.Message = "An empty path means the directory that the program runs in. Remove the line to use the default."
			case e.Setting.Kind == settings.String && e.Setting.Nullable:
				p.Message = "An empty value counts as set, and hides the value of every source of lower rank. Remove the line to leave it unset."
			default:
				continue
			}
			report(p)
		}
	},
}
