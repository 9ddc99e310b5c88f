package syntax

import (
	"strings"

	"prefect-ls/profiles/text"
)

// The edits in this file change what they say and keep every other byte, as those of [TOML] do.
// Values are plain text: what a program should see, before any quoting.

// SetValue gives a binding a value. It keeps the quotes that are there if they can hold it.
func (b *Binding) SetValue(value string) text.Edit {
	quote, at, equals := b.Quote, b.Value, ""
	if b.Equals < 0 {
		at, equals = text.Span{Start: b.Key.End, End: b.Key.End}, "="
	}
	if quote == 0 && b.Comment.Start == at.End {
		quote = '\'' // else the comment would join the value
	}
	return text.Edit{Span: at, New: equals + quoteEnvWith(quote, value)}
}

// Delete takes out every binding of name with its lines.
func (e *Env) Delete(name string) (edits []text.Edit) {
	for i := range e.Bindings {
		if b := &e.Bindings[i]; !b.Broken && b.Name == name {
			edits = append(edits, e.deletion(b))
		}
	}
	return edits
}

// DeleteBinding takes out one binding with its lines.
func (e *Env) DeleteBinding(b *Binding) []text.Edit { return []text.Edit{e.deletion(b)} }

func (e *Env) deletion(b *Binding) text.Edit {
	return text.Edit{Span: text.Span{Start: lineStart(e.Source, b.Span.Start), End: lineEnd(e.Source, max(b.Span.End, b.Comment.End))}}
}

// MoveBehind moves the lines of a binding, with the comment lines right above it, down to right behind those of another
// one, or is nil where it stands below already, and where a byte order mark inside the file would come to open it and so
// cease to be part of a name. What ${NAME} stands for may depend on the order.
func (e *Env) MoveBehind(b, other *Binding) []text.Edit {
	span, to := e.section(b), e.section(other).End
	if to <= span.End || span.Start == 0 && strings.HasPrefix(e.Source[span.End:], byteOrderMark) {
		return nil
	}
	lines := span.Of(e.Source)
	if to == len(e.Source) && !isLineEnd(e.Source[to-1]) { // the last line has no line end
		line := strings.TrimRight(lines, "\r\n")
		lines = lines[len(line):] + line
	}
	return []text.Edit{{Span: span}, {Span: text.Span{Start: to, End: to}, New: lines}}
}

// section is the lines of a binding, with the comments right above it unless these open the file.
func (e *Env) section(b *Binding) text.Span {
	top, above := fileStart(e.Source), 0
	for i := range e.Bindings {
		if other := &e.Bindings[i]; other.Span.Start < b.Span.Start {
			above = lineEnd(e.Source, max(other.Span.End, other.Comment.End))
		}
	}
	line := max(lineStart(e.Source, b.Span.Start), top)
	start := commentsAbove(e.Source, line, max(above, top))
	if start == top {
		start = line
	}
	return text.Span{Start: start, End: lineEnd(e.Source, max(b.Span.End, b.Comment.End))}
}
