package syntax

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"
)

// meaning is what a valid file says: tables as maps, arrays as slices, and scalars as "type:value" in one canonical form.
func meaning(t *TOML) map[string]any {
	root := map[string]any{}
	at := root
	for i := range t.Statements {
		s := &t.Statements[i]
		switch s.Kind {
		case Header:
			at = descend(root, s.Key)
		case ArrayHeader:
			last := len(s.Key) - 1
			parent := descend(root, s.Key[:last])
			at = map[string]any{}
			elements, _ := parent[s.Key[last].Text].([]any)
			parent[s.Key[last].Text] = append(elements, at)
		case Pair:
			put(at, s)
		}
	}
	return root
}

// descend finds or makes the table at the end of a path.
func descend(at map[string]any, path []KeyPart) map[string]any {
	for _, k := range path {
		switch next := at[k.Text].(type) {
		case map[string]any:
			at = next
		case []any:
			at = next[len(next)-1].(map[string]any)
		default:
			made := map[string]any{}
			at[k.Text] = made
			at = made
		}
	}
	return at
}

func put(at map[string]any, s *Statement) {
	last := len(s.Key) - 1
	descend(at, s.Key[:last])[s.Key[last].Text] = valueMeaning(&s.Value)
}

func valueMeaning(v *Value) any {
	switch v.Kind {
	case Array:
		elements := []any{}
		for i := range v.Elements {
			elements = append(elements, valueMeaning(&v.Elements[i]))
		}
		return elements
	case InlineTable:
		table := map[string]any{}
		for i := range v.Pairs {
			put(table, &v.Pairs[i])
		}
		return table
	case DateTime:
		return canonicalTime(v.Text)
	}
	return canonical(map[ValueKind]string{String: "string", Integer: "integer", Float: "float", Boolean: "bool"}[v.Kind], v.Text)
}

// tagged turns the notation of toml-test, {"type": ..., "value": ...}, into that of meaning.
func tagged(v any) any {
	switch v := v.(type) {
	case []any:
		elements := make([]any, len(v))
		for i := range v {
			elements[i] = tagged(v[i])
		}
		return elements
	case map[string]any:
		kind, isKind := v["type"].(string)
		value, isValue := v["value"].(string)
		if len(v) == 2 && isKind && isValue {
			if strings.HasPrefix(kind, "date") || strings.HasPrefix(kind, "time") {
				return canonicalTime(value)
			}
			return canonical(kind, value)
		}
		table := map[string]any{}
		for k := range v {
			table[k] = tagged(v[k])
		}
		return table
	}
	panic(fmt.Sprintf("neither a table nor a list: %T", v))
}

func canonical(kind, value string) string {
	switch kind {
	case "integer":
		n, ok := new(big.Int).SetString(value, 0)
		if !ok {
			panic("not an integer: " + value)
		}
		return "integer:" + n.String()
	case "float":
		if strings.HasSuffix(value, "nan") {
			return "float:nan" // TOML says nothing about its sign
		}
		f, err := strconv.ParseFloat(strings.ReplaceAll(value, "_", ""), 64)
		if err != nil && !strings.Contains(err.Error(), "range") {
			panic(err)
		}
		return "float:" + strconv.FormatFloat(f, 'g', -1, 64)
	}
	return kind + ":" + value
}

func canonicalTime(value string) string {
	s := strings.ToUpper(value)
	if len(s) > 10 && s[10] == ' ' {
		s = s[:10] + "T" + s[11:]
	}
	for kind, layout := range map[string]string{
		"datetime":       "2006-01-02T15:04:05Z07:00",
		"datetime-local": "2006-01-02T15:04:05",
		"date-local":     "2006-01-02",
		"time-local":     "15:04:05",
	} {
		if at, err := time.Parse(layout, s); err == nil {
			return kind + ":" + at.Truncate(time.Microsecond).UTC().Format("2006-01-02T15:04:05.999999")
		}
	}
	panic("not a time: " + value)
}

// problems lists the problems of a file, one per line.
func problems(list []Problem, src string) string {
	var out strings.Builder
	for _, p := range list {
		fmt.Fprintf(&out, "%d-%d %q %s\n", p.Span.Start, p.Span.End, p.Span.Of(src), p.Message)
	}
	return out.String()
}

// checkShape fails where a tree breaks what its types promise.
func checkShape(t *testing.T, tree *TOML) {
	t.Helper()
	n := len(tree.Source)
	within := func(what string, start, end int) {
		if start < 0 || end < start || end > n {
			t.Fatalf("%s [%d,%d) is outside the file of %d bytes:\n%q", what, start, end, n, tree.Source)
		}
	}
	var value func(v *Value)
	statement := func(s *Statement) {
		within("statement", s.Span.Start, s.Span.End)
		within("comment", s.Comment.Start, s.Comment.End)
		within("equals", max(s.Equals, 0), n)
		end := s.Span.Start
		for _, k := range s.Key {
			within("key", k.Span.Start, k.Span.End)
			if k.Span.Start < end || k.Span.End > s.Span.End {
				t.Fatalf("key %v outside statement %v of\n%q", k.Span, s.Span, tree.Source)
			}
			end = k.Span.End
		}
		if s.Kind == Pair && s.Value.Span.End > s.Span.End {
			t.Fatalf("value %v outside statement %v of\n%q", s.Value.Span, s.Span, tree.Source)
		}
		value(&s.Value)
	}
	value = func(v *Value) {
		within("value", v.Span.Start, v.Span.End)
		for i := range v.Elements {
			value(&v.Elements[i])
		}
		for i := range v.Pairs {
			statement(&v.Pairs[i])
		}
	}
	header, end := -1, 0
	for i := range tree.Statements {
		s := &tree.Statements[i]
		statement(s)
		if s.Span.Start < end {
			t.Fatalf("statement %v overlaps the one before in\n%q", s.Span, tree.Source)
		}
		end = s.Span.End
		if s.Kind == Header || s.Kind == ArrayHeader {
			header = i
		} else if s.Header != header {
			t.Fatalf("statement %d stands under %d, not %d, in\n%q", i, header, s.Header, tree.Source)
		}
	}
	end = 0
	for _, c := range tree.Comments {
		within("comment", c.Start, c.End)
		if c.Start < end || tree.Source[c.Start] != '#' {
			t.Fatalf("comments %v out of place in\n%q", tree.Comments, tree.Source)
		}
		end = c.End
	}
	checkProblems(t, tree.Problems, tree.Source)
}

// checkProblems fails where problems are out of order, outside the file, or have fixes that cannot be made.
func checkProblems(t *testing.T, list []Problem, src string) {
	t.Helper()
	start := 0
	for _, p := range list {
		if p.Span.Start < start || p.Span.End < p.Span.Start || p.Span.End > len(src) || p.Message == "" {
			t.Fatalf("problem %+v is out of place in\n%q", p, src)
		}
		start = p.Span.Start
		if p.Related.Start < 0 || p.Related.End < p.Related.Start || p.Related.End > len(src) {
			t.Fatalf("related place of %+v is outside\n%q", p, src)
		}
		for _, f := range p.Fixes {
			end := 0
			for _, e := range f.Edits {
				if e.Span.Start < end || e.Span.End < e.Span.Start || e.Span.End > len(src) {
					t.Fatalf("edits of %+v overlap or leave the file\n%q", f, src)
				}
				end = e.Span.End
			}
			if len(f.Edits) == 0 || f.Title == "" {
				t.Fatalf("fix %+v does nothing", f)
			}
			before, _, _ := strings.Cut(f.Title, "'")
			if strings.Trim(before, " ,-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
				t.Fatalf("the title %s has no single quotes around what it names", f.Title)
			}
		}
	}
}
