package rules

import (
	_ "embed" // the rule's page
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
)

//go:embed dotenv_encoding.md
var dotenvEncodingPage string

const byteOrderMark = "\ufeff"

// Only files that speak of Prefect are reported: what else is called .env is for other tools to read.
var dotenvEncoding = &Rule{
	Code:     "dotenv-encoding",
	Severity: Error,
	Page:     dotenvEncodingPage,
	Check: func(f *profiles.File, report func(Problem)) {
		switch {
		case f.Kind != profiles.DotEnv:
		case strings.HasPrefix(f.Source, byteOrderMark):
			bindings := f.Env.Bindings
			if len(bindings) == 0 || strings.ContainsAny(f.Source[:bindings[0].Key.Start], "\r\n") || !settings.IsPrefectName(bindings[0].Name) {
				return
			}
			report(Problem{
				Severity: Hint,
				Span:     bindings[0].Key,
				Message:  "The file starts with a byte order mark. Before release 1.2.3 python-dotenv takes it for a part of this name, and Prefect then misses the setting.",
				Fixes:    []Fix{{Title: "Remove the byte order mark", Preferred: true, Edits: []text.Edit{{Span: text.Span{End: len(byteOrderMark)}}}}},
			})
		case utf8.ValidString(f.Source):
		case strings.HasPrefix(f.Source, "\xff\xfe"), strings.HasPrefix(f.Source, "\xfe\xff"):
			if strings.Contains(strings.ReplaceAll(f.Source, "\x00", ""), "PREFECT_") {
				report(Problem{Span: text.Span{End: 2}, Message: "The file is written in UTF-16, and Prefect stops at its first byte. Save it as UTF-8; PowerShell writes it with: Set-Content -Encoding utf8"})
			}
		case strings.Contains(f.Source, "PREFECT_"):
			start := firstInvalid(f.Source)
			report(Problem{Span: text.Span{Start: start, End: start + 1}, Message: "This character is not UTF-8, and Prefect stops at it, even in a comment. Save the file as UTF-8."})
		}
	},
}

// isAboutEncoding reports whether a part of a file that a parser objects to is an encoding's and no one's line.
func isAboutEncoding(part string) bool { return part == byteOrderMark || !utf8.ValidString(part) }

// firstInvalid is where the first byte of s stands that is not UTF-8.
func firstInvalid(s string) int {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(s)
}
