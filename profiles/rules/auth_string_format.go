package rules

import (
	_ "embed" // the rule's page
	"encoding/base64"
	"strings"
	"unicode"

	"prefect-ls/profiles"
)

//go:embed auth_string_format.md
var authStringFormatPage string

// Its messages and titles never show any part of the secret.
var authStringFormat = &Rule{
	Code:     "auth-string-format",
	Severity: Warning,
	Page:     authStringFormatPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f, "PREFECT_API_AUTH_STRING", "PREFECT_SERVER_API_AUTH_STRING") {
			secret, ok := textOf(e)
			if !ok {
				continue
			}
			bare := trimmed(secret)
			p := Problem{Span: e.Value.Span}
			switch decoded, isEncoded := fromBase64(bare); {
			case strings.TrimSpace(secret) != secret:
				p.Message = "White space around the user and password is part of them: client and server only agree if both have it. Remove it."
				p.Fixes = replaceValue(f, e, "Remove the white space", bare)
			case isQuoted(secret):
				p.Message = "The quotation marks are part of the user and password: client and server only agree if both have them. Remove them."
				p.Fixes = replaceValue(f, e, "Remove the quotation marks", bare)
			case isEncoded:
				p.Message = "This looks like base64. Prefect encodes it itself: write user:password in the clear."
				p.Fixes = replaceValue(f, e, "Decode it", decoded)
			case !strings.Contains(secret, ":"):
				p.Severity = Information
				p.Message = "The form is user:password. Prefect takes this too, but other programs, such as curl or a proxy, cannot sign in without a colon."
			default:
				continue
			}
			report(p)
		}
	},
}

// isQuoted reports whether quotation marks stand on both sides of s.
func isQuoted(s string) bool {
	return len(s) > 1 && strings.TrimLeft(s, quoteMarks) != s && strings.TrimRight(s, quoteMarks) != s
}

// fromBase64 decodes user:password that was encoded as for an HTTP header.
func fromBase64(s string) (string, bool) {
	decoded, err := base64.StdEncoding.DecodeString(s)
	plain := string(decoded)
	user, _, pair := strings.Cut(plain, ":")
	isOdd := func(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsPrint(r) }
	return plain, err == nil && pair && user != "" && !strings.ContainsFunc(plain, isOdd)
}
