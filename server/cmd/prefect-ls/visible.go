package main

import (
	"strings"
	"unicode"
)

// visible is text of whatever origin in one line, fit for a terminal: signs that would do something there, or turn the direction of what
// follows, are shown by others, one for one. Tabs stay.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return '␊'
		}
		return shownRune(r)
	}, text)
}

// visibleLines is [visible] for text that may have several lines.
func visibleLines(text string) string { return strings.Map(shownRune, text) }

func shownRune(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r < ' ':
		return r + '␀'
	case r == 0x7f:
		return '␡'
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
		return unicode.ReplacementChar
	}
	return r
}
