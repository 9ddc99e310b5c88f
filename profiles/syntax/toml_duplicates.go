package syntax

import (
	"fmt"

	"prefect-ls/profiles/text"
)

// A table is what a name stands for while duplicates are sought: a table, or, with value set, any other value.
type table struct {
	at       text.Span // where it was first named
	value    bool      // cannot be added to: a plain value, an array or an inline table
	array    bool      // an array of tables
	element  int       // of an array of tables: its latest element
	explicit bool      // has a header of its own, so that no dotted key may reach into it
	dotted   bool      // a dotted key has reached into it, so that it can have no header

	name     string // in the table that holds it
	previous int    // the one that was named before it in the same table, or 0
	latest   int    // the last one that was named in it, or 0
	names    int    // how many were
}

// An entry is the place of a name in a table.
type entry struct {
	table int
	name  string
}

// A catalog knows every name of a file.
type catalog struct {
	*parser
	tables  []table       // the root first
	entries map[entry]int // the names in tables with more than a few: one map for all is cheaper than one each
	lines   *text.Lines
}

// few names are found faster one by one than in a map.
const few = 8

// find is what parent holds under a name.
func (c *catalog) find(parent int, name string) (at int, known bool) {
	if c.tables[parent].names > few {
		at, known = c.entries[entry{parent, name}]
		return at, known
	}
	for at = c.tables[parent].latest; at != 0 && c.tables[at].name != name; {
		at = c.tables[at].previous
	}
	return at, at != 0
}

// duplicates reports names that are defined twice, by the rules of TOML 1.0 as tomllib applies them.
func (p *parser) duplicates() {
	n := len(p.tree.Statements)
	c := &catalog{parser: p, tables: make([]table, 1, n+n/8+4), entries: map[entry]int{}}
	current := 0
	for i := range p.tree.Statements {
		s := &p.tree.Statements[i]
		switch s.Kind {
		case Header, ArrayHeader:
			current = c.open(s)
		case Pair:
			c.define(current, s)
		}
	}
}

// open finds or makes the table that a header names. After a mistake it is the table that was meant,
// or a new one that nothing else can name.
func (c *catalog) open(s *Statement) int {
	if s.partial || len(s.Key) == 0 {
		return c.add(table{})
	}
	at := 0
	for _, k := range s.Key[:len(s.Key)-1] {
		next, known := c.find(at, k.Text)
		switch {
		case !known:
			next = c.name(at, k, table{})
		case c.tables[next].value:
			c.twice(k, c.tables[next], "is a value and cannot be a table too")
			return c.add(table{})
		case c.tables[next].array:
			next = c.tables[next].element
		}
		at = next
	}
	if s.Kind == ArrayHeader {
		return c.openElement(at, s)
	}
	return c.openTable(at, s)
}

// openTable finds or makes the table that the last name of a header stands for.
func (c *catalog) openTable(parent int, s *Statement) int {
	k := s.Key[len(s.Key)-1]
	at, known := c.find(parent, k.Text)
	if !known {
		return c.name(parent, k, table{explicit: true})
	}
	t := &c.tables[at]
	switch {
	case t.value:
		c.twice(k, *t, "is a value and cannot be a table too")
		return c.add(table{})
	case t.array:
		c.twice(k, *t, "is an array of tables, so its header needs two brackets on each side")
		return t.element
	case t.explicit || t.dotted:
		c.twice(k, *t, "is defined twice. Put all its settings under the first one")
	}
	t.explicit, t.at = true, k.Span
	return at
}

// openElement adds an element to the array of tables that the last name of a header stands for.
func (c *catalog) openElement(parent int, s *Statement) int {
	k := s.Key[len(s.Key)-1]
	at, known := c.find(parent, k.Text)
	if !known {
		at = c.name(parent, k, table{array: true, explicit: true})
	}
	element := c.add(table{})
	switch t := &c.tables[at]; {
	case t.value:
		c.twice(k, *t, "is a value and cannot be an array of tables too")
	case !t.array:
		c.twice(k, *t, "is a table and cannot be an array of tables too")
	default:
		t.element = element
	}
	return element
}

// define adds a pair, and all that its value holds, to a table.
func (c *catalog) define(at int, s *Statement) {
	c.defineIn(&s.Value)
	if s.partial || len(s.Key) == 0 {
		return
	}
	for _, k := range s.Key[:len(s.Key)-1] {
		next, known := c.find(at, k.Text)
		if !known {
			next = c.name(at, k, table{dotted: true})
		} else if t := &c.tables[next]; t.value {
			c.twice(k, *t, "is a value and cannot hold others")
			return
		} else if t.explicit {
			c.twice(k, *t, "is a table with a header. Put this line under it")
			return
		} else {
			t.dotted = true
		}
		at = next
	}
	k := s.Key[len(s.Key)-1]
	if first, known := c.find(at, k.Text); known {
		c.twice(k, c.tables[first], "is defined twice")
		return
	}
	c.name(at, k, table{value: true})
}

// defineIn seeks duplicates in the inline tables of a value.
func (c *catalog) defineIn(v *Value) {
	for i := range v.Elements {
		c.defineIn(&v.Elements[i])
	}
	if len(v.Pairs) == 0 {
		return
	}
	at := c.add(table{})
	for i := range v.Pairs {
		c.define(at, &v.Pairs[i])
	}
}

// add makes a table without a name.
func (c *catalog) add(t table) int {
	c.tables = append(c.tables, t)
	return len(c.tables) - 1
}

// name makes a table that parent holds under the name k.
func (c *catalog) name(parent int, k KeyPart, t table) int {
	t.at, t.name, t.previous = k.Span, k.Text, c.tables[parent].latest
	at := c.add(t)
	p := &c.tables[parent]
	p.latest = at
	if p.names++; p.names > few {
		c.entries[entry{parent, k.Text}] = at
	}
	for i := t.previous; i != 0 && p.names == few+1; i = c.tables[i].previous { // these were found without the map so far
		c.entries[entry{parent, c.tables[i].name}] = i
	}
	return at
}

// twice reports that k was first defined as something that does not go with its use here.
func (c *catalog) twice(k KeyPart, first table, problem string) {
	if c.lines == nil {
		c.lines = text.NewLines(c.src)
	}
	c.tree.Problems = append(c.tree.Problems, Problem{
		Span:    k.Span,
		Message: fmt.Sprintf("%s %s (first on line %d).", k.Text, problem, 1+c.lines.At(first.at.Start)),
		Related: first.at,
	})
}
