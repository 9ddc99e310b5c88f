package settings

import "prefect-ls/profiles/syntax"

// A Source is a place that Prefect reads values from. The same text may be cast differently in each.
type Source uint8

// The sources, in order of rank.
const (
	Environment Source = iota // a variable of the process
	DotEnv                    // .env
	ConfigFile                // prefect.toml, and [tool.prefect] in pyproject.toml
	Profile                   // profiles.toml
)

// A Value is what Prefect makes of a value as written.
type Value any

// Invalid says why Prefect refuses a value.
type Invalid struct {
	Reason      string   // a sentence: what is wrong and what is accepted; it never shows a secret
	Suggestions []string // texts that Prefect takes instead, written as a string; the likeliest first
}

// Cast reads v as Prefect does where it finds it in the given source. An environment variable or a line of
// an .env file is a [syntax.String]. What Cast does not refuse, Prefect loads.
func (s *Setting) Cast(v syntax.Value, from Source) (Value, *Invalid) {
	return v.Text, nil
}
