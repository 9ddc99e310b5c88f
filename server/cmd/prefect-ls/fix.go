package main

import (
	"fmt"
	"io"

	"prefect-ls/profiles"
	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"
)

// fixAll makes the safe fixes of all files and returns what is then still wrong. A file that cannot be written is left undone.
func (run *checkRun) fixAll(std stdio, files []checked) ([]checked, error) {
	for i, f := range files {
		fixed := f.fixed()
		switch {
		case run.stdin != "":
			if _, err := io.WriteString(std.out, fixed.file.Source); err != nil {
				return nil, err
			}
		case fixed.file.Source != f.file.Source:
			if err := session.Replace(f.path, f.file.Source, fixed.file.Source); err != nil {
				run.undone = append(run.undone, err)
				continue
			}
			fmt.Fprintf(std.err, "fixed %s\n", visible(settings.MaskKeys(f.path)))
		}
		files[i] = fixed
	}
	if run.stdin == "" && len(run.paths) == 0 {
		return run.inEffect() // a file that is fixed can bring to light what is wrong with another
	}
	return files, nil
}

// fixed is the file after its safe fixes are made, until none is left. Each round must leave fewer problems than it met, which ends it in
// any case.
func (f checked) fixed() checked {
	for {
		var edits []text.Edit
		for _, fix := range rules.SafeFixes(f.problems) {
			edits = append(edits, fix.Edits...)
		}
		if len(edits) == 0 {
			return f
		}
		source := text.Apply(f.file.Source, edits...)
		next := newChecked(f.path, profiles.ReadFor(f.file.Prefect, f.file.Kind, source).At(f.path))
		if len(next.problems) >= len(rules.Check(f.file)) {
			return f
		}
		f = next
	}
}
