package syntax

import (
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles/text"
)

// stringValue reads a string of any of the four kinds.
func (p *parser) stringValue() Value {
	start := p.pos
	var decoded string
	if quotes := p.src[start : start+1]; strings.HasPrefix(p.src[start:], tripled(quotes)) {
		decoded = p.tripleQuoted()
	} else {
		decoded = p.quoted()
	}
	return Value{Kind: String, Span: text.Span{Start: start, End: p.pos}, Text: decoded}
}

// quoted reads a string on one line and returns its contents. A string that is not closed ends with its line.
func (p *parser) quoted() string {
	start, quote := p.pos, p.src[p.pos]
	escapes := false
	for i := start + 1; i < len(p.src); i++ {
		switch c := p.src[i]; {
		case c == quote:
			p.pos = i + 1
			return p.contents(text.Span{Start: start, End: p.pos}, escapes)
		case c == '\n' || c == '\r':
			p.pos = i
			return p.unclosedString(start)
		case c == '\\' && quote == '"':
			escapes = true
			if i+1 < len(p.src) && p.src[i+1] != '\n' && p.src[i+1] != '\r' {
				i++
			}
		}
	}
	p.pos = len(p.src)
	return p.unclosedString(start)
}

// unclosedString ends a string at pos, the end of its line. Mistakes in its contents wait until it is closed.
func (p *parser) unclosedString(start int) string {
	p.pos = p.trimmed(start + 1)
	span := text.Span{Start: start, End: p.pos}
	p.diagnoseUnclosed(span)
	return p.src[start+1 : p.pos]
}

// tripleQuoted reads a string that may span lines and returns its contents.
func (p *parser) tripleQuoted() string {
	start, quote := p.pos, p.src[p.pos]
	content := start + 3
	end, escapes, closed := closingTriple(p.src, content, quote)
	if !closed || !p.endsCleanly(end) {
		if cut, found := statementAfter(p.src[:end], content); found || !closed {
			p.pos = cut
			p.pos = p.trimmed(content)
			quotes := p.src[start:content]
			p.report(text.Span{Start: start, End: content}, "This text is not closed. Put "+quotes+" behind it.",
				insertion("Close the text", p.pos, quotes))
			return p.multiline(text.Span{Start: start, End: p.pos}, content, p.pos, escapes)
		}
	}
	p.pos = end
	return p.multiline(text.Span{Start: start, End: end}, content, end-3, escapes)
}

// multiline decodes the contents src[from:to] of the tripled string that span covers.
func (p *parser) multiline(span text.Span, from, to int, escapes bool) string {
	raw := p.src[from:to]
	if strings.HasPrefix(raw, "\r\n") {
		raw = raw[2:]
	} else if strings.HasPrefix(raw, "\n") {
		raw = raw[1:]
	}
	if escapes {
		return p.unescape(span, to-len(raw), to, true)
	}
	return withNewlines(raw)
}

// contents decodes the string on one line that span covers.
func (p *parser) contents(span text.Span, escapes bool) string {
	if escapes {
		return p.unescape(span, span.Start+1, span.End-1, false)
	}
	return p.src[span.Start+1 : span.End-1]
}

// withNewlines is a text with all line ends as tomllib gives them: "\n".
func withNewlines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// closingTriple finds where a string whose contents start at offset ends, behind its three closing quotes.
// Up to two more quotes right before those belong to the contents. Without closing quotes, the end is that of src.
func closingTriple(src string, offset int, quote byte) (end int, escapes, closed bool) {
	for i := offset; i < len(src); i++ {
		switch {
		case src[i] == '\\' && quote == '"':
			escapes = true
			i++
		case src[i] == quote && strings.HasPrefix(src[i:], tripled(src[i:i+1])):
			for range 2 {
				if i+3 < len(src) && src[i+3] == quote {
					i++
				}
			}
			return i + 3, escapes, true
		}
	}
	return len(src), escapes, false
}

// endsCleanly reports whether what follows a value at offset is what may follow one. If not, the quotes before
// it more likely open the next string than close this one.
func (p *parser) endsCleanly(offset int) bool {
	rest := strings.TrimLeft(p.src[offset:], " \t")
	if rest == "" || rest[0] == '\n' || rest[0] == '\r' || rest[0] == '#' {
		return true
	}
	return len(p.open) > 0 && strings.IndexByte(",]}", rest[0]) >= 0
}

// statementAfter finds the end of the line before the first line behind offset that starts like a statement,
// or the end of src.
func statementAfter(src string, offset int) (end int, found bool) {
	for {
		n := strings.IndexByte(src[offset:], '\n')
		if n < 0 {
			return len(src), false
		}
		offset += n + 1
		if startsStatement(src[offset:]) {
			return offset - 1, true
		}
	}
}

// unescape decodes src[from:to] of a basic string. It reports the first escape that TOML does not know,
// with mends for the whole string: where one backslash is meant as such, all are.
func (p *parser) unescape(literal text.Span, from, to int, multiline bool) string {
	var out strings.Builder
	out.Grow(to - from)
	reported := false
	for i := from; i < to; {
		slash := strings.IndexByte(p.src[i:to], '\\')
		if slash < 0 {
			out.WriteString(withNewlines(p.src[i:to]))
			break
		}
		out.WriteString(withNewlines(p.src[i : i+slash]))
		i += slash
		e := readEscape(p.src[i:to], multiline)
		out.WriteString(e.text)
		if e.problem != "" && !reported {
			reported = true
			p.diagnoseEscape(literal, text.Span{Start: i, End: i + e.length}, e)
		}
		i += e.length
	}
	return out.String()
}

// An escape is what a backslash in a basic string, with what follows, stands for.
type escape struct {
	length  int    // in bytes of the source
	text    string // what it stands for; the source itself if it is no escape
	problem string // why it is none in TOML 1.0
	instead string // what TOML 1.0 writes instead, for an escape of TOML 1.1
}

// readEscape reads the escape that s starts with.
func readEscape(s string, multiline bool) escape {
	if len(s) == 1 {
		return escape{length: 1, text: s, problem: "A backslash cannot stand last."}
	}
	switch c := s[1]; c {
	case 'b', 't', 'n', 'f', 'r', '"', '\\':
		return escape{length: 2, text: string("\b\t\n\f\r\"\\"[strings.IndexByte(`btnfr"\`, c)])}
	case 'u':
		return readCodePoint(s, 4)
	case 'U':
		return readCodePoint(s, 8)
	case 'x':
		e := readCodePoint(s, 2)
		if e.problem == "" {
			e.problem, e.instead = "The escape "+s[:4]+" needs TOML 1.1.", `\u00`+s[2:4]
		}
		return e
	case 'e':
		return escape{length: 2, text: "\x1b", problem: `The escape \e needs TOML 1.1.`, instead: `\u001b`}
	}
	if n := lineContinuation(s); multiline && n > 0 {
		return escape{length: n}
	}
	_, size := utf8.DecodeRuneInString(s[1:])
	return escape{length: 1 + size, text: s[:1+size], problem: s[:1+size] + " is no escape that TOML knows."}
}

// readCodePoint reads a backslash, a letter and the given number of hexadecimal digits.
func readCodePoint(s string, digits int) escape {
	var r rune
	for i := range digits {
		d := -1
		if 2+i < len(s) {
			d = hexDigit(s[2+i])
		}
		if d < 0 {
			return escape{length: 2, text: s[:2], problem: s[:2] + " starts the code of a character and must be followed by " +
				[]string{2: "2", 4: "4", 8: "8"}[digits] + " hexadecimal digits."}
		}
		r = r<<4 | rune(d)
	}
	if !utf8.ValidRune(r) {
		return escape{length: 2 + digits, text: s[:2+digits], problem: s[:2+digits] + " is the code of no character."}
	}
	return escape{length: 2 + digits, text: string(r)}
}

// hexDigit is the value of a hexadecimal digit, or -1.
func hexDigit(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// lineContinuation is the length of a backslash at a line's end with all blank space and line ends behind it, or 0.
func lineContinuation(s string) int {
	i := 1
	for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
		i++
	}
	if !strings.HasPrefix(s[i:], "\n") && !strings.HasPrefix(s[i:], "\r\n") {
		return 0
	}
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || strings.HasPrefix(s[i:], "\r\n")) {
		i++
	}
	return i
}

// tripled is three of a quote.
func tripled(quote string) string {
	if quote == `"` {
		return `"""`
	}
	return `'''`
}
