package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles"
	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// A checked file is one file with what is wrong in it.
type checked struct {
	path     string // as given or found
	file     *profiles.File
	masked   string // the source with its secrets covered, byte for byte; empty where nothing of it may be shown
	problems []rules.Problem
	lines    *protocol.Mapper
}

func newChecked(path string, file *profiles.File) checked {
	return checked{
		path:     path,
		file:     file,
		masked:   settings.CoverKeys(file.Masked()),
		problems: rules.Check(file),
		lines:    protocol.NewMapper(file.Source, protocol.UTF16),
	}
}

// guarded is the file without a word of what is in it, where somebody else may have had it read: it is reached by a link, or by a path
// that a file of the folder names, and is none of those that are for Prefect. Who checks a folder may show others what is found.
func (f checked) guarded() checked {
	if isReadable(f.path) {
		return f
	}
	f.masked = ""
	f.problems = slices.Clone(f.problems)
	for i := range f.problems {
		f.problems[i].Fixes = nil
	}
	return f
}

// isReadable reports whether what a path leads to is called like a file of Prefect's, or lies in this folder and is not git's own.
func isReadable(path string) bool {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	if profiles.KindOf(target) != 0 {
		return true
	}
	here, err := filepath.EvalSymlinks(".")
	if err == nil {
		here, err = filepath.Abs(here)
	}
	if err == nil {
		target, err = filepath.Abs(target)
	}
	below, inside := strings.CutPrefix(target, here+string(filepath.Separator))
	return err == nil && inside && !strings.HasPrefix(below, ".git"+string(filepath.Separator))
}

// slashed is the path as other programs want it, on every system.
func (f checked) slashed() string { return settings.MaskKeys(filepath.ToSlash(f.path)) }

// inCheckout is the path below the folder into which a CI service checked the repository out, or else below this one. Outside of it the
// path is absolute.
func (f checked) inCheckout() string {
	path, err := filepath.Abs(f.path)
	if err != nil {
		return f.slashed()
	}
	root, err := filepath.Abs(cmp.Or(os.Getenv("GITHUB_WORKSPACE"), os.Getenv("CI_PROJECT_DIR")))
	if err == nil {
		if below, err := filepath.Rel(root, path); err == nil && filepath.IsLocal(below) {
			path = below
		}
	}
	return settings.MaskKeys(filepath.ToSlash(path))
}

// line is the extent of a line, counted from 0, as editors count it: without its end, and without a byte order mark before it.
func (f checked) line(n int) text.Span {
	extent := f.lines.Lines.Span(n)
	if n == 0 {
		extent.Start = len(f.file.Source) - len(strings.TrimPrefix(f.file.Source, "\ufeff"))
	}
	return extent
}

// A position is a place for people: line and column, counted from 1 in characters.
type position struct{ line, column int }

func (f checked) position(offset int) position {
	line := f.lines.Lines.At(offset)
	start := f.line(line).Start
	return position{line + 1, utf8.RuneCountInString(f.file.Source[start:max(start, offset)]) + 1}
}

// place is path:line:column.
func (f checked) place(offset int) string {
	p := f.position(offset)
	return fmt.Sprintf("%s:%d:%d", settings.MaskKeys(f.path), p.line, p.column)
}

// showable are the fixes of a problem in its own file, without those that write a secret, which a report must not repeat.
func (f checked) showable(p rules.Problem) []rules.Fix {
	return slices.DeleteFunc(slices.Clone(p.Fixes), func(fix rules.Fix) bool {
		return fix.File != nil || fix.Remedy != 0 || f.writesSecret(fix)
	})
}

// writesSecret reports whether a fix writes something of which a secret may be a part: one that it takes away there or elsewhere, or nobody
// knows, as nothing of the file may be shown.
func (f checked) writesSecret(fix rules.Fix) bool {
	writes, touches := false, f.masked == ""
	for _, edit := range fix.Edits {
		writes = writes || edit.New != ""
		touches = touches || edit.Span.Of(f.masked) != edit.Span.Of(f.file.Source) || edit.New != session.ShownURL(edit.New)
	}
	return writes && touches
}
