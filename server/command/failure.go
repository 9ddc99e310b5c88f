package command

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Failure is an error that the person can do something about.
type Failure struct {
	Err     error
	Actions []Action
}

// Error implements error.
func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap is the error itself.
func (f *Failure) Unwrap() error { return f.Err }

// Sentence is an error as a person is told it.
func Sentence(err error) string {
	text := err.Error()
	if word, _, _ := strings.Cut(text, " "); !strings.Contains(word, ".") { // the name of a file is written as it is
		first, size := utf8.DecodeRuneInString(text)
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	if last, _ := utf8.DecodeLastRuneInString(text); strings.ContainsRune(".!?)", last) {
		return text
	}
	return text + "."
}
