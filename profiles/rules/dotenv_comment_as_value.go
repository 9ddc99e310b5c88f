package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

//go:embed dotenv_comment_as_value.md
var dotenvCommentAsValuePage string

var dotenvCommentAsValue = &Rule{
	Code:     "dotenv-comment-as-value",
	Severity: Warning,
	Page:     dotenvCommentAsValuePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Env == nil {
			return
		}
		for e := range given(f) {
			if !isCommentAsValue(e) {
				continue
			}
			if _, invalid := e.Setting.Cast(e.Value, f.Kind.Source()); invalid != nil {
				continue // see invalid-value
			}
			start := text.Span{Start: e.Binding.Span.Start, End: e.Binding.Span.Start}
			report(Problem{
				Span:    e.Value.Span,
				Message: "Right behind the = this is not a comment but the value. Make the whole line a comment to leave the setting unset.",
				Fixes:   []Fix{{Title: "Make the line a comment", Preferred: true, Edits: []text.Edit{{Span: start, New: "# "}}}},
			})
		}
	},
}

// isCommentAsValue reports whether the value of e was meant as a comment. A secret may well start with "#", but hardly
// goes on with white space.
func isCommentAsValue(e *profiles.Entry) bool {
	if e.Binding == nil || e.Binding.Quote != 0 || !strings.HasPrefix(e.Value.Text, "#") {
		return false
	}
	return !e.Setting.Secret || strings.HasPrefix(e.Value.Text, "# ")
}
