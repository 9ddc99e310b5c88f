package rules

import (
	_ "embed" // the rule's page
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed active_profile_not_defined.md
var activeProfileNotDefinedPage string

// Prefect looks for the active profile in this file alone and takes its built-in profile "ephemeral" where it does not
// find it, even if the name is that of another built-in one (src/prefect/settings/sources.py, _load_profile_settings).
var activeProfileNotDefined = &Rule{
	Code:     "active-profile-not-defined",
	Severity: Error,
	Page:     activeProfileNotDefinedPage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.Active == nil || f.Active.Value.Kind != syntax.String {
			return
		}
		name := f.Active.Value.Text
		if _, defined := f.Lookup(name); defined || name == "ephemeral" || f.TOML.Find("profiles") != nil || f.TOML.Find("profiles", name) != nil {
			return
		}
		report(undefinedProfile(f, name))
	},
}

func undefinedProfile(f *profiles.File, name string) Problem {
	p := Problem{Span: f.Active.Value.Span}
	bundled, builtIn := profiles.Bundled(name)
	if builtIn {
		p.Message = fmt.Sprintf("Profile %q is built in, but this file does not define it: code that runs here ignores it and starts a temporary server instead.", name)
		p.Fixes = append(p.Fixes, insertProfile(f, name, bundled, true))
	} else {
		p.Message = fmt.Sprintf("No profile %q is defined in this file, so Prefect falls back to a temporary server.", name)
	}
	names := make([]string, len(f.Profiles))
	for i, profile := range f.Profiles {
		names[i] = profile.Name
	}
	near, similar := settings.Nearest(name, names)
	if similar && !builtIn {
		p.Message += fmt.Sprintf(" Did you mean %q?", near)
	}
	for _, other := range names {
		fix := setActive(f, other)
		fix.Preferred = similar && !builtIn && other == near
		if fix.Preferred {
			p.Fixes = append([]Fix{fix}, p.Fixes...)
			continue
		}
		p.Fixes = append(p.Fixes, fix)
	}
	if !builtIn && name != "" {
		p.Fixes = append(p.Fixes, insertProfile(f, name, nil, len(names) == 0))
	}
	return p
}

func setActive(f *profiles.File, name string) Fix {
	return Fix{Title: fmt.Sprintf("Set 'active' to '%s'", name), Edits: []text.Edit{f.Active.Set(f.Source, name)}}
}

// insertProfile adds a profile with the given settings.
func insertProfile(f *profiles.File, name string, settings []syntax.NewPair, preferred bool) Fix {
	edits := f.TOML.InsertTable([]string{"profiles", name}, settings...)
	return Fix{Title: fmt.Sprintf("Create profile '%s'", name), Preferred: preferred, Edits: edits}
}
