package syntax

import (
	"slices"
	"sort"
	"strings"

	"prefect-ls/profiles/text"
)

// The edits in this file change what they say and keep every other byte: comments, order, quotes, line ends and a
// missing last one. They are nil where there is nothing to change or no TOML could say what is asked for.
//
// A path is the list of names from the root of the file to a value or table. It means the same whether the file
// spells it with headers, dotted keys or inline tables. Paths lead into no array of tables.

// A NewPair is a pair to be written: a key, and a value as TOML, such as [Quote] gives.
type NewPair struct {
	Key     []string
	Literal string
}

// Find returns the pair that gives path its value, or nil.
func (t *TOML) Find(path ...string) *Statement {
	found := t.locate(path)
	if len(found.rest) > 0 {
		return nil
	}
	return found.pair
}

// Set gives the value at path a new literal, be it there already or not.
func (t *TOML) Set(path []string, literal string) []text.Edit {
	if s := t.Find(path...); s != nil {
		return s.SetValue(literal)
	}
	return t.Insert(path, literal)
}

// SetValue gives a pair a new literal, also where its value or "=" is missing.
func (s *Statement) SetValue(literal string) []text.Edit {
	if s.Value.Kind == Missing {
		literal = " " + literal
		if s.Equals < 0 {
			literal = " =" + literal
		}
	}
	return []text.Edit{{Span: s.Value.Span, New: literal}}
}

// Insert adds a value at path, where nothing stands yet: behind the last pair of its table, or in a new table.
func (t *TOML) Insert(path []string, literal string) []text.Edit { return t.insert(path, literal, "") }

// insert is [TOML.Insert] with a comment for the same line.
func (t *TOML) insert(path []string, literal, comment string) []text.Edit {
	if len(path) == 0 || t.defines(path) || t.throughArray(path) {
		return nil
	}
	if found := t.locate(path); found.pair != nil {
		return t.insertInline(found, literal)
	}
	line := func(key []string) string {
		if comment == "" {
			return KeyText(key) + " = " + literal
		}
		return KeyText(key) + " = " + literal + " " + comment
	}
	table := path[:len(path)-1]
	if behind, key := t.home(path); behind != nil {
		return t.insertLine(behind, line(key))
	}
	if len(table) == 0 {
		return t.insertFirst(line(path))
	}
	return t.insertTable(table, line(path[len(table):]))
}

// InsertTable adds a table with a header of its own, behind the one that shares most of its path.
func (t *TOML) InsertTable(path []string, pairs ...NewPair) []text.Edit {
	if len(path) == 0 || t.locate(path).pair != nil || t.defines(path) || t.throughArray(path) {
		return nil
	}
	lines := make([]string, len(pairs))
	for i, p := range pairs {
		lines[i] = KeyText(p.Key) + " = " + p.Literal
	}
	return t.insertTable(path, lines...)
}

// Delete takes out the pair at path, with its line where it has one.
func (t *TOML) Delete(path ...string) []text.Edit {
	found := t.locate(path)
	if found.pair == nil || len(found.rest) > 0 {
		return nil
	}
	return []text.Edit{{Span: t.extent(found)}}
}

// DeleteAt is [TOML.Delete] for the pair at offset, the innermost one in inline tables.
func (t *TOML) DeleteAt(offset int) []text.Edit {
	i := sort.Search(len(t.Statements), func(i int) bool { return t.Statements[i].Span.End >= offset })
	if i == len(t.Statements) || t.Statements[i].Kind != Pair || !t.Statements[i].Span.Contains(offset) {
		return nil
	}
	at := location{pair: &t.Statements[i]}
	for {
		table := &at.pair.Value
		inner := slices.IndexFunc(table.Pairs, func(s Statement) bool { return s.Span.Contains(offset) })
		if inner < 0 {
			return []text.Edit{{Span: t.extent(at)}}
		}
		at = location{pair: &table.Pairs[inner], table: table}
	}
}

// DeleteTable takes out a table with all that is in it: its comments too, and those right above its header
// unless they open the file.
func (t *TOML) DeleteTable(path ...string) []text.Edit {
	if edits := t.Delete(path...); edits != nil {
		return edits
	}
	var gone []text.Span
	for i := range t.Statements {
		s := &t.Statements[i]
		switch {
		case s.IsHeader() && hasPrefix(s.Key, path):
			gone = appendSpan(gone, t.section(i))
		case t.isBelow(s, path):
			gone = appendSpan(gone, t.lines(s.Span))
		}
	}
	edits := make([]text.Edit, len(gone))
	for i, span := range gone {
		if span.End == len(t.Source) {
			span.Start = t.beforeBlankLines(span.Start)
		}
		edits[i] = text.Edit{Span: span}
	}
	return edits
}

// Rename gives the last name of path, be it that of a value or of a table, a new name wherever it is spelled.
// Nothing may go by that name yet.
func (t *TOML) Rename(path []string, name string) []text.Edit {
	last := len(path) - 1
	if last < 0 || t.defines(append(slices.Clone(path[:last]), name)) {
		return nil
	}
	r := renaming{last: last, name: KeyText([]string{name})}
	for i := range t.Statements {
		switch s := &t.Statements[i]; {
		case s.IsHeader() && hasPrefix(s.Key, path):
			r.at(s.Key[last])
		case s.Kind == Pair:
			r.pair(s, t.above(s), path)
		}
	}
	return r.edits
}

// A renaming collects the edits of [TOML.Rename].
type renaming struct {
	last  int // index of the name in its path
	name  string
	edits []text.Edit
}

// at renames one spelling.
func (r *renaming) at(k KeyPart) {
	r.edits = append(r.edits, text.Edit{Span: k.Span, New: r.name})
}

// pair renames the last name of path in a pair, which stands below the names above, and in its inline tables.
func (r *renaming) pair(s *Statement, above []KeyPart, path []string) {
	full := slices.Concat(above, s.Key)
	switch {
	case len(above) <= r.last && hasPrefix(full, path):
		r.at(full[r.last])
	case len(full) <= r.last && hasPrefix(full, path[:len(full)]):
		for i := range s.Value.Pairs {
			r.pair(&s.Value.Pairs[i], full, path)
		}
	}
}

// Move takes the value at from to the path to, where nothing stands yet, with the comment on its line.
func (t *TOML) Move(from, to []string) []text.Edit {
	found := t.locate(from)
	if found.pair == nil || len(found.rest) > 0 || len(to) >= len(from) && slices.Equal(to[:len(from)], from) {
		return nil
	}
	s := found.pair
	edits := t.insert(to, s.Value.Span.Of(t.Source), s.Comment.Of(t.Source))
	if edits == nil {
		return nil
	}
	if in := found.table; in != nil && len(in.Pairs) == 1 && edits[0].Span.Start == s.Span.End {
		edits[0].New = strings.TrimPrefix(edits[0].New, ", ") // the pair before the comma goes
	}
	return append(edits, text.Edit{Span: t.extent(found)})
}

// MoveTable gives the table at from, and all tables in it, the path to, where nothing stands yet. Its lines stay where
// they are, unless it is an inline table.
func (t *TOML) MoveTable(from, to []string) []text.Edit {
	if s := t.Find(from...); s != nil && s.Value.Kind == InlineTable {
		return t.Move(from, to)
	}
	isBelow := len(to) >= len(from) && slices.Equal(to[:len(from)], from)
	if len(from) == 0 || len(to) == 0 || isBelow || t.locate(to).pair != nil || t.defines(to) || t.throughArray(from) || t.throughArray(to) {
		return nil
	}
	var edits []text.Edit
	for i := range t.Statements {
		s := &t.Statements[i]
		switch {
		case s.IsHeader() && hasPrefix(s.Key, from):
			edits = append(edits, text.Edit{Span: s.Key[0].Span.Cover(s.Key[len(from)-1].Span), New: KeyText(to)})
		case s.Kind == Pair && !hasPrefix(t.above(s), from) && t.isBelow(s, from):
			return nil // a dotted key opens the table from elsewhere
		}
	}
	return edits
}

// KeyText is a dotted key as TOML, with quotes around the names that need them.
func KeyText(names []string) string {
	var out strings.Builder
	for i, name := range names {
		if i > 0 {
			out.WriteByte('.')
		}
		if isBareName(name) {
			out.WriteString(name)
		} else {
			out.WriteString(Quote(name))
		}
	}
	return out.String()
}

// isBareName reports whether a name may stand in a key without quotes.
func isBareName(name string) bool {
	for i := range len(name) {
		if !isBareKey(name[i]) {
			return false
		}
	}
	return name != ""
}
