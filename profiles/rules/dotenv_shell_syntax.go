package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
)

//go:embed dotenv_shell_syntax.md
var dotenvShellSyntaxPage string

var dotenvShellSyntax = &Rule{
	Code:     "dotenv-shell-syntax",
	Severity: Warning,
	Page:     dotenvShellSyntaxPage,
	Check: func(f *profiles.File, report func(Problem)) {
		const powerShell = "$env:"
		if f.Env == nil {
			return
		}
		for _, b := range f.Env.Bindings {
			if len(b.Name) <= len(powerShell) || !strings.EqualFold(b.Name[:len(powerShell)], powerShell) {
				continue
			}
			name := b.Name[len(powerShell):]
			if !settings.IsPrefectName(name) {
				continue
			}
			report(Problem{
				Span:    b.Key,
				Message: fmt.Sprintf("In an .env file, $env: is part of the name, so that %s stays as it is. Remove it.", name),
				Fixes:   []Fix{{Title: "Remove '$env:'", Preferred: true, Edits: []text.Edit{{Span: b.Key, New: name}}}},
			})
		}
	},
}
