// Package protocol is the border between our bytes and the editor's LSP: positions, addresses of files,
// and the messages that glsp's protocol package lacks.
package protocol

import (
	"math"
	"unicode/utf8"

	"prefect-ls/profiles/text"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// An Encoding is the unit in which a client counts the characters of a line.
type Encoding string

// The encodings of LSP 3.17. UTF16 is what every client understands.
const (
	UTF8  Encoding = "utf-8"
	UTF16 Encoding = "utf-16"
	UTF32 Encoding = "utf-32"
)

// A Mapper converts between byte offsets and LSP positions of one text.
type Mapper struct {
	Lines    *text.Lines
	source   string
	encoding Encoding
}

// NewMapper indexes source for a client that counts in the given encoding.
func NewMapper(source string, encoding Encoding) *Mapper {
	return &Mapper{Lines: text.NewLines(source), source: source, encoding: encoding}
}

// Position converts a byte offset. One outside the text is moved to its nearest end, and one inside a
// character or a line terminator to its start.
func (m *Mapper) Position(offset int) lsp.Position {
	offset = max(0, min(offset, len(m.source)))
	line := m.Lines.At(offset)
	span := m.Lines.Span(line)
	units := uint32(0)
	for at := span.Start; at < min(offset, span.End); {
		r, size := utf8.DecodeRuneInString(m.source[at:])
		if at+size > offset {
			break
		}
		units += m.units(r, size)
		at += size
	}
	return lsp.Position{Line: clampUint32(line), Character: units}
}

// Offset converts an LSP position. One past a line's end means the line's end, one past the last line the
// text's end, and one inside a character its start.
func (m *Mapper) Offset(p lsp.Position) int {
	if int64(p.Line) >= int64(m.Lines.Count()) {
		return len(m.source)
	}
	span := m.Lines.Span(int(p.Line))
	units := uint32(0)
	for at := span.Start; at < span.End; {
		r, size := utf8.DecodeRuneInString(m.source[at:])
		units += m.units(r, size)
		if units > p.Character {
			return at
		}
		at += size
	}
	return span.End
}

// Range converts a span.
func (m *Mapper) Range(s text.Span) lsp.Range {
	return lsp.Range{Start: m.Position(s.Start), End: m.Position(s.End)}
}

// Span converts a range. A range that ends before it starts is taken the other way round.
func (m *Mapper) Span(r lsp.Range) text.Span {
	start, end := m.Offset(r.Start), m.Offset(r.End)
	return text.Span{Start: min(start, end), End: max(start, end)}
}

// units is the length of r, whose UTF-8 form takes size bytes.
func (m *Mapper) units(r rune, size int) uint32 {
	switch {
	case m.encoding == UTF8:
		return uint32(size) //nolint:gosec // 1 to 4
	case m.encoding == UTF16 && r >= 0x10000:
		return 2
	}
	return 1
}

func clampUint32(n int) uint32 {
	return uint32(min(max(0, int64(n)), math.MaxUint32))
}
