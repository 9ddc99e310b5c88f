package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

//go:embed garbled_names.md
var garbledNamesPage string

var garbledNames = &Rule{
	Code:     "garbled-names",
	Severity: Warning,
	Page:     garbledNamesPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f) {
			if e.Setting.Kind != settings.Names || e.Value.Kind != syntax.String || isInterpolated(e) || isCommentAsValue(e) {
				continue
			}
			value, _ := e.Setting.Cast(e.Value, f.Kind.Source())
			read, _ := value.([]string)
			switch {
			case slices.ContainsFunc(read, func(name string) bool { return strings.ContainsAny(name, `[]"'`) }):
				report(Problem{
					Span:    e.Value.Span,
					Message: fmt.Sprintf("The brackets and quotes become part of the names: the first of these is read as %s. Write the names with commas between them and nothing else.", firstName(e.Value.Text)),
					Fixes:   replaceValue(f, e, "Write a comma-separated list", plainNames(e.Value.Text)),
				})
			case e.Setting.Name == "PREFECT_LOGGING_EXTRA_LOGGERS" && slices.Contains(read, ""):
				report(Problem{
					Span:    e.Value.Span,
					Message: "There is a comma too many: the empty name next to it stands for the root logger, so that the logs of every library are sent to the API.",
					Fixes:   replaceValue(f, e, "Remove the comma", plainNames(e.Value.Text)),
				})
			}
		}
	},
}

func firstName(list string) string {
	first, _, _ := strings.Cut(list, ",")
	return strings.TrimSpace(first)
}

// plainNames is a list of names as Prefect reads it from text.
func plainNames(list string) string {
	var plain []string
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.Trim(name, " \t\r\n[]\"'"); name != "" {
			plain = append(plain, name)
		}
	}
	return strings.Join(plain, ",")
}
