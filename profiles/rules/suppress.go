package rules

import (
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

// Directive begins the comments by which a person silences a rule: "# prefect-ls: ignore[code]" at the end of the line or on the
// line above, or "# prefect-ls: ignore-file[code]" anywhere. Several codes are separated by commas.
const Directive = "# prefect-ls: ignore"

// hasDirective reports whether f may have a comment that silences a rule.
func hasDirective(f *profiles.File) bool { return strings.Contains(f.Source, Directive) }

// suppress takes out the problems that the file's comments silence.
func suppress(f *profiles.File, found []Problem) []Problem {
	if len(found) == 0 || !hasDirective(f) {
		return found
	}
	lines := text.NewLines(f.Source)
	everywhere := map[string]bool{}
	onLine := map[int]map[string]bool{}
	for line := range lines.Count() {
		source := lines.Span(line).Of(f.Source)
		codes, wholeFile := ignored(source)
		if wholeFile {
			for _, code := range codes {
				everywhere[code] = true
			}
			continue
		}
		covered := []int{line}
		if strings.HasPrefix(strings.TrimSpace(source), Directive) {
			covered = append(covered, line+1)
		}
		for _, l := range covered {
			for _, code := range codes {
				if onLine[l] == nil {
					onLine[l] = map[string]bool{}
				}
				onLine[l][code] = true
			}
		}
	}
	return slices.DeleteFunc(found, func(p Problem) bool {
		return everywhere[p.Rule.Code] || onLine[lines.At(p.Span.Start)][p.Rule.Code]
	})
}

// ignored are the codes that a line's comment silences.
func ignored(line string) (codes []string, wholeFile bool) {
	_, rest, found := strings.Cut(line, Directive)
	if !found {
		return nil, false
	}
	rest, wholeFile = strings.CutPrefix(rest, "-file")
	rest, ok := strings.CutPrefix(rest, "[")
	list, _, closed := strings.Cut(rest, "]")
	if !ok || !closed {
		return nil, false
	}
	for code := range strings.SplitSeq(list, ",") {
		codes = append(codes, strings.TrimSpace(code))
	}
	return codes, wholeFile
}
