package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

//go:embed profile_name_not_quoted.md
var profileNameNotQuotedPage string

var profileNameNotQuoted = &Rule{
	Code:     "profile-name-not-quoted",
	Severity: Warning,
	Page:     profileNameNotQuotedPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Kind != profiles.ProfilesTOML {
			return
		}
		for _, s := range f.Irregular {
			if s.Kind == syntax.Pair || len(s.Key) < 3 || s.Key[0].Text != "profiles" || isVariable(s.Key[2].Text) {
				continue // see invalid-value and group-variable for tables in place of settings
			}
			report(dottedProfile(f.TOML, s))
		}
	},
}

func dottedProfile(t *syntax.TOML, s *syntax.Statement) Problem {
	p := Problem{Span: keySpan(s.Key)}
	profile, rest := s.Key[1].Text, strings.Join(syntax.Names(s.Key[2:]), ".")
	if _, isGroup := settings.GroupByPath(rest); isGroup {
		p.Message = fmt.Sprintf("A profile has no tables: Prefect ignores this one. Write its settings into [profiles.%s] under the names of their variables.", syntax.KeyText([]string{profile}))
		return p
	}
	p.Message = fmt.Sprintf("Without quotes around its name this is no profile %q, but a table in profile %q, which Prefect ignores.", profile+"."+rest, profile)
	p.Fixes = renameTable(t, syntax.Names(s.Key), []string{"profiles", profile + "." + rest}, Fix{Title: "Put the name in quotes", Preferred: true})
	return p
}
