package syntax

import (
	"slices"
	"strings"

	"prefect-ls/profiles/text"
)

// A location is how far a path leads: to a pair whose own path is the first part of it, and what is left.
type location struct {
	pair  *Statement // nil if no pair lies on the path
	rest  []string   // the names of the path that lie below the pair
	table *Value     // the inline table that the pair stands in, or nil
}

// locate follows path as far as pairs lead.
func (t *TOML) locate(path []string) location {
	arrays, inArray := t.arrays(), false
	for i := range t.Statements {
		switch s := &t.Statements[i]; {
		case s.IsHeader():
			inArray = slices.ContainsFunc(arrays, func(array []string) bool { return hasPrefix(s.Key, array) })
		case s.partial || len(s.Key) == 0 || inArray:
		default:
			if above := t.above(s); leadsTo(above, path) && leadsTo(s.Key, path[len(above):]) {
				return locateIn(location{pair: s, rest: path[len(above)+len(s.Key):]})
			}
		}
	}
	return location{}
}

// locateIn goes on below the pair that was found.
func locateIn(at location) location {
	table := &at.pair.Value
	for i := range table.Pairs {
		s := &table.Pairs[i]
		if leadsTo(s.Key, at.rest) && len(s.Key) > 0 {
			return locateIn(location{pair: s, rest: at.rest[len(s.Key):], table: table})
		}
	}
	return at
}

// arrays are the paths of all arrays of tables.
func (t *TOML) arrays() (paths [][]string) {
	for i := range t.Statements {
		s := &t.Statements[i]
		if s.Kind != ArrayHeader {
			continue
		}
		if n := len(paths); n == 0 || !slices.Equal(paths[n-1], Names(s.Key)) { // one path for all elements in a row
			paths = append(paths, Names(s.Key))
		}
	}
	return paths
}

// defines reports whether path, or anything below it, is in the file.
func (t *TOML) defines(path []string) bool {
	for i := range t.Statements {
		if t.isBelow(&t.Statements[i], path) {
			return true
		}
	}
	at := t.locate(path)
	if at.pair == nil {
		return false
	}
	return len(at.rest) == 0 || slices.ContainsFunc(at.pair.Value.Pairs, func(s Statement) bool { return hasPrefix(s.Key, at.rest) })
}

// throughArray reports whether a path is or leads through an array of tables.
func (t *TOML) throughArray(path []string) bool {
	for i := range t.Statements {
		if s := &t.Statements[i]; s.Kind == ArrayHeader && leadsTo(s.Key, path) {
			return true
		}
	}
	return false
}

// home finds the statement behind which a value at path should go, and the key it has there.
// It finds none if the table of path has neither a header nor a pair.
func (t *TOML) home(path []string) (behind *Statement, key []string) {
	table := path[:len(path)-1]
	for i := range t.Statements {
		s := &t.Statements[i]
		above := t.above(s)
		switch {
		case s.Kind == Header && len(s.Key) == len(table) && leadsTo(s.Key, table):
			behind, key = s, path[len(table):]
		case s.Kind == Pair && len(above) <= len(table) && t.isBelow(s, table):
			behind, key = s, path[len(above):]
		}
	}
	return behind, key
}

// insertInline adds the last part of a path to the inline table that it leads to.
func (t *TOML) insertInline(at location, literal string) []text.Edit {
	v := at.pair.Value
	if v.Kind != InlineTable {
		return nil
	}
	pair := KeyText(at.rest) + " = " + literal
	if len(v.Pairs) == 0 {
		return []text.Edit{{Span: v.Span, New: "{ " + pair + " }"}}
	}
	end := v.Pairs[len(v.Pairs)-1].Span.End
	return []text.Edit{{Span: text.Span{Start: end, End: end}, New: ", " + pair}}
}

// insertLine adds a line behind a statement, as far indented as that.
func (t *TOML) insertLine(behind *Statement, line string) []text.Edit {
	start := t.lineStart(behind.Span.Start)
	if indent := t.Source[start:behind.Span.Start]; strings.Trim(indent, " \t") == "" {
		line = indent + line
	}
	return t.insertAt(t.lineEnd(behind.Span.End), line)
}

// insertFirst adds a line before the first header, where the root table ends.
func (t *TOML) insertFirst(line string) []text.Edit {
	first := slices.IndexFunc(t.Statements, func(s Statement) bool { return s.IsHeader() })
	if first < 0 {
		return t.insertAt(len(t.Source), line)
	}
	return t.insertAt(t.headStart(first), line, "")
}

// insertTable adds a header with lines below it, set off by blank lines.
func (t *TOML) insertTable(path []string, lines ...string) []text.Edit {
	at := t.beforeBlankLines(t.sectionEnd(t.akin(path)))
	block := append([]string{"[" + KeyText(path) + "]"}, lines...)
	if at > t.lineStart(0) {
		block = append([]string{""}, block...)
	}
	if at < len(t.Source) && !isLineEnd(t.Source[at]) {
		block = append(block, "")
	}
	return t.insertAt(at, block...)
}

// akin is the index of the last header that shares most names with path, or that of the last header of all.
func (t *TOML) akin(path []string) int {
	best, most := -1, 0
	for i := range t.Statements {
		s := &t.Statements[i]
		if !s.IsHeader() {
			continue
		}
		shared := 0
		for shared < min(len(path), len(s.Key)) && path[shared] == s.Key[shared].Text {
			shared++
		}
		if shared >= most {
			best, most = i, shared
		}
	}
	return best
}

// insertAt adds whole lines at offset, which is the start of a line or the end of the file.
func (t *TOML) insertAt(offset int, lines ...string) []text.Edit {
	return []text.Edit{{Span: text.Span{Start: offset, End: offset}, New: newLines(t.Source, offset, lines)}}
}

// newLines is lines as they go into src at offset, which is the start of a line or the end of src: with the line ends
// that src has, and without a last one if src has none.
func newLines(src string, offset int, lines []string) string {
	eol := text.LineEnd(src)
	block := strings.Join(lines, eol)
	if offset == len(src) && src != "" && !isLineEnd(src[offset-1]) {
		return eol + block
	}
	return block + eol
}

// extent is what goes when a pair is deleted.
func (t *TOML) extent(at location) text.Span {
	if at.table == nil {
		return t.lines(at.pair.Span)
	}
	pairs := at.table.Pairs
	i := slices.IndexFunc(pairs, func(s Statement) bool { return s.Span == at.pair.Span })
	switch {
	case i+1 < len(pairs):
		return text.Span{Start: pairs[i].Span.Start, End: pairs[i+1].Span.Start}
	case i > 0:
		return text.Span{Start: pairs[i-1].Span.End, End: pairs[i].Span.End}
	}
	return at.pair.Span
}

// section is the extent of a header with all below it. It starts with the comments right above the header,
// unless these open the file and so more likely speak of all of it.
func (t *TOML) section(header int) text.Span {
	start := t.headStart(header)
	if start == t.lineStart(0) {
		start = t.lineStart(t.Statements[header].Span.Start)
	}
	return text.Span{Start: start, End: t.sectionEnd(header)}
}

// sectionEnd is where the next header's lines start, or the end of the file. In a file without headers, -1 stands for one.
func (t *TOML) sectionEnd(header int) int {
	for i := header + 1; i < len(t.Statements); i++ {
		if t.Statements[i].IsHeader() {
			return t.headStart(i)
		}
	}
	return len(t.Source)
}

// CommentsAbove are the lines of comments right above a statement. It is the zero span for a pair of an inline table.
func (t *TOML) CommentsAbove(s *Statement) text.Span {
	i := slices.IndexFunc(t.Statements, func(other Statement) bool { return other.Span == s.Span })
	if i < 0 {
		return text.Span{}
	}
	return text.Span{Start: t.headStart(i), End: t.lineStart(s.Span.Start)}
}

// headStart is the start of a statement's line, or of the comments right above it.
func (t *TOML) headStart(statement int) int {
	above := t.lineStart(0)
	if statement > 0 {
		above = t.lineEnd(t.Statements[statement-1].Span.End)
	}
	return commentsAbove(t.Source, t.lineStart(t.Statements[statement].Span.Start), above)
}

// beforeBlankLines is offset, the start of a line or the end of the file, without the blank lines right above it.
func (t *TOML) beforeBlankLines(offset int) int {
	for offset > t.lineStart(0) {
		previous := lineAbove(t.Source, offset)
		if strings.Trim(t.Source[previous:offset], " \t\r\n") != "" {
			break
		}
		offset = previous
	}
	return offset
}

// lines is span with all the lines that it touches.
func (t *TOML) lines(span text.Span) text.Span {
	return text.Span{Start: t.lineStart(span.Start), End: t.lineEnd(span.End)}
}

// lineStart is the start of the line that offset is on. A byte order mark is no part of any line.
func (t *TOML) lineStart(offset int) int {
	return max(lineStart(t.Source, offset), fileStart(t.Source))
}

// lineEnd is the end of the line that offset is on, behind its line end.
func (t *TOML) lineEnd(offset int) int { return lineEnd(t.Source, offset) }

// commentsAbove is the start of the comments right above line, the start of a line, but not above top.
func commentsAbove(src string, line, top int) int {
	for line > top {
		previous := lineAbove(src, line)
		if !strings.HasPrefix(strings.TrimLeft(src[previous:line], " \t"), "#") {
			break
		}
		line = previous
	}
	return line
}

// lineAbove is the start of the line above the one that starts at offset.
func lineAbove(src string, offset int) int {
	end := offset - 1
	if end > 0 && src[end-1:offset] == "\r\n" {
		end--
	}
	return max(lineStart(src, end), fileStart(src))
}

// fileStart is where the first line starts: a byte order mark is no part of any line.
func fileStart(src string) int {
	if strings.HasPrefix(src, byteOrderMark) {
		return len(byteOrderMark)
	}
	return 0
}

// lineStart is the start of the line that offset is on.
func lineStart(src string, offset int) int {
	for offset > 0 && !isLineEnd(src[offset-1]) {
		offset--
	}
	return offset
}

// lineEnd is the end of the line that offset is on, behind its line end.
func lineEnd(src string, offset int) int {
	for offset < len(src) && !isLineEnd(src[offset]) {
		offset++
	}
	if strings.HasPrefix(src[offset:], "\r\n") {
		return offset + 2
	}
	return min(offset+1, len(src))
}

// above is the names that a pair stands below.
func (t *TOML) above(s *Statement) []KeyPart {
	if s.Header < 0 {
		return nil
	}
	return t.Statements[s.Header].Key
}

// isBelow reports whether the path of a pair or header starts with path.
func (t *TOML) isBelow(s *Statement, path []string) bool {
	above := t.above(s)
	if len(above) >= len(path) {
		return hasPrefix(above, path)
	}
	return leadsTo(above, path) && hasPrefix(s.Key, path[len(above):])
}

// hasPrefix reports whether a key starts with path.
func hasPrefix(key []KeyPart, path []string) bool {
	return len(key) >= len(path) && leadsTo(key[:len(path)], path)
}

// leadsTo reports whether path starts with a key.
func leadsTo(key []KeyPart, path []string) bool {
	if len(key) > len(path) {
		return false
	}
	for i, k := range key {
		if k.Text != path[i] {
			return false
		}
	}
	return true
}

// appendSpan adds a span behind others, joined to the last one where it touches it.
func appendSpan(spans []text.Span, s text.Span) []text.Span {
	if n := len(spans); n > 0 && spans[n-1].End >= s.Start {
		spans[n-1] = spans[n-1].Cover(s)
		return spans
	}
	return append(spans, s)
}
