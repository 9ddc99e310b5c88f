package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/text"

	"golang.org/x/term"
)

// A palette colours text for a terminal. The zero palette leaves it as it is.
type palette struct{ on bool }

// paletteFor is a palette that colours what goes to a terminal, unless the person asked for no colours (no-color.org).
func paletteFor(out io.Writer) palette {
	file, ok := out.(interface{ Fd() uintptr })
	return palette{ok && term.IsTerminal(int(file.Fd())) && os.Getenv("NO_COLOR") == ""}
}

func (p palette) paint(code, text string) string {
	if !p.on {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p palette) bold(text string) string { return p.paint("1", text) }
func (p palette) dim(text string) string  { return p.paint("2", text) }

func (p palette) severity(s rules.Severity, text string) string {
	return p.paint(map[rules.Severity]string{rules.Error: "1;31", rules.Warning: "1;33", rules.Information: "1;36", rules.Hint: "1;34"}[s], text)
}

// writeFull shows each finding in its line, with the way out.
func writeFull(out io.Writer, files []checked) error {
	var b strings.Builder
	colours := paletteFor(out)
	counts := map[rules.Severity]int{}
	for _, f := range files {
		for _, p := range f.problems {
			counts[p.Severity]++
			fmt.Fprintf(&b, "%s %s\n", colours.severity(p.Severity, p.Severity.String()+":"), colours.bold(visible(p.Message)))
			fmt.Fprintf(&b, "  %s %s\n%s", colours.dim("-->"), visible(f.place(p.Span.Start)), f.excerpt(p, colours))
			for _, fix := range p.Fixes {
				fmt.Fprintf(&b, "  fix: %s\n", visible(fix.Title))
			}
			fmt.Fprintf(&b, "%s\n\n", colours.dim("  more: prefect-ls explain "+p.Rule.Code))
		}
	}
	b.WriteString(summary(counts, len(files)))
	_, err := io.WriteString(out, b.String())
	return err
}

func summary(counts map[rules.Severity]int, files int) string {
	var parts []string
	for _, s := range []rules.Severity{rules.Error, rules.Warning, rules.Information, rules.Hint} {
		name := s.String()
		if s == rules.Information {
			name = "remark"
		}
		if n := counts[s]; n > 0 {
			parts = append(parts, plural(n, name))
		}
	}
	if len(parts) == 0 {
		parts = []string{"Nothing to report"}
	}
	return fmt.Sprintf("%s in %s.\n", strings.Join(parts, ", "), plural(files, "file"))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// excerpt is the first line of a problem with carets under it, or nothing where it may not be shown. Secrets are covered.
func (f checked) excerpt(p rules.Problem, colours palette) string {
	if f.masked == "" {
		return ""
	}
	line := f.lines.Lines.At(p.Span.Start)
	extent := f.line(line)
	start := max(p.Span.Start, extent.Start)
	shown := text.Span{Start: start, End: max(start, min(p.Span.End, extent.End))}
	indent := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, f.masked[extent.Start:shown.Start])
	carets := strings.Repeat("^", max(1, utf8.RuneCountInString(shown.Of(f.masked))))
	number := fmt.Sprint(line + 1)
	margin := colours.dim(strings.Repeat(" ", len(number)) + " |")
	return fmt.Sprintf("%s\n%s %s\n%s %s%s\n",
		margin, colours.dim(number+" |"), visible(extent.Of(f.masked)), margin, indent, colours.severity(p.Severity, carets))
}
