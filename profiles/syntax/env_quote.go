package syntax

import "strings"

// QuoteEnv returns s as a value for an .env file, in quotes only where it would be read differently without.
// What looks like ${NAME} is written so that python-dotenv puts nothing in its place.
func QuoteEnv(s string) string {
	s = escapeVariables(s)
	if s == "" || !needsEnvQuotes(s) {
		return s
	}
	if strings.ContainsAny(s, "\n\r") {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`).Replace(s) + `"`
	}
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}

// needsEnvQuotes reports whether python-dotenv reads s without quotes as something else.
func needsEnvQuotes(s string) bool {
	e := envParser{src: "=" + s, pos: 1}
	var b Binding
	return !e.value(&b) || b.Quote != 0 || b.Text != s
}

// escapeVariables returns s such that interpolation leads back to s. There is no escape for "${",
// but the default of a variable that cannot exist stands for any text.
func escapeVariables(s string) string {
	if _, found := nextVariable(s); !found {
		return s
	}
	return strings.ReplaceAll(s, "${", "${:-$}{")
}
