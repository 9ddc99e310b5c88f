package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
)

//go:embed dotenv_nested_interpolation.md
var dotenvNestedInterpolationPage string

var dotenvNestedInterpolation = &Rule{
	Code:     "dotenv-nested-interpolation",
	Severity: Warning,
	Page:     dotenvNestedInterpolationPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Env == nil {
			return
		}
		for e := range given(f) {
			if inner, nested := nestedVariable(e.Value.Text); nested {
				report(Problem{Span: e.Value.Span, Message: fmt.Sprintf(
					"python-dotenv knows no variable inside another: what stands for the outer one ends at the first }, so %s is not replaced. Write the value out, or set it in a line of its own above.", inner)})
			}
		}
	},
}

// nestedVariable is the first variable that stands between the braces of another, such as ${B} in ${A:-${B}}.
func nestedVariable(value string) (string, bool) {
	for {
		_, rest, found := strings.Cut(value, "${")
		if !found {
			return "", false
		}
		between, after, closed := strings.Cut(rest, "}")
		if !closed {
			return "", false
		}
		if inner := strings.LastIndex(between, "${"); inner >= 0 {
			return between[inner:] + "}", true
		}
		value = after
	}
}
