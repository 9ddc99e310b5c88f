package syntax

import (
	"strings"

	"prefect-ls/profiles/text"
)

// ParseTOML reads src as TOML 1.0 and never fails: each mistake becomes a [Problem] where it stands,
// costs as few lines as possible, and the rest of the file is read as if it were not there.
// A file has no Problems exactly if Python's tomllib accepts it.
//
// It works in three passes, each linear in the size of src: [parser.characters] reports bytes that no TOML file
// may hold, [parser.statement] builds the tree, and [parser.duplicates] finds names that are defined twice.
func ParseTOML(src string) *TOML {
	expected := min(1+strings.Count(src, "\n"), strings.Count(src, "=")+strings.Count(src, "["))
	p := &parser{src: src, header: -1, parts: make([]KeyPart, 0, expected+expected/3)}
	p.tree.Source = src
	p.tree.Statements = make([]Statement, 0, expected)
	p.characters()
	for p.pos < len(src) {
		p.statement()
	}
	p.duplicates()
	sortProblems(p.tree.Problems)
	return &p.tree
}

// A parser reads src from left to right. Each of its reading methods starts at pos and leaves pos behind what it read.
type parser struct {
	src    string
	pos    int
	tree   TOML
	header int       // index of the header that the next pair stands under, or -1
	parts  []KeyPart // backs all keys, so that most of them cost no allocation
	open   []byte    // the closing brackets that are still due, innermost last
	cut    bool      // an unclosed bracket has ended the statement: whoever waits for a bracket gives up
	last   int       // the end of the last thing read inside brackets
}

// statement reads one line, or several where a value spans them.
func (p *parser) statement() {
	p.open, p.cut = p.open[:0], false
	p.blank()
	switch {
	case p.atLineEnd():
		p.lineEnd()
	case p.src[p.pos] == '#':
		p.comment()
	case p.src[p.pos] == '[':
		p.headerStatement()
	default:
		p.pairStatement()
	}
}

// headerStatement reads [table] or [[array of tables]].
func (p *parser) headerStatement() {
	s := Statement{Kind: Header, Equals: -1, Header: -1}
	start, closing := p.pos, "]"
	p.pos++
	if p.at('[') {
		p.pos++
		s.Kind, closing = ArrayHeader, "]]"
	}
	s.Key, s.partial = p.key(inHeader)
	end := p.pos
	p.blank()
	switch {
	case strings.HasPrefix(p.src[p.pos:], closing):
		p.pos += len(closing)
		end = p.pos
	case p.at(']'): // [[a] lacks one
		p.pos++
		end = p.pos
		p.report(text.Span{Start: start, End: end}, "This header opens with [[ and closes with ]. Close it with ]].",
			insertion("Close with ']]'", end, "]"))
	case s.partial: // and reported as such
		p.pos = end
	default:
		p.report(text.Span{Start: start, End: end}, "This header is not closed. Put "+closing+" behind the name.",
			insertion("Add '"+closing+"'", end, closing))
		p.pos = end
	}
	s.Span = text.Span{Start: start, End: end}
	p.header = len(p.tree.Statements)
	s.Comment = p.endOfStatement(s.Value)
	p.tree.Statements = append(p.tree.Statements, s)
}

// pairStatement reads key = value, or a line that is nothing TOML knows.
func (p *parser) pairStatement() {
	start := p.pos
	s, ok := p.pair(onLine)
	if !ok {
		p.junk(start)
		return
	}
	s.Header = p.header
	s.Comment = p.endOfStatement(s.Value)
	p.tree.Statements = append(p.tree.Statements, s)
}

// junk skips a line that starts like neither a key nor a header.
func (p *parser) junk(start int) {
	p.pos = start
	p.toLineEnd()
	span := text.Span{Start: start, End: p.trimmed(start)}
	p.diagnoseJunk(span)
	p.tree.Statements = append(p.tree.Statements, Statement{Kind: Junk, Span: span, Equals: -1, Header: p.header})
	p.lineEnd()
}

// endOfStatement reads the rest of a statement's last line, behind a header or a value, where only a comment may stand.
func (p *parser) endOfStatement(value Value) (comment text.Span) {
	p.blank()
	if !p.atLineEnd() && !p.at('#') {
		start := p.pos
		p.toComment()
		p.diagnoseTrailing(text.Span{Start: start, End: p.trimmed(start)}, value)
	}
	if p.at('#') {
		comment = p.comment()
	}
	p.lineEnd()
	return comment
}

// comment reads from "#" to the end of the line.
func (p *parser) comment() text.Span {
	start := p.pos
	p.toLineEnd()
	span := text.Span{Start: start, End: p.pos}
	p.tree.Comments = append(p.tree.Comments, span)
	return span
}

// at reports whether the next byte is c.
func (p *parser) at(c byte) bool { return p.pos < len(p.src) && p.src[p.pos] == c }

// atLineEnd reports whether a line ends here, be it with "\n", "\r\n", a lone "\r" or the file.
// TOML refuses the lone "\r", and so does [parser.characters]; but the person who has one meant a line to end.
func (p *parser) atLineEnd() bool {
	return p.pos >= len(p.src) || isLineEnd(p.src[p.pos])
}

// lineEnd skips one line end.
func (p *parser) lineEnd() {
	if p.at('\r') {
		p.pos++
		if !p.at('\n') {
			return
		}
	}
	if p.at('\n') {
		p.pos++
	}
}

// blank skips what separates words on a line.
func (p *parser) blank() {
	for p.pos < len(p.src) && isBlank(p.src[p.pos]) {
		p.pos++
	}
}

// toLineEnd skips to the end of the line.
func (p *parser) toLineEnd() {
	for !p.atLineEnd() {
		p.pos++
	}
}

// toComment skips to the end of the line, or to a "#" that blank space sets off.
// A "#" inside a word more likely belongs to it, as in the address http://host/#/runs.
func (p *parser) toComment() {
	for !p.atLineEnd() && !(p.src[p.pos] == '#' && p.pos > 0 && isBlank(p.src[p.pos-1])) {
		p.pos++
	}
}

// trimmed is pos without the blank space before it, but not before start.
func (p *parser) trimmed(start int) int {
	end := p.pos
	for end > start && isBlank(p.src[end-1]) {
		end--
	}
	return end
}

// report adds a problem.
func (p *parser) report(span text.Span, message string, fixes ...Fix) {
	p.tree.Problems = append(p.tree.Problems, Problem{Span: span, Message: message, Fixes: fixes})
}

// isBlank reports whether c separates words: space and tab, and control characters, which are reported
// by [parser.characters] once and should not confuse anything else.
func isBlank(c byte) bool {
	return c == ' ' || c == '\t' || c < ' ' && c != '\n' && c != '\r' || c == 0x7f
}
