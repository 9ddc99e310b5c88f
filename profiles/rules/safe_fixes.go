package rules

import (
	"slices"

	"prefect-ls/profiles/text"
)

// SafeFixes are the fixes of the problems of one file that are surely meant, and cannot change which server Prefect contacts, or with
// whose key. Of two that touch, the later one is left for the next time.
func SafeFixes(problems []Problem) (fixes []Fix) {
	var made []text.Edit
	touches := func(e text.Edit) bool {
		return slices.ContainsFunc(made, func(other text.Edit) bool { return other.Span.Overlaps(e.Span) })
	}
	for _, p := range problems {
		for _, fix := range p.Fixes {
			if fix.Preferred && fix.Safe && !slices.ContainsFunc(fix.Edits, touches) {
				fixes = append(fixes, fix)
				made = append(made, fix.Edits...)
			}
		}
	}
	return fixes
}
