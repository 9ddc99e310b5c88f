package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"prefect-ls/profiles/text"
)

// ParseEnv reads src by the grammar of python-dotenv 1.2 and never fails.
// A line that python-dotenv skips becomes a Broken [Binding] and a [Problem].
func ParseEnv(src string) *Env {
	e := &envParser{src: src}
	e.env.Source = src
	e.env.Bindings = make([]Binding, 0, strings.Count(src, "="))
	e.characters()
	for {
		e.skip(isEnvSpace)
		if e.pos == len(src) {
			break
		}
		e.line()
	}
	sortProblems(e.env.Problems)
	return &e.env
}

// An envParser reads src from left to right. Each of its reading methods starts at pos and leaves pos behind what it read.
type envParser struct {
	src string
	pos int
	env Env
}

// line reads one binding or comment, or skips what is left of the line at the first thing that is neither.
func (e *envParser) line() {
	var b Binding
	b.Equals = -1
	start := e.pos
	ok := e.binding(&b)
	if !ok {
		b.Broken = true
		failed := e.pos
		e.toLineEnd()
		b.Span = text.Span{Start: start, End: e.trimmed(start)}
		e.diagnose(&b, failed)
	}
	if b.Key != (text.Span{}) || b.Broken {
		e.env.Bindings = append(e.env.Bindings, b)
	}
}

// binding reads NAME=value, NAME alone, or a comment.
func (e *envParser) binding(b *Binding) bool {
	start := e.pos
	e.export(b)
	if !e.key(b) {
		return false
	}
	b.Span = text.Span{Start: start, End: e.pos}
	e.skip(isEnvBlank)
	if e.at('=') {
		b.Equals = e.pos
		e.pos++
		b.Span.End = e.pos
		if !e.value(b) {
			return false
		}
		b.Span.End = max(b.Span.End, b.Value.End)
	}
	return e.endOfLine(b)
}

// export reads the word "export" where blank space sets it off from a name.
func (e *envParser) export(b *Binding) {
	const word = "export"
	if !strings.HasPrefix(e.src[e.pos:], word) {
		return
	}
	start, end := e.pos, e.pos+len(word)
	e.pos = end
	e.skip(isEnvBlank)
	if e.pos == end {
		e.pos = start
		return
	}
	b.Export = text.Span{Start: start, End: end}
}

// key reads a name, which single quotes may surround. Before a comment there is none.
func (e *envParser) key(b *Binding) bool {
	start := e.pos
	if e.at('#') {
		return true
	}
	if e.at('\'') {
		n := strings.IndexByte(e.src[start+1:], '\'')
		if n < 1 {
			return false
		}
		e.pos = start + n + 2
		b.Name = withPythonNewlines(e.src[start+1 : e.pos-1])
	} else {
		e.skip(func(r rune) bool { return r != '=' && r != '#' && !isEnvSpace(r) })
		if e.pos == start {
			return false
		}
		b.Name = e.src[start:e.pos]
	}
	b.Key = text.Span{Start: start, End: e.pos}
	return true
}

// value reads what follows "=".
func (e *envParser) value(b *Binding) bool {
	behind := e.pos
	e.skip(isEnvBlank)
	b.Value = text.Span{Start: e.pos, End: e.pos}
	switch {
	case e.at('"') || e.at('\''):
		return e.quoted(b)
	case e.at('#') && e.pos > behind: // a comment, and no value
		b.Value = text.Span{Start: behind, End: behind}
	default:
		e.unquoted(b)
	}
	return true
}

// unquoted reads a value up to the line's end, or to blank space with a "#" behind it.
func (e *envParser) unquoted(b *Binding) {
	start := e.pos
	e.toLineEnd()
	line := e.src[start:e.pos]
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if !isEnvSpace(r) {
			i += size
			continue
		}
		rest := strings.TrimLeftFunc(line[i:], isEnvSpace)
		if strings.HasPrefix(rest, "#") {
			b.Comment = text.Span{Start: e.pos - len(rest), End: e.pos}
			line = line[:i]
			break
		}
		i = len(line) - len(rest)
	}
	b.Text = strings.TrimRightFunc(line, isEnvSpace)
	b.Value.End = start + len(b.Text)
}

// quoted reads a value in quotes, which may span lines.
func (e *envParser) quoted(b *Binding) bool {
	start, quote := e.pos, e.src[e.pos]
	escapes := false
	for i := start + 1; i < len(e.src); i++ {
		switch e.src[i] {
		case '\\':
			escapes = true
			i++
		case quote:
			e.pos = i + 1
			b.Quote = quote
			b.Value.End = e.pos
			b.Text = decodeEnv(e.src[start+1:i], quote, escapes)
			return true
		}
	}
	return false
}

// endOfLine reads the rest of a line, where only a comment may stand.
func (e *envParser) endOfLine(b *Binding) bool {
	end := e.pos
	e.skip(isEnvBlank)
	if e.at('#') {
		start := e.pos
		e.toLineEnd()
		b.Comment = text.Span{Start: start, End: e.pos}
	}
	if e.pos < len(e.src) && !isLineEnd(e.src[e.pos]) {
		e.pos = end
		return false
	}
	return true
}

// at reports whether the next byte is c.
func (e *envParser) at(c byte) bool { return e.pos < len(e.src) && e.src[e.pos] == c }

// skip skips the runes that class holds of.
func (e *envParser) skip(class func(rune) bool) {
	for e.pos < len(e.src) {
		r, size := utf8.DecodeRuneInString(e.src[e.pos:])
		if !class(r) {
			return
		}
		e.pos += size
	}
}

// toLineEnd skips to the end of the line.
func (e *envParser) toLineEnd() {
	for e.pos < len(e.src) && !isLineEnd(e.src[e.pos]) {
		e.pos++
	}
}

// trimmed is pos without the blank space before it, but not before start.
func (e *envParser) trimmed(start int) int {
	return start + len(strings.TrimRightFunc(e.src[start:e.pos], isEnvSpace))
}

// withPythonNewlines is s as Python reads it from a text file: with every line end as "\n".
func withPythonNewlines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// decodeEnv turns the source between quotes into a value.
func decodeEnv(raw string, quote byte, escapes bool) string {
	raw = withPythonNewlines(raw)
	if !escapes {
		return raw
	}
	letters, meanings := `\'`, `\'`
	if quote == '"' {
		letters, meanings = `\'"abfnrtv`, "\\'\"\a\b\f\n\r\t\v"
	}
	var out strings.Builder
	out.Grow(len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\\' && i+1 < len(raw) {
			if n := strings.IndexByte(letters, raw[i+1]); n >= 0 {
				out.WriteByte(meanings[n])
				i++
				continue
			}
		}
		out.WriteByte(raw[i])
	}
	return out.String()
}

// isEnvSpace reports whether Python counts r as white space.
func isEnvSpace(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// isEnvBlank reports whether r is white space that ends no line.
func isEnvBlank(r rune) bool { return isEnvSpace(r) && r != '\n' && r != '\r' }
