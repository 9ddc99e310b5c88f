package protocol

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestMapper walks random texts character by character, counting lines and units as LSP defines them.
func TestMapper(t *testing.T) {
	alphabet := []string{"a", "é", "😀", "\n", "\r\n", "\r", " ", "漢", "\u2028", "\uffff", "\U00010000"}
	units := map[Encoding]func(string) int{
		UTF8:  func(s string) int { return len(s) },
		UTF16: func(s string) int { return len(utf16.Encode([]rune(s))) },
		UTF32: utf8.RuneCountInString,
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var parts []string
		for range random.IntN(12) {
			part := alphabet[random.IntN(len(alphabet))]
			if part[0] == '\n' && len(parts) > 0 && parts[len(parts)-1] == "\r" {
				part = "a" // or the two would make one line end
			}
			parts = append(parts, part)
		}
		source := strings.Join(parts, "")
		for encoding, count := range units {
			m := NewMapper(source, encoding)
			var at lsp.Position
			offset := 0
			for _, part := range parts {
				if got := m.Position(offset); got != at {
					t.Fatalf("%q %s: offset %d is at %v, want %v", source, encoding, offset, got, at)
				}
				if got := m.Offset(at); got != offset {
					t.Fatalf("%q %s: %v is offset %d, want %d", source, encoding, at, got, offset)
				}
				offset += len(part)
				if strings.ContainsAny(part, "\r\n") {
					at = lsp.Position{Line: at.Line + 1}
				} else {
					at.Character += uint32(count(part))
				}
			}
		}
	}
}

func TestMapperClamps(t *testing.T) {
	m := NewMapper("ab😀\r\ncd", UTF16)
	for position, want := range map[lsp.Position]int{
		{Line: 0, Character: 3}:          2, // inside the surrogate pair
		{Line: 0, Character: 4}:          6,
		{Line: 0, Character: 99}:         6,
		{Line: 1, Character: 1}:          9,
		{Line: 1, Character: 4294967295}: 10,
		{Line: 2, Character: 0}:          10,
		{Line: 4294967295, Character: 0}: 10,
	} {
		if got := m.Offset(position); got != want {
			t.Errorf("%v is offset %d, want %d", position, got, want)
		}
	}
	for offset, want := range map[int]lsp.Position{
		-1: {}, 3: {Line: 0, Character: 2}, 7: {Line: 0, Character: 4}, 99: {Line: 1, Character: 2},
	} {
		if got := m.Position(offset); got != want {
			t.Errorf("offset %d is at %v, want %v", offset, got, want)
		}
	}
	if span := m.Span(lsp.Range{Start: lsp.Position{Line: 1}, End: lsp.Position{}}); span.Start != 0 || span.End != 8 {
		t.Errorf("a range that ends before it starts is %v, want 0 to 8", span)
	}
}

// FuzzMapper holds that every offset has a position that leads back to it, or to the start of the character that it is in.
func FuzzMapper(f *testing.F) {
	for _, seed := range []string{"", "a\nb", "é😀\r\n\r\n", "\xff\xfe\r", "漢\u2028字\n\r"} {
		f.Add(seed, uint32(1), uint32(2))
	}
	f.Fuzz(func(t *testing.T, source string, line, character uint32) {
		source = source[:min(len(source), 500)] // what follows looks at every pair of places
		for _, encoding := range []Encoding{UTF8, UTF16, UTF32} {
			m := NewMapper(source, encoding)
			if at := m.Offset(lsp.Position{Line: line, Character: character}); at < 0 || at > len(source) {
				t.Fatalf("%q %s: %d:%d is offset %d", source, encoding, line, character, at)
			}
			last := lsp.Position{}
			for offset := range len(source) + 1 {
				p := m.Position(offset)
				if p.Line < last.Line || p.Line == last.Line && p.Character < last.Character {
					t.Fatalf("%q %s: offset %d is at %v, before %v", source, encoding, offset, p, last)
				}
				back := m.Offset(p)
				if back > offset || m.Position(back) != p {
					t.Fatalf("%q %s: offset %d is at %v, which is offset %d", source, encoding, offset, p, back)
				}
				last = p
			}
		}
	})
}
