package syntax

import (
	"strings"

	"prefect-ls/profiles/text"
)

// characters reports bytes that make Python refuse the file or take a name for another one, and skips
// a byte order mark. Of a file in UTF-16 nothing is left to read.
func (e *envParser) characters() {
	if isUTF16(e.src) {
		e.report(text.Span{End: 2}, inUTF16)
		e.pos = len(e.src)
		return
	}
	if strings.HasPrefix(e.src, byteOrderMark) {
		mark := text.Span{End: len(byteOrderMark)}
		e.report(mark, "The file starts with a byte order mark, which python-dotenv before 1.2.3 takes for a part of the first name.",
			deletion("Remove the byte order mark", mark))
		e.pos = mark.End
	}
	for _, span := range invalidUTF8(e.src) {
		e.report(span, notUTF8)
	}
}

// diagnose reports a line that python-dotenv skips because it understands nothing from offset failed on.
func (e *envParser) diagnose(b *Binding, failed int) {
	rest := strings.TrimFunc(e.src[min(failed, b.Span.End):b.Span.End], isEnvSpace)
	const skipped = "This line is skipped: "
	switch {
	case b.Key == (text.Span{}) && strings.HasPrefix(rest, "'"):
		e.report(b.Span, skipped+"the quote before the name is not closed.")
	case b.Key == (text.Span{}):
		e.report(b.Span, skipped+"there is no name before the =.")
	case b.Equals >= 0 && b.Quote == 0:
		e.unclosed(b, skipped)
	case b.Equals >= 0:
		e.trailing(b, rest, skipped)
	default:
		e.withoutEquals(b, rest, skipped)
	}
}

// unclosed reports a value whose closing quote is missing. Python-dotenv looks for it up to the end of the file.
func (e *envParser) unclosed(b *Binding, skipped string) {
	literal := e.src[b.Value.Start:b.Span.End]
	quote := literal[:1]
	end := len(literal)
	if comment := strings.Index(literal, " #"); comment > 0 {
		end = len(strings.TrimSpace(literal[:comment]))
	}
	at := b.Value.Start + end
	b.Value.End = b.Span.End
	fix := insertion("Close the text", at, closing(literal[:end], quote))
	if inner, found := strings.CutSuffix(literal[1:], `\`+quote); found {
		fix = replacement("Mend the backslashes", text.Span{Start: b.Value.Start, End: b.Span.End}, QuoteEnv(inner+`\`))
	}
	e.report(b.Span, skipped+"the text is not closed. Put "+quote+" behind it.", fix)
}

// trailing reports text behind a closing quote. A value over several lines, with text behind it, was most likely meant
// to be closed on the first one: its quote then opens the next value.
func (e *envParser) trailing(b *Binding, rest, skipped string) {
	quote := string(b.Quote)
	literal := e.src[b.Value.Start:b.Span.End]
	whole := text.Span{Start: b.Value.Start, End: b.Span.End}
	inner := literal[1 : len(literal)-1]
	firstLine := strings.IndexAny(literal, "\r\n")
	switch {
	case firstLine >= 0 && b.Value.Start+firstLine < b.Value.End:
		at := b.Value.Start + firstLine
		e.report(text.Span{Start: b.Span.Start, End: at},
			"These lines are skipped: the text that starts here is not closed on its line. Put "+quote+" behind it.",
			insertion("Close the text", at, closing(literal[:firstLine], quote)))
	case strings.Trim(rest, ",;") == "":
		e.report(b.Span, skipped+"nothing may stand behind the closing quote.",
			deletion("Remove '"+rest+"'", text.Span{Start: b.Value.End, End: b.Span.End}))
	case !strings.HasSuffix(rest, quote):
		e.report(b.Span, skipped+"only a comment may stand behind the closing quote.")
	case strings.Contains(inner, "'"):
		e.report(b.Span, skipped+"the text holds the quote around it. Escape the quotes in it.",
			replacement("Escape the quotes", whole, quoteEnvWith(b.Quote, inner)))
	default:
		e.report(b.Span, skipped+"the text holds the quote around it. Put it in single quotes.",
			replacement("Put the text in single quotes", whole, quoteEnvWith('\'', inner)))
	}
}

// closing is the quote for the end of an open text in which backslashes escape: one at that end stays one.
func closing(open, quote string) string {
	if escapesNext(open) {
		return `\` + quote
	}
	return quote
}

// escapesNext reports whether the last byte of a text is a backslash that nothing escapes.
func escapesNext(s string) bool { return (len(s)-len(strings.TrimRight(s, `\`)))%2 > 0 }

// withoutEquals reports a name with something else than "=" behind it.
func (e *envParser) withoutEquals(b *Binding, rest, skipped string) {
	word := b.Key.Of(e.src)
	valueStart := b.Span.End - len(rest)
	name, colon := strings.CutSuffix(word, ":")
	switch {
	case word == "set" || word == "setx" || word == "declare":
		if !strings.Contains(rest, "=") {
			break
		}
		e.report(b.Span, skipped+"python-dotenv knows no "+word+". Start the line with the name.",
			deletion("Remove '"+word+"'", text.Span{Start: b.Key.Start, End: valueStart}))
		b.Key, b.Name = text.Span{}, ""
		return
	case colon && name != "":
		b.Key.End--
		b.Name = name
		e.report(b.Span, skipped+"write = between the name and its value, not a colon.",
			replacement("Replace ':' by '='", text.Span{Start: b.Key.End, End: valueStart}, "="))
		return
	case strings.HasPrefix(rest, ":"):
		value := strings.TrimSpace(rest[1:])
		e.report(b.Span, skipped+"write = between the name and its value, not a colon.",
			replacement("Replace ':' by '='", text.Span{Start: b.Key.End, End: b.Span.End - len(value)}, "="))
		return
	case !strings.ContainsAny(rest, " \t="):
		e.report(b.Span, skipped+"there is no = between the name and its value.",
			replacement("Insert '='", text.Span{Start: b.Key.End, End: valueStart}, "="))
		return
	}
	e.report(b.Span, skipped+"it is neither NAME=value nor a # comment.", insertion("Make it a comment", b.Span.Start, "# "))
}

// report adds a problem.
func (e *envParser) report(span text.Span, message string, fixes ...Fix) {
	e.env.Problems = append(e.env.Problems, Problem{Span: span, Message: message, Fixes: fixes})
}
