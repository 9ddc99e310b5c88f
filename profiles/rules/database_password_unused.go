package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

//go:embed database_password_unused.md
var databasePasswordUnusedPage string

// See src/prefect/settings/models/server/database.py, warn_on_database_password_value_without_usage, and
// src/prefect/settings/models/root.py, post_hoc_settings.
var databasePasswordUnused = &Rule{
	Code:     "database-password-unused",
	Severity: Warning,
	Page:     databasePasswordUnusedPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for s := range scopes(f, "PREFECT_SERVER_DATABASE_CONNECTION_URL") {
			at := s.entry("PREFECT_SERVER_DATABASE_CONNECTION_URL")
			if at == nil {
				continue
			}
			url, known := textOf(at)
			if !known {
				continue
			}
			if name := bareVariable(url); name != "" {
				report(withoutBraces(f, at, name))
				continue
			}
			if e := s.entry(passwordNames[0]); e != nil && !namesPassword(url) {
				if password, known := textOf(e); known && !strings.Contains(url, password) && !strings.Contains(url, percentEncoded(password)) {
					report(Problem{
						Span:    e.Key,
						Message: fmt.Sprintf("This password is not used, because %s does not mention it. Write ${PREFECT_SERVER_DATABASE_PASSWORD} in the URL where it belongs.", shown(f.Kind, at.Setting.Name)),
						Related: []Related{{Span: at.Key, Message: "the URL that is used"}},
					})
				}
			}
		}
	},
}

// The names that Prefect replaces by the password where they stand in braces, the setting's own first.
var passwordNames = [...]string{"PREFECT_SERVER_DATABASE_PASSWORD", "PREFECT_API_DATABASE_PASSWORD"}

func namesPassword(url string) bool {
	return strings.Contains(url, passwordNames[0]) || strings.Contains(url, passwordNames[1])
}

// bareVariable is the variable of the password if url names it without the braces that Prefect looks for.
func bareVariable(url string) string {
	for _, name := range passwordNames {
		if strings.Contains(url, "$"+name) {
			return "$" + name
		}
	}
	return ""
}

func withoutBraces(f *profiles.File, e *profiles.Entry, name string) Problem {
	braced := "${" + name[1:] + "}"
	p := Problem{Span: e.Value.Span, Message: fmt.Sprintf("Prefect puts the password in place of %s only; without the braces, this text is the password.", braced)}
	if i := strings.Index(e.Value.Span.Of(f.Source), name); i >= 0 {
		start := e.Value.Span.Start + i
		edit := text.Edit{Span: text.Span{Start: start, End: start + len(name)}, New: braced}
		p.Fixes = []Fix{{Title: "Add the braces", Preferred: true, Edits: []text.Edit{edit}}}
	}
	return p
}

// percentEncoded is s as Python's quote_plus writes it in a URL.
func percentEncoded(s string) string {
	var out strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ':
			out.WriteByte('+')
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("_.-~", c) >= 0:
			out.WriteByte(c)
		default:
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}
