package main

import (
	"fmt"
	"io"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"
)

// fixAll makes the safe fixes of all files and returns what is then still wrong.
func (run checkRun) fixAll(std stdio, files []checked) ([]checked, error) {
	for i, f := range files {
		fixed, err := run.fixOne(f)
		if err != nil {
			return nil, err
		}
		switch {
		case run.stdin != "":
			if _, err := io.WriteString(std.out, fixed.file.Source); err != nil {
				return nil, err
			}
		case fixed.file.Source != f.file.Source:
			if err := session.Replace(f.path, f.file.Source, fixed.file.Source); err != nil {
				return nil, err
			}
			fmt.Fprintf(std.err, "fixed %s\n", visible(settings.MaskKeys(f.path)))
		}
		files[i] = fixed
	}
	return files, nil
}

// fixOne makes the safe fixes of a file until none is left. Each round must leave fewer problems than it met, which ends
// it in any case.
func (run checkRun) fixOne(f checked) (checked, error) {
	for {
		edits := safeEdits(f.problems)
		if len(edits) == 0 {
			return f, nil
		}
		next, err := run.one(f.path, text.Apply(f.file.Source, edits...))
		if err != nil || len(next.problems) >= len(f.problems) {
			return f, err
		}
		f = next
	}
}

// safeEdits are the edits of the fixes that are surely meant and cannot change which server is contacted. Of two that
// touch, the second waits for the next round.
func safeEdits(problems []rules.Problem) []text.Edit {
	var edits []text.Edit
	for _, p := range problems {
		for _, fix := range p.Fixes {
			if fix.Preferred && fix.Safe && !touches(edits, fix.Edits) {
				edits = append(edits, fix.Edits...)
			}
		}
	}
	return edits
}

func touches(edits, others []text.Edit) bool {
	for _, e := range edits {
		for _, o := range others {
			if e.Span.Overlaps(o.Span) {
				return true
			}
		}
	}
	return false
}
