package syntax

import "strings"

// QuoteEnv returns s as a value for an .env file, in quotes only where it would be read differently without.
// What looks like ${NAME} is written so that python-dotenv puts nothing in its place.
func QuoteEnv(s string) string { return quoteEnvWith(0, s) }

// quoteEnvWith is [QuoteEnv] with a quote to prefer, or 0.
func quoteEnvWith(quote byte, s string) string {
	s = escapeVariables(s)
	switch {
	case quote == 0 && readsUnquoted(s):
		return s
	case quote == '"' || strings.ContainsAny(s, "\n\r"):
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(s) + `"`
	}
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}

// readsUnquoted reports whether s behind "=" is read as s.
func readsUnquoted(s string) bool {
	if strings.ContainsAny(s, "\n\r") {
		return false
	}
	e := envParser{src: "=" + s, pos: 1}
	var b Binding
	return e.value(&b) && b.Text == s
}

// escapeVariables returns s such that interpolation leads back to s. There is no escape for "${",
// but the fallback of a variable that cannot exist stands for any text.
func escapeVariables(s string) string {
	if _, found := nextVariable(s); !found {
		return s
	}
	return strings.ReplaceAll(s, "${", "${:-$}{")
}
