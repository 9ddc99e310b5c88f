package feature

import (
	"strings"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// markdown is text in the form in which every client shows it formatted.
func markdown(text string) lsp.MarkupContent {
	return lsp.MarkupContent{Kind: lsp.MarkupKindMarkdown, Value: text}
}

// code is text of whatever origin in the font for code: it neither formats, links nor loads anything. Its fence is longer than any in it.
func code(text string) string {
	text = strings.NewReplacer("\r", " ", "\n", " ").Replace(text)
	fence, room := "`", ""
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		room = " "
	}
	return fence + room + text + room + fence
}

// plain is text of whatever origin as itself: it neither links nor loads anything. Names keep their underscores, which harm nothing.
func plain(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r':
			r = ' '
		case strings.ContainsRune("\\`*[]<>!&", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// link leads to an address, which is well formed.
func link(text, address string) string {
	return "[" + plain(text) + "](" + strings.NewReplacer("(", "%28", ")", "%29").Replace(address) + ")"
}
