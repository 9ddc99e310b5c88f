package syntax

import "prefect-ls/profiles/text"

// A TOML is one parsed TOML 1.0 file. It never changes after [ParseTOML] returns it.
type TOML struct {
	Source     string
	Statements []Statement // in file order
	Comments   []text.Span // every comment, in file order, from "#" to the line's end
	Problems   []Problem   // in file order
}

// A StatementKind tells what a Statement is.
type StatementKind uint8

// The kinds of statements.
const (
	Pair        StatementKind = iota // key = value
	Header                           // [table]
	ArrayHeader                      // [[array of tables]]
	Junk                             // a line that is none of these
)

// A Statement is a key/value pair, a table header, or a line that is neither.
type Statement struct {
	Kind    StatementKind
	Span    text.Span // without indentation, trailing comment and line end
	Key     []KeyPart // of a pair or header; may be empty in a broken file
	Equals  int       // offset of "=" in a pair, or -1 while it is missing
	Value   Value     // of a pair; its Kind is Missing while nothing is there
	Comment text.Span // the comment on the same line, or zero
	Header  int       // index in TOML.Statements of the header that a pair stands under, or -1
	partial bool      // a name of the key is missing, so that the whole key is not known
}

// A KeyPart is one name of a dotted key.
type KeyPart struct {
	Span text.Span // with its quotes
	Text string    // without quotes and escapes
}

// Names are the names of a key, without their places.
func Names(key []KeyPart) []string {
	names := make([]string, len(key))
	for i, k := range key {
		names[i] = k.Text
	}
	return names
}

// IsHeader reports whether s starts a table.
func (s *Statement) IsHeader() bool { return s.Kind == Header || s.Kind == ArrayHeader }

// A ValueKind is the TOML type of a value.
type ValueKind uint8

// The kinds of values. Bad is text that is no TOML value, such as an unquoted word.
const (
	Missing ValueKind = iota
	String
	Integer
	Float
	Boolean
	DateTime
	Array
	InlineTable
	Bad
)

// A Value is what stands on the right of "=" or inside an array.
type Value struct {
	Kind     ValueKind
	Span     text.Span
	Text     string      // a string's contents, decoded; any other scalar as written
	Elements []Value     // of an array
	Pairs    []Statement // of an inline table
}

// HeaderAt is the header of the table that a line at offset stands under, or nil above the first one.
func (t *TOML) HeaderAt(offset int) *Statement {
	var header *Statement
	for i := range t.Statements {
		s := &t.Statements[i]
		if s.Span.Start > offset {
			break
		}
		if s.IsHeader() {
			header = s
		}
	}
	return header
}
