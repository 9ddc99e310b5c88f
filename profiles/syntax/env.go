package syntax

import "prefect-ls/profiles/text"

// An Env is one parsed .env file, read by the rules of python-dotenv. It never changes after [ParseEnv] returns it.
type Env struct {
	Source   string
	Bindings []Binding // in file order
	Problems []Problem // in file order
}

// A Binding is one line (or several, inside quotes) of an .env file that names a variable.
type Binding struct {
	Span    text.Span // from the key, or "export", to the end of the value
	Export  text.Span // the word "export", or zero
	Key     text.Span // with its quotes, if any
	Name    string    // the key without quotes
	Equals  int       // offset of "=", or -1: the name is then listed without a value, which does not set it
	Value   text.Span // with its quotes; empty where nothing follows "="
	Text    string    // the value without quotes and escapes, before interpolation
	Quote   byte      // the quote around the value, ' or ", or 0
	Comment text.Span // the comment on the same line, or zero
	Broken  bool      // python-dotenv skips this line; only the spans that could be made out are set
}
