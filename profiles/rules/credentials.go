package rules

import (
	"strings"
	"unicode"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// quoteMarks are the characters that people and word processors put around a text.
const quoteMarks = "\"'`“”‘’"

// textOf is the text that e gives a setting, if it is one and the file alone tells which.
func textOf(e *profiles.Entry) (string, bool) {
	return e.Value.Text, e.Value.Kind == syntax.String && e.Value.Text != "" && !isInterpolated(e) && !isCommentAsValue(e)
}

// trimmed is a credential without what slipped in around it: white space and quotation marks.
func trimmed(credential string) string {
	return strings.TrimFunc(credential, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(quoteMarks, r) })
}

// isPlaceholder reports whether a credential, without what slipped in around it, is there to be replaced: among others, it is one of
// the words that people write into their files until they have a key.
func isPlaceholder(credential string) bool {
	for _, prefix := range []string{"pnu_", "pnb_", "pcu_"} {
		credential = strings.TrimPrefix(credential, prefix)
	}
	return strings.Contains(credential, "...") || profiles.IsPlaceholder(credential,
		"apikey", "prefectapikey", "key", "token", "secret", "changeme", "todo", "none", "null")
}

// replaceValue is the fix that gives e another value. Its title does not show it.
func replaceValue(f *profiles.File, e *profiles.Entry, title, value string) []Fix {
	return []Fix{{Title: title, Preferred: true, Edits: []text.Edit{e.Set(f.Source, value)}}}
}
