package feature

import (
	"sort"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"
)

// A cursor is what a person is writing. It is told from the line as it is, so that it is right while the line is still broken.
type cursor struct {
	*session.Document
	writing  part
	table    []string  // the TOML table that the line belongs to; nil at the top of the file
	key      string    // of a value
	word     text.Span // what a completion takes the place of: all of the name or value, on both sides of the cursor
	quote    string    // the quote in front of the word, or empty
	closed   bool      // behind the word stands the quote, or the header's bracket, that ends it
	assigned bool      // behind the name stands "="
}

// A part is a part of a line.
type part uint8

const (
	nothing part = iota // that could be completed
	header
	name
	value
)

func cursorAt(doc *session.Document, offset int) cursor {
	c := cursor{Document: doc}
	line := doc.Map.Lines.Span(doc.Map.Lines.At(offset))
	if startsInside(doc.File, line.Start) {
		return c
	}
	end := commentStart(doc.File, line)
	start := wordStart(doc, line, end)
	if offset > end || offset < start || start == end && end < line.End {
		return c // in a comment, in front of what is there, or in front of nothing but a comment
	}
	c.table = tableAt(doc.File, line.Start)
	if doc.File.TOML != nil {
		start, end = c.enterInlineTables(start, offset, end)
	}
	switch head := doc.Text[start:offset]; {
	case doc.File.TOML != nil && strings.HasPrefix(head, "["):
		c.readHeader(start, offset, end)
	case strings.Contains(head, "="):
		c.key = strings.Trim(head[:strings.IndexByte(head, '=')], " \t\"'")
		c.readValue(start+strings.IndexByte(head, '=')+1, offset, end)
	default:
		c.writing = name
		c.word = text.Span{Start: start, End: stop(doc.Text, offset, end, "= \t")}
		c.assigned = strings.HasPrefix(strings.TrimLeft(doc.Text[c.word.End:end], " \t"), "=")
	}
	return c
}

// enterInlineTables goes into the inline tables that are open at offset: it adds their names to the table, and returns the
// extent of the pair in the innermost of them, or that of the line, as it was given.
func (c *cursor) enterInlineTables(start, offset, end int) (pairStart, pairEnd int) {
	type level struct {
		start int // of the pair with the table
		names int // above the table
	}
	var open []level
	at := start
	for ; at < offset; at++ {
		switch c.Text[at] {
		case '"', '\'':
			at = stringEnd(c.Text, at, end)
		case '[':
			return start, end // a header, or an array, in which nothing is completed
		case '{':
			key, _, _ := strings.Cut(c.Text[start:at], "=")
			open = append(open, level{start, len(c.table)})
			for part := range strings.SplitSeq(key, ".") {
				c.table = append(c.table, strings.Trim(part, " \t\"'"))
			}
			start = at + 1
		case '}':
			if len(open) > 0 {
				last := open[len(open)-1]
				start, c.table, open = last.start, c.table[:last.names], open[:len(open)-1]
			}
		case ',':
			start = at + 1
		}
	}
	if len(open) == 0 {
		return start, end
	}
	for start < offset && (c.Text[start] == ' ' || c.Text[start] == '\t') {
		start++
	}
	for at = start; at < end && (at < offset || c.Text[at] != ',' && c.Text[at] != '}'); at++ {
		if c.Text[at] == '"' || c.Text[at] == '\'' {
			at = stringEnd(c.Text, at, end)
		}
	}
	return start, min(at, end)
}

// stringEnd is where the quote stands that closes the one at start, or end.
func stringEnd(source string, start, end int) int {
	for at := start + 1; at < end; at++ {
		switch {
		case source[at] == source[start]:
			return at
		case source[at] == '\\' && source[start] == '"':
			at++
		}
	}
	return end
}

// wordStart is where the first word of a line starts, and not where an "export" does; it is the end of a blank line.
func wordStart(doc *session.Document, line text.Span, end int) int {
	skip := func(at int) int { return end - len(strings.TrimLeft(doc.Text[at:end], " \t\ufeff")) }
	start := skip(line.Start)
	if rest, ok := strings.CutPrefix(doc.Text[start:end], "export "); ok && doc.File.Env != nil {
		return skip(end - len(rest))
	}
	return start
}

func (c *cursor) readHeader(start, offset, end int) {
	if strings.HasPrefix(c.Text[start:end], "[[") {
		return // Prefect has no use for arrays of tables
	}
	c.word = text.Span{Start: start + 1, End: stop(c.Text, start, end, "]")}
	c.closed = c.word.End < end
	if offset <= c.word.End {
		c.writing = header
	}
}

func (c *cursor) readValue(at, offset, end int) {
	for at < offset && (c.Text[at] == ' ' || c.Text[at] == '\t') {
		at++
	}
	c.word = text.Span{Start: at, End: max(offset, len(strings.TrimRight(c.Text[:end], " \t")))}
	written := c.Text[at:offset]
	switch {
	case written == "" || !strings.ContainsAny(written[:1], `"'[{`):
		c.writing = value
		return
	case written[0] == '[' || written[0] == '{', strings.Contains(written[1:], written[:1]):
		return // in a list or a table, in a string of several lines, or behind one that is closed
	}
	c.writing = value
	c.quote = written[:1]
	c.word.Start++
	if i := strings.Index(c.Text[offset:end], c.quote); i >= 0 {
		c.word.End, c.closed = offset+i, true
	}
}

// stop is where the first of the stops stands from offset on, or end.
func stop(source string, offset, end int, stops string) int {
	if i := strings.IndexAny(source[offset:end], stops); i >= 0 {
		return offset + i
	}
	return end
}

// startsInside reports whether a line that starts at offset goes on with what an earlier one began.
func startsInside(f *profiles.File, offset int) bool {
	if f.Env != nil {
		i := sort.Search(len(f.Env.Bindings), func(i int) bool { return f.Env.Bindings[i].Span.Start >= offset }) - 1
		return i >= 0 && f.Env.Bindings[i].Span.End > offset
	}
	i := statementBefore(f.TOML, offset)
	return i >= 0 && f.TOML.Statements[i].Span.End > offset
}

// commentStart is where the comment on a line starts, or the line's end.
func commentStart(f *profiles.File, line text.Span) int {
	if f.TOML != nil {
		comments := f.TOML.Comments
		i := sort.Search(len(comments), func(i int) bool { return comments[i].Start >= line.Start })
		if i < len(comments) && comments[i].Start < line.End {
			return comments[i].Start
		}
		return line.End
	}
	if written := line.Of(f.Source); strings.HasPrefix(strings.TrimLeft(written, " \t\ufeff"), "#") {
		return line.Start + strings.IndexByte(written, '#')
	}
	bindings := f.Env.Bindings
	i := sort.Search(len(bindings), func(i int) bool { return bindings[i].Span.Start >= line.Start })
	if i < len(bindings) && bindings[i].Comment.Len() > 0 && bindings[i].Comment.Start < line.End {
		return bindings[i].Comment.Start
	}
	return line.End
}

// tableAt is the path of the table that a TOML line at offset belongs to; nil at the top of the file.
func tableAt(f *profiles.File, offset int) []string {
	if f.TOML == nil {
		return nil
	}
	i := statementBefore(f.TOML, offset)
	if i < 0 {
		return nil
	}
	if s := &f.TOML.Statements[i]; !s.IsHeader() {
		i = s.Header
	}
	if i < 0 {
		return nil
	}
	return syntax.Names(f.TOML.Statements[i].Key)
}

// statementBefore is the index of the last statement that starts before offset, or -1.
func statementBefore(t *syntax.TOML, offset int) int {
	return sort.Search(len(t.Statements), func(i int) bool { return t.Statements[i].Span.Start >= offset }) - 1
}
