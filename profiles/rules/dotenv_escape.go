package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed dotenv_escape.md
var dotenvEscapePage string

var dotenvEscape = &Rule{
	Code:     "dotenv-escape",
	Severity: Warning,
	Page:     dotenvEscapePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Env == nil {
			return
		}
		for e := range given(f) {
			if e.Binding.Quote != '"' {
				continue
			}
			inner := text.Span{Start: e.Value.Span.Start + 1, End: e.Value.Span.End - 1}
			raw := inner.Of(f.Source)
			meant, changed := withoutEscapes(raw)
			if !changed || !isFilePath(e.Setting) && !holdsWindowsPath(raw) {
				continue
			}
			report(Problem{
				Span:    e.Value.Span,
				Message: `In double quotes \n is a line end, \t a tab and so on, also in a path. Put it in single quotes.`,
				Fixes:   []Fix{{Title: "Put the path in single quotes", Preferred: true, Edits: []text.Edit{{Span: e.Value.Span, New: singleQuoted(meant)}}}},
			})
		}
	},
}

// withoutEscapes is the text between double quotes with its letters after "\" as they are. It reports whether
// python-dotenv reads any of them as something else.
func withoutEscapes(raw string) (meant string, changed bool) {
	var out strings.Builder
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' && i+1 < len(raw) {
			switch next := raw[i+1]; {
			case strings.IndexByte(`\'"`, next) >= 0:
				i++
			case strings.IndexByte("abfnrtv", next) >= 0:
				changed = true
			}
		}
		out.WriteByte(raw[i])
	}
	return out.String(), changed
}

// holdsWindowsPath reports whether s is a path with a drive letter, or a URL with one.
func holdsWindowsPath(s string) bool {
	i := strings.Index(s, `:\`)
	if i < 1 || !isLetter(s[i-1]) {
		return false
	}
	return i == 1 || s[i-2] == '/'
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func singleQuoted(s string) string {
	if strings.Contains(s, "'") || strings.Contains(s, `\\`) || strings.HasSuffix(s, `\`) || strings.Contains(s, "${") {
		return syntax.QuoteEnv(s)
	}
	return "'" + s + "'"
}
