package syntax

import (
	"fmt"
	"strings"

	"prefect-ls/profiles/text"
)

// characters reports the bytes that may stand nowhere in a TOML file, and skips a byte order mark.
// Of a file in UTF-16 nothing is left to read.
func (p *parser) characters() {
	src := p.src
	if isUTF16(src) {
		p.report(text.Span{End: 2}, inUTF16)
		p.pos = len(src)
		return
	}
	if strings.HasPrefix(src, byteOrderMark) {
		mark := text.Span{End: len(byteOrderMark)}
		p.report(mark, "The file starts with a byte order mark, which TOML does not allow. Save it as UTF-8 without BOM.",
			deletion("Remove the byte order mark", mark))
		p.pos = mark.End
	}
	var loneReturns []text.Edit
	for i := 0; i < len(src); i++ {
		c := src[i]
		switch {
		case c >= ' ' && c != 0x7f || c == '\n' || c == '\t':
		case c == '\r' && i+1 < len(src) && src[i+1] == '\n':
			i++
		case c == '\r':
			loneReturns = append(loneReturns, text.Edit{Span: text.Span{Start: i, End: i + 1}, New: "\n"})
		default:
			p.controlCharacter(i)
		}
	}
	if len(loneReturns) > 0 {
		p.report(loneReturns[0].Span, "A line ends with a carriage return alone. TOML lines end with \\n or \\r\\n.",
			Fix{Title: "End all lines with a line feed", Edits: loneReturns})
	}
	for _, span := range invalidUTF8(src) {
		p.report(span, notUTF8)
	}
}

// controlCharacter reports the control character at offset.
func (p *parser) controlCharacter(offset int) {
	span := text.Span{Start: offset, End: offset + 1}
	p.report(span, fmt.Sprintf("TOML does not allow the control character U+%04X here.", p.src[offset]),
		deletion("Remove the character", span))
}

// diagnoseJunk reports a line that is neither a pair nor a header.
func (p *parser) diagnoseJunk(span text.Span) {
	line := span.Of(p.src)
	for _, mark := range []string{"//", ";"} {
		if strings.HasPrefix(line, mark) {
			at := text.Span{Start: span.Start, End: span.Start + len(mark)}
			p.report(span, "A comment starts with # in TOML, not with "+mark+".", replacement("Replace '"+mark+"' by '#'", at, "#"))
			return
		}
	}
	if isConflictMarker(line) {
		p.report(span, "This is the mark of a merge conflict. Keep one side and remove the marks.")
		return
	}
	p.report(span, "This is not TOML. A line holds name = value, a [header] or a # comment.",
		insertion("Make it a comment", span.Start, "# "))
}

// diagnoseTrailing reports text behind a header, or behind the value of a pair.
func (p *parser) diagnoseTrailing(rest text.Span, value Value) {
	words := rest.Of(p.src)
	switch {
	case strings.HasPrefix(words, "//"):
		p.report(rest, "A comment starts with # in TOML, not with //.",
			replacement("Replace '//' by '#'", text.Span{Start: rest.Start, End: rest.Start + 2}, "#"))
	case strings.Trim(words, ",;") == "":
		p.report(rest, "Only a comment may stand here.", deletion("Remove '"+words+"'", rest))
	case strings.Trim(words, "]}") == "":
		p.report(rest, "Nothing was opened that this bracket could close.", deletion("Remove '"+words+"'", rest))
	case startsStatement(words):
		p.report(rest, "Each name = value needs a line of its own.", insertion("Start a new line", rest.Start, "\n"))
	case value.Kind == String && p.src[value.Span.Start] == words[len(words)-1]:
		p.diagnoseInnerQuotes(rest, text.Span{Start: value.Span.Start, End: rest.End})
	default:
		p.report(rest, "Only a comment may stand here.")
	}
}

// diagnoseInnerQuotes reports a text that holds the quote around it and so ends before rest. Its literal was meant
// to be all of whole.
func (p *parser) diagnoseInnerQuotes(rest, whole text.Span) {
	const message = "The text holds the quote it is quoted with, and so ends too early."
	inner := p.src[whole.Start+1 : whole.End-1]
	if p.src[whole.Start] == '"' && strings.IndexByte(inner, '\'') < 0 && !strings.Contains(inner, "\n") {
		p.report(rest, message+" Put it in single quotes.", replacement("Put the text in single quotes", whole, "'"+inner+"'"))
		return
	}
	p.report(rest, message+" Escape the quotes.", replacement("Escape the quotes", whole, Quote(inner)))
}

// diagnoseValue reports text that is no value, and returns what was most likely meant.
func (p *parser) diagnoseValue(v Value) Value {
	word := v.Text
	lower := strings.ToLower(word)
	switch {
	case lower == "true" || lower == "false":
		v.Kind = Boolean
		p.report(v.Span, "TOML writes "+lower+" in lower case.", replacement("Change to '"+lower+"'", v.Span, lower))
	case lower == "none" || lower == "null" || lower == "nil":
		p.report(v.Span, "TOML has no "+word+". Leave the name out, or put a text in quotes.",
			replacement("Put it in quotes", v.Span, Quote(word)))
	case strings.TrimRight(word, ",;") != word && scalarKind(strings.TrimRight(word, ",;")) != Bad:
		kept := strings.TrimRight(word, ",;")
		extra := text.Span{Start: v.Span.Start + len(kept), End: v.Span.End}
		v.Kind, v.Text, v.Span.End = scalarKind(kept), kept, extra.Start
		p.report(extra, "Only a comment may stand here.", deletion("Remove '"+extra.Of(p.src)+"'", extra))
	case straighten(word) != word:
		p.report(v.Span, `These are not the quotes that TOML knows. Use " or '.`,
			replacement("Use straight quotes", v.Span, Quote(straighten(word))))
	case minuteEnd(word) > 0:
		v.Kind = DateTime
		p.report(v.Span, "A time without seconds needs TOML 1.1.", insertion("Add ':00'", v.Span.Start+minuteEnd(word), ":00"))
	case looksLikeTime(word):
		p.report(v.Span, "There is no such date or time. If it is a text, put it in quotes.",
			replacement("Put it in quotes", v.Span, Quote(word)))
	case isNumberWithZeros(word):
		p.report(v.Span, "A number cannot start with 0. Remove the zeros, or put a text in quotes.",
			replacement("Remove the zeros", v.Span, withoutZeros(word)), replacement("Put it in quotes", v.Span, Quote(word)))
	default:
		p.report(v.Span, "A text needs quotes.", replacement("Put it in quotes", v.Span, Quote(word)))
	}
	return v
}

// diagnoseUnclosed reports a string on one line that lacks its closing quote.
func (p *parser) diagnoseUnclosed(span text.Span) {
	literal := span.Of(p.src)
	quote := literal[:1]
	if inner, found := strings.CutSuffix(literal[1:], `\"`); found && quote == `"` && strings.IndexByte(inner, '\'') < 0 {
		p.report(span, "The backslash before the last quote keeps this text from being closed. Use single quotes around it.",
			replacement("Put the text in single quotes", span, "'"+inner+`\'`))
		return
	}
	end := len(literal)
	if comment := strings.Index(literal, " #"); comment > 0 {
		end = len(strings.TrimRight(literal[:comment], " \t"))
	}
	at := span.Start + end
	fix := insertion("Close the text", at, quote)
	if quote == `"` {
		fix = insertion("Close the text", at, closing(literal[:end], quote))
	}
	if last := literal[end-1]; end > 1 && (last == '"' || last == '\'') {
		fix = replacement("Close the text", text.Span{Start: at - 1, End: at}, quote)
	}
	p.report(span, "This text is not closed. Put "+quote+" behind it.", fix)
}

// diagnoseEscape reports an escape that TOML 1.0 does not know.
func (p *parser) diagnoseEscape(literal, at text.Span, e escape) {
	if e.instead != "" {
		p.report(at, e.problem, replacement("Change to '"+e.instead+"'", at, e.instead))
		return
	}
	source := literal.Of(p.src)
	double := Fix{Title: "Double the backslashes"}
	for i := range len(source) {
		if source[i] == '\\' {
			double.Edits = append(double.Edits, text.Edit{Span: text.Span{Start: literal.Start + i, End: literal.Start + i}, New: `\`})
		}
	}
	if strings.HasPrefix(source, `"""`) || strings.IndexByte(source, '\'') >= 0 {
		p.report(at, e.problem+` Write \\ for a backslash.`, double)
		return
	}
	p.report(at, e.problem+" In single quotes a backslash is a backslash.",
		replacement("Put the text in single quotes", literal, "'"+source[1:len(source)-1]+"'"), double)
}

// diagnoseNewTable reports what only TOML 1.1 allows in an inline table: line ends, and a comma at the end.
func (p *parser) diagnoseNewTable(v Value, firstLineEnd, lastComma int) {
	if firstLineEnd >= 0 {
		p.report(text.Span{Start: firstLineEnd, End: firstLineEnd},
			"A table in { } that spans lines needs TOML 1.1. Put it on one line.", p.joinTable(v)...)
		return
	}
	if lastComma >= 0 && len(v.Pairs) > 0 {
		span := text.Span{Start: lastComma, End: lastComma + 1}
		p.report(span, "A comma before the closing } needs TOML 1.1.", deletion("Remove the comma", span))
	}
}

// joinTable puts an inline table on one line, if nothing in it, such as a comment, stands in the way.
func (p *parser) joinTable(v Value) []Fix {
	if n := len(p.tree.Comments); n > 0 && p.tree.Comments[n-1].Start > v.Span.Start {
		return nil
	}
	pairs := make([]string, len(v.Pairs))
	for i, s := range v.Pairs {
		pairs[i] = s.Span.Of(p.src)
		if strings.ContainsAny(pairs[i], "\r\n") {
			return nil
		}
	}
	return []Fix{replacement("Put the table on one line", v.Span, "{ "+strings.Join(pairs, ", ")+" }")}
}

// straighten takes off curly or straight quotes, or what is left of them, around s.
func straighten(s string) string {
	return strings.Trim(s, "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb")
}

// minuteEnd is where a time lacks its seconds, or 0 if s would be no date or time with them.
func minuteEnd(s string) int {
	colon := strings.IndexByte(s, ':')
	at := colon + len(":00")
	if colon < 0 || at > len(s) || scalarKind(s[:at]+":00"+s[at:]) != DateTime {
		return 0
	}
	return at
}

// looksLikeTime reports whether s starts like a date or a time.
func looksLikeTime(s string) bool {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	return digits == 4 && len(s) >= 10 && s[4] == '-' && s[7] == '-' || digits == 2 && len(s) >= 8 && s[2] == ':' && s[5] == ':'
}

// isNumberWithZeros reports whether s is a number but for zeros at its start.
func isNumberWithZeros(s string) bool {
	return s != withoutZeros(s) && isFloat(withoutZeros(s))
}

// withoutZeros is a number without the zeros at its start, but one where nothing else is left.
func withoutZeros(s string) string {
	digits := strings.TrimLeft(s, "+-")
	sign := s[:len(s)-len(digits)]
	for len(digits) > 1 && digits[0] == '0' && isDecimal(digits[1]) {
		digits = digits[1:]
	}
	return sign + digits
}
