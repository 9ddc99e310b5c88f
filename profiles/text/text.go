// Package text holds the smallest facts about a file: spans of its bytes, its lines, and edits to it.
package text

import (
	"slices"
	"sort"
	"strings"
)

// A Span is the half-open byte range [Start, End) of a file. The zero Span stands for "nowhere".
type Span struct{ Start, End int }

// Of returns the bytes of src that s covers.
func (s Span) Of(src string) string { return src[s.Start:s.End] }

// Len is the length of s in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether offset lies in s or at its end, where a cursor may stand.
func (s Span) Contains(offset int) bool { return s.Start <= offset && offset <= s.End }

// Overlaps reports whether s and o share a byte or touch.
func (s Span) Overlaps(o Span) bool { return s.Start <= o.End && o.Start <= s.End }

// Cover is the smallest span that holds both s and o.
func (s Span) Cover(o Span) Span { return Span{min(s.Start, o.Start), max(s.End, o.End)} }

// An Edit replaces the bytes of a span by new text. An empty span inserts; empty text deletes.
type Edit struct {
	Span Span
	New  string
}

// Apply returns src with all edits made. The edits' spans refer to src and must not overlap;
// two insertions at one place are made in the order given.
func Apply(src string, edits ...Edit) string {
	ordered := slices.Clone(edits)
	slices.SortStableFunc(ordered, func(a, b Edit) int { return a.Span.Start - b.Span.Start })
	var out strings.Builder
	at := 0
	for _, e := range ordered {
		out.WriteString(src[at:e.Span.Start])
		out.WriteString(e.New)
		at = e.Span.End
	}
	out.WriteString(src[at:])
	return out.String()
}

// LineEnd is how the lines of src end: "\r\n" if the first one does, else "\n".
func LineEnd(src string) string {
	if n := strings.IndexByte(src, '\n'); n > 0 && src[n-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// Lines is the line index of a text. As in LSP, a line ends at "\n", "\r\n" or a lone "\r".
type Lines struct {
	start []int // byte offset of each line's first byte
	end   []int // byte offset of each line's end, without its terminator
}

// NewLines indexes src. There is always at least one line, and a final line end opens an empty last one.
func NewLines(src string) *Lines {
	n := strings.Count(src, "\n") + 1
	l := &Lines{start: make([]int, 1, n), end: make([]int, 0, n)}
	for i := 0; i < len(src); i++ {
		if src[i] != '\n' && src[i] != '\r' {
			continue
		}
		l.end = append(l.end, i)
		if src[i] == '\r' && i+1 < len(src) && src[i+1] == '\n' {
			i++
		}
		l.start = append(l.start, i+1)
	}
	l.end = append(l.end, len(src))
	return l
}

// Count is the number of lines.
func (l *Lines) Count() int { return len(l.start) }

// At is the 0-based number of the line that holds offset; a line's terminator belongs to it.
func (l *Lines) At(offset int) int { return sort.SearchInts(l.start, offset+1) - 1 }

// Span is the extent of a 0-based line without its terminator.
func (l *Lines) Span(line int) Span { return Span{l.start[line], l.end[line]} }
