package syntax

import (
	"slices"
	"strings"

	"prefect-ls/profiles/text"
)

// maxDepth is how deep arrays and inline tables may be nested. Python's tomllib gives up at a few hundred levels,
// depending on the Python; nobody writes that many.
const maxDepth = 200

// value reads a value. Its Kind is Missing where none starts.
func (p *parser) value() Value {
	if p.pos >= len(p.src) {
		return Value{Span: text.Span{Start: p.pos, End: p.pos}}
	}
	switch p.src[p.pos] {
	case '"', '\'':
		return p.stringValue()
	case '[':
		return p.array()
	case '{':
		return p.inlineTable()
	}
	return p.scalar()
}

// scalar reads a value that has no brackets or quotes.
func (p *parser) scalar() Value {
	start := p.pos
	p.toTokenEnd()
	if timeFollowsDate(p.src[start:], p.pos-start) {
		p.pos++
		p.toTokenEnd()
	}
	span := text.Span{Start: start, End: p.pos}
	v := Value{Kind: scalarKind(span.Of(p.src)), Span: span, Text: span.Of(p.src)}
	if v.Kind != Bad {
		return v
	}
	if span.Len() == 0 && (p.atLineEnd() || p.at('#') || len(p.open) > 0) {
		v.Kind = Missing
		return v
	}
	if !p.at('#') || minuteEnd(v.Text) == 0 { // a comment may follow the time of TOML 1.1 at once
		p.toBadEnd()
	}
	v.Span.End = p.trimmed(start)
	p.pos = v.Span.End
	v.Text = v.Span.Of(p.src)
	return p.diagnoseValue(v)
}

// toTokenEnd skips the characters of a number, date, time or word.
func (p *parser) toTokenEnd() {
	for p.pos < len(p.src) {
		switch c := p.src[p.pos]; {
		case isBlank(c), c == '\n', c == '\r', c == '#', c == ',', c == ']', c == '}':
			return
		}
		p.pos++
	}
}

// toBadEnd skips text that is no value: inside brackets up to the next comma or bracket, else up to the line's end.
func (p *parser) toBadEnd() {
	if len(p.open) == 0 {
		p.toComment()
		return
	}
	for !p.atLineEnd() && strings.IndexByte(",]}#", p.src[p.pos]) < 0 {
		p.pos++
	}
}

// array reads [value, ...], which may span lines.
func (p *parser) array() Value {
	v := Value{Kind: Array, Span: text.Span{Start: p.pos}}
	p.openBracket(']')
	for comma := true; !p.cut; {
		p.last = p.pos
		p.arraySpace()
		switch {
		case p.cut:
		case p.pos >= len(p.src):
			p.unclosed()
		case p.at(']'):
			p.closeBracket()
			v.Span.End = p.pos
			return v
		case p.at(','):
			p.comma(comma)
			comma = true
		case p.at('}'):
			p.strayBracket()
		default:
			p.wantComma(comma)
			v.Elements = append(v.Elements, p.value())
			comma = false
		}
	}
	v.Span.End = p.last
	return v
}

// arraySpace skips blank space, comments and line ends inside an array, unless the next line looks like a statement:
// then the array lacks its bracket, and ends on this line.
func (p *parser) arraySpace() {
	for {
		p.blank()
		if p.at('#') {
			p.comment()
		}
		if p.pos >= len(p.src) || !p.atLineEnd() {
			return
		}
		end := p.pos
		p.lineEnd()
		if startsStatement(p.src[p.pos:]) {
			p.pos = end
			p.unclosed()
			return
		}
	}
}

// inlineTable reads {key = value, ...}. Line ends and a comma at the end are TOML 1.1; they are read and reported.
func (p *parser) inlineTable() Value {
	v := Value{Kind: InlineTable, Span: text.Span{Start: p.pos}}
	p.openBracket('}')
	firstLineEnd, lastComma := -1, -1
	for comma := true; !p.cut; {
		p.last = p.pos
		p.tableSpace(comma, &firstLineEnd)
		switch {
		case p.cut:
		case p.at('}'):
			p.closeBracket()
			v.Span.End = p.pos
			p.diagnoseNewTable(v, firstLineEnd, lastComma)
			return v
		case p.at(','):
			lastComma = p.pos
			p.comma(comma)
			comma = true
		default:
			p.wantComma(comma)
			start := p.pos
			if s, ok := p.pair(inTable); ok {
				v.Pairs = append(v.Pairs, s)
			} else {
				p.strayText(start)
			}
			comma, lastComma = false, -1
		}
	}
	v.Span.End = p.last
	return v
}

// tableSpace skips blank space inside an inline table, and line ends and comments where the table goes on behind them.
// It keeps the place of the first of these in firstLineEnd.
func (p *parser) tableSpace(comma bool, firstLineEnd *int) {
	for {
		p.blank()
		if !p.atLineEnd() && !p.at('#') {
			return
		}
		if !p.tableGoesOn(comma) {
			p.unclosed()
			return
		}
		if *firstLineEnd < 0 {
			*firstLineEnd = p.pos
		}
		if p.at('#') {
			p.comment()
		}
		p.lineEnd()
	}
}

// tableGoesOn reports whether an inline table continues on the next line.
// Only TOML 1.1 allows that, so a missing bracket is as likely: the table must close within a few lines,
// with no header in between, and after a comma unless it closes at once.
func (p *parser) tableGoesOn(comma bool) bool {
	depth, start := 1, lineEnd(p.src, p.pos)
	for range 20 {
		end := lineEnd(p.src, start)
		line := strings.Trim(p.src[start:end], " \t\r\n")
		start = end
		if line == "" || line[0] == '#' {
			continue
		}
		if startsHeader(line) || !comma && line[0] != '}' && line[0] != ',' {
			return false
		}
		comma = true
		if depth = depthAfter(line, depth); depth == 0 {
			return true
		}
	}
	return false
}

// depthAfter is how many "{" are open after a line that starts inside depth of them; 0 as soon as all are closed.
// Brackets in strings and comments do not count.
func depthAfter(line string, depth int) int {
	var quote byte
	for i := 0; i < len(line) && depth > 0; i++ {
		switch c := line[i]; {
		case quote != 0:
			if c == '\\' && quote == '"' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '#':
			return depth
		case c == '{':
			depth++
		case c == '}':
			depth--
		}
	}
	return depth
}

// openBracket enters an array or inline table.
func (p *parser) openBracket(closing byte) {
	start := p.pos
	p.pos++
	p.open = append(p.open, closing)
	if len(p.open) > maxDepth {
		p.report(text.Span{Start: start, End: p.pos}, "Brackets are nested too deeply here.")
		p.last = p.pos
		p.toLineEnd()
		p.cut = true
	}
}

// closeBracket leaves the innermost array or inline table.
func (p *parser) closeBracket() {
	p.open = p.open[:len(p.open)-1]
	p.pos++
}

// comma reads a comma, which nothing comes before if again is set.
func (p *parser) comma(again bool) {
	span := text.Span{Start: p.pos, End: p.pos + 1}
	p.pos++
	if again {
		p.report(span, "There is nothing before this comma.", deletion("Remove the comma", span))
	}
}

// wantComma reports a value or pair that follows another without a comma.
func (p *parser) wantComma(comma bool) {
	if comma {
		return
	}
	p.report(text.Span{Start: p.last, End: p.last}, "A comma is missing here.", insertion("Insert a comma", p.last, ","))
}

// unclosed ends the statement here for want of closing brackets.
func (p *parser) unclosed() {
	p.cut = true
	closing := slices.Clone(p.open)
	slices.Reverse(closing)
	brackets := string(closing)
	p.report(text.Span{Start: p.last, End: p.last}, "The closing "+brackets+" is missing.",
		insertion("Add '"+brackets+"'", p.last, brackets))
}

// strayBracket skips a bracket that closes nothing.
func (p *parser) strayBracket() {
	span := text.Span{Start: p.pos, End: p.pos + 1}
	p.report(span, "Nothing was opened that this bracket could close.", deletion("Remove the bracket", span))
	p.pos++
}

// strayText skips text in an inline table that is no pair.
func (p *parser) strayText(start int) {
	p.pos = start + 1
	for !p.atLineEnd() && strings.IndexByte(",}#", p.src[p.pos]) < 0 {
		p.pos++
	}
	p.report(text.Span{Start: start, End: p.trimmed(start)}, "Here should stand a name and a value, such as: name = 1.")
}
