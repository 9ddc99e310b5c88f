package syntax

import (
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles/text"
)

// A place says where a key stands, and with that what ends it.
type place string

const (
	onLine   place = "=:"
	inHeader place = "]"
	inTable  place = "=:,}"
)

// pair reads key = value. It reports false, and nothing else, where the text is too far from a pair to tell its parts.
func (p *parser) pair(where place) (s Statement, ok bool) {
	if !p.startsKey(where) {
		return s, false
	}
	s = Statement{Kind: Pair, Equals: -1, Header: -1}
	problems := len(p.tree.Problems)
	p.shellWord()
	start := p.pos
	s.Key, s.partial = p.key(where)
	end := p.pos
	p.blank()
	if !p.at('=') && !p.at(':') {
		p.spacedKey(&s, where)
	}
	switch {
	case p.at('='):
		s.Equals, end = p.pos, p.pos+1
		p.pos++
		p.blank()
		s.Value = p.value()
		if s.Value.Kind == Missing {
			s.Value.Span = text.Span{Start: end, End: end}
			p.report(text.Span{Start: start, End: end}, "The value is missing. For an empty text write \"\".", insertion("Add an empty text", end, ` ""`))
		}
	case p.at(':') && p.colonMeansEquals():
		p.report(text.Span{Start: p.pos, End: p.pos + 1}, "TOML puts = between a name and its value, not a colon.",
			replacement("Replace ':' by '='", text.Span{Start: end, End: p.pos + 1}, p.equalsFor(p.pos+1)))
		p.pos++
		p.blank()
		s.Value = p.value()
	default:
		p.pos = end
		if s.Value, ok = p.valueWithoutEquals(start, where); !ok {
			p.tree.Problems = p.tree.Problems[:problems]
			return s, false
		}
	}
	s.Span = text.Span{Start: start, End: max(end, s.Value.Span.End)}
	return s, true
}

// startsKey reports whether a key may start here. A character that no bare key holds is good enough if "=" follows,
// because then the line is a pair whose key only lacks its quotes.
func (p *parser) startsKey(where place) bool {
	if p.atLineEnd() {
		return false
	}
	rest := p.src[p.pos:]
	if c := rest[0]; isBareKey(c) || c == '"' || c == '\'' {
		return !strings.HasPrefix(rest, `"""`) && !strings.HasPrefix(rest, `'''`)
	}
	if where != onLine || strings.HasPrefix(rest, "//") || rest[0] == ';' || isConflictMarker(rest) {
		return where == inTable && (rest[0] == '=' || rest[0] >= utf8.RuneSelf)
	}
	return p.equalsAhead()
}

// equalsAhead reports whether "=" follows on this line, before any comment.
func (p *parser) equalsAhead() bool {
	for i := p.pos; i < len(p.src); i++ {
		switch p.src[i] {
		case '=':
			return true
		case '\n', '\r', '#':
			return false
		}
	}
	return false
}

// key reads the names of a dotted key, and reports whether one of them is missing.
func (p *parser) key(where place) (key []KeyPart, partial bool) {
	first := len(p.parts)
	for {
		p.blank()
		if part, ok := p.keyPart(where); ok {
			p.parts = append(p.parts, part)
		} else {
			partial = true
			p.missingName(len(p.parts) > first)
		}
		end := p.pos
		p.blank()
		if !p.at('.') {
			p.pos = end
			return p.parts[first:len(p.parts):len(p.parts)], partial
		}
		p.pos++
	}
}

// missingName reports that no name stands here, be it at the start of a key or after its dot.
func (p *parser) missingName(afterDot bool) {
	span := text.Span{Start: p.pos, End: p.pos}
	if !afterDot {
		p.report(span, "A name is missing here.")
		return
	}
	dot := text.Span{Start: strings.LastIndexByte(p.src[:p.pos], '.'), End: p.pos}
	p.report(dot, "A name is missing after the dot.", deletion("Remove the dot", dot))
}

// keyPart reads one name.
func (p *parser) keyPart(where place) (KeyPart, bool) {
	start := p.pos
	if (p.at('"') || p.at('\'')) && p.quoteCloses() {
		decoded := p.quoted()
		return KeyPart{Span: text.Span{Start: start, End: p.pos}, Text: decoded}, true
	}
	for p.pos < len(p.src) && isBareKey(p.src[p.pos]) {
		p.pos++
	}
	if p.endsName(where) {
		span := text.Span{Start: start, End: p.pos}
		return KeyPart{Span: span, Text: span.Of(p.src)}, span.Len() > 0
	}
	for !p.endsName(where) {
		p.pos++
		p.blank()
	}
	return p.unquotedName(start), true
}

// quoteCloses reports whether the quote here has a second one on its line.
func (p *parser) quoteCloses() bool {
	for i := p.pos + 1; i < len(p.src) && p.src[i] != '\n' && p.src[i] != '\r'; i++ {
		if p.src[i] == p.src[p.pos] {
			return true
		}
	}
	return false
}

// endsName reports whether an unquoted name cannot go on here.
func (p *parser) endsName(where place) bool {
	if p.atLineEnd() {
		return true
	}
	c := p.src[p.pos]
	if isBlank(c) && where == inHeader {
		return !p.nameGoesOn()
	}
	return c == '.' || c == '#' || isBlank(c) || strings.IndexByte(string(where), c) >= 0
}

// nameGoesOn reports whether more of a header's name follows the blank space here, as in [my profile].
func (p *parser) nameGoesOn() bool {
	for i := p.pos; i < len(p.src); i++ {
		if c := p.src[i]; !isBlank(c) {
			return strings.IndexByte("\n\r.#]", c) < 0
		}
	}
	return false
}

// spacedKey makes one name of all that stands before "=" in a pair such as: my key = 1.
func (p *parser) spacedKey(s *Statement, where place) {
	if where != onLine || len(s.Key) == 0 || !p.equalsAhead() {
		return
	}
	last := &s.Key[len(s.Key)-1]
	length := strings.IndexByte(p.src[p.pos:], '=')
	if strings.ContainsAny(p.src[last.Span.Start:p.pos+length], "\"'[]{}:,") {
		return
	}
	p.pos += length
	*last = p.unquotedName(last.Span.Start)
}

// unquotedName is the name from start to here, reported because it needs quotes.
func (p *parser) unquotedName(start int) KeyPart {
	span := text.Span{Start: start, End: p.trimmed(start)}
	name := straighten(span.Of(p.src))
	p.report(span, "A name with other characters than A-Z, a-z, 0-9, - and _ needs quotes: "+Quote(name)+".",
		replacement("Put the name in quotes", span, Quote(name)))
	return KeyPart{Span: span, Text: name}
}

// shellWord skips the word by which shells set a variable, as in: export NAME=value.
func (p *parser) shellWord() {
	for _, word := range []string{"export", "setx", "set", "$env:"} {
		rest, found := strings.CutPrefix(p.src[p.pos:], word)
		if !found {
			continue
		}
		name := strings.TrimLeft(rest, " \t")
		if name == "" || !isBareKey(name[0]) || len(name) == len(rest) && word != "$env:" {
			return
		}
		span := text.Span{Start: p.pos, End: len(p.src) - len(name)}
		p.report(text.Span{Start: span.Start, End: span.Start + len(word)},
			word+" belongs to a shell. In TOML a line starts with the name.", deletion("Remove '"+word+"'", span))
		p.pos = span.End
		return
	}
}

// colonMeansEquals tells NAME: value from the start of an address.
func (p *parser) colonMeansEquals() bool {
	return !strings.HasPrefix(p.src[p.pos:], "://")
}

// equalsFor is "=" with blank space around it, for a place right before offset.
func (p *parser) equalsFor(offset int) string {
	if offset < len(p.src) && isBlank(p.src[offset]) {
		return " ="
	}
	return " = "
}

// valueWithoutEquals reads what follows a key that has no "=" behind it.
func (p *parser) valueWithoutEquals(start int, where place) (Value, bool) {
	end := p.pos
	p.blank()
	key := text.Span{Start: start, End: end}
	if p.atLineEnd() || p.at('#') || where == inTable && (p.at(',') || p.at('}')) {
		p.pos = end
		p.report(key, "The value is missing. Write "+key.Of(p.src)+" = value.", insertion("Add an empty text", end, ` = ""`))
		return Value{Span: text.Span{Start: end, End: end}}, true
	}
	rest := p.pos
	if strings.IndexByte(`"'[{`, p.src[rest]) < 0 && where == onLine && !p.lastWord() {
		return Value{}, false
	}
	p.report(key, "There is no = between the name and its value.", insertion("Insert '='", rest, "= "))
	return p.value(), true
}

// lastWord reports whether one word is all that is left on the line, not counting a comment.
func (p *parser) lastWord() bool {
	from := p.pos
	p.toComment()
	word := p.src[from:p.trimmed(from)]
	p.pos = from
	return strings.IndexFunc(word, func(r rune) bool { return r <= ' ' && r != '\n' && r != '\r' || r == 0x7f }) < 0
}

// isBareKey reports whether c may stand in a key without quotes.
func isBareKey(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// isConflictMarker reports whether a line starts like the marks that a version control system leaves in a file.
func isConflictMarker(line string) bool {
	for _, mark := range []string{"<<<<<<<", "|||||||", "=======", ">>>>>>>"} {
		if strings.HasPrefix(line, mark) {
			return true
		}
	}
	return false
}
