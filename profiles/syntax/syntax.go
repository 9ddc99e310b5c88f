// Package syntax turns the text of TOML and .env files into trees that know where everything stands.
//
// Parsing never fails: what cannot be read becomes a [Problem], and the tree holds the rest.
// All offsets are bytes.
package syntax

import "prefect-ls/profiles/text"

// A Problem is one place where a file breaks its grammar.
type Problem struct {
	Span    text.Span
	Message string    // what is wrong and how to mend it, for the person who wrote the file
	Related text.Span // for a duplicate, where the name was first defined; else zero
	Fixes   []Fix     // the likeliest first
}

// A Fix is one way to mend a problem.
type Fix struct {
	Title string
	Edits []text.Edit
}
