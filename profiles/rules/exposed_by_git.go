package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
)

//go:embed exposed_by_git.md
var exposedByGitPage string

var exposedByGit = &Rule{
	Code:     "exposed-by-git",
	Severity: Warning,
	Page:     exposedByGitPage,
	CheckExposure: func(f *profiles.File, x Exposure, report func(Problem)) {
		if x.Git < NotIgnored || !HoldsSecret(f) {
			return
		}
		p := Problem{Span: firstSecret(f).Key, Fixes: []Fix{{Title: fmt.Sprintf("Add %s to .gitignore", x.Name), Remedy: IgnoreInGit}}}
		if x.Git == Tracked {
			p.Message = fmt.Sprintf("Git tracks %s: whoever gets the repository gets this secret. Add the file to .gitignore, take it out with `git rm --cached %s`, and have a new secret made.", x.Name, x.Name)
		} else {
			p.Message = fmt.Sprintf("Git does not ignore %s, so that this secret is one `git add .` away from being shared. Add the file to .gitignore.", x.Name)
		}
		report(p)
	},
}
