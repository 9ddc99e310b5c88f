package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
)

//go:embed ineffective_here.md
var ineffectiveHerePage string

// Prefect looks for the file of the profiles before it has read any settings (src/prefect/settings/sources.py,
// _get_profiles_path), and for some variables in the environment alone.
var ineffectiveHere = &Rule{
	Code:     "ineffective-here",
	Severity: Warning,
	Page:     ineffectiveHerePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if f.PassedOn {
			return
		}
		for i := range f.Entries {
			e := &f.Entries[i]
			if e.Value.Kind == syntax.Missing {
				continue
			}
			if message := ineffective(f, e); message != "" {
				report(Problem{Span: e.Key, Message: message})
			}
		}
	},
}

// ineffective says why e does not do what it seems to do in a file of this kind, or is empty.
func ineffective(f *profiles.File, e *profiles.Entry) string {
	const elsewhere = " Other tools, such as Docker Compose, may pass it on."
	inProfile := f.Kind == profiles.ProfilesTOML
	name := ""
	if e.Setting != nil {
		name = e.Setting.Name
	}
	switch {
	case e.Setting != nil && f.Kind.NamesByPath() && e.Value.Kind == syntax.InlineTable && !e.Setting.IsObject():
		return fmt.Sprintf("Prefect ignores a table in place of %s, which takes a single value.", e.Name)
	case e.Setting == nil && f.Kind == profiles.DotEnv && strings.EqualFold(e.Name, "PREFECT_PROFILE"):
		return "Prefect takes PREFECT_PROFILE from the environment alone, and not from this file." + elsewhere
	case e.Setting == nil && inProfile && e.Name == "PREFECT_PROFILE":
		return "Prefect takes PREFECT_PROFILE from the environment alone. In this file the top-level key 'active' chooses the profile."
	case e.Setting == nil && f.Kind == profiles.DotEnv && overridesLogging(strings.ToUpper(e.Name)):
		return fmt.Sprintf("Prefect takes %s, which overrides a key of its logging configuration, from the environment alone, and not from this file.", e.Name) + elsewhere
	case e.Setting == nil && inProfile && overridesLogging(e.Name):
		return fmt.Sprintf("Prefect takes %s, which overrides a key of its logging configuration, from the environment alone. Here it is ignored, and deleted when the Prefect CLI next writes this file.", e.Name)
	case name == "PREFECT_PROFILES_PATH" && inProfile:
		return "Prefect has already chosen the file of its profiles when it reads this one. Only the Prefect CLI follows this path: it then shows and saves profiles that nothing else reads. Set it in the environment."
	case name == "PREFECT_PROFILES_PATH" && f.Kind == profiles.DotEnv && e.Name != name:
		return "Prefect loads profiles from the path in PREFECT_PROFILES_PATH only if the name is in capitals. As it is, only the Prefect CLI follows it."
	case name == "PREFECT_HOME" && !isDefaultHome(e.Value.Text) && !setsProfilesPath(scopeOf(f, e)):
		message := fmt.Sprintf("Prefect's database and results move to this folder, its profiles do not: only the Prefect CLI looks for profiles.toml there, and no flow reads what it saves. Set PREFECT_HOME in the environment, or %s as well.", profilesPathFor(f.Kind))
		if f.Kind == profiles.DotEnv {
			message += elsewhere
		}
		return message
	}
	return ""
}

// overridesLogging reports whether a variable stands for a key of logging.yml (src/prefect/logging/configuration.py).
func overridesLogging(name string) bool {
	rest, ok := strings.CutPrefix(name, "PREFECT_LOGGING_")
	section, _, more := strings.Cut(rest, "_")
	switch section {
	case "ROOT", "LOGGERS", "HANDLERS", "FORMATTERS", "FILTERS":
		return ok && more
	}
	return false
}

// isDefaultHome reports whether path is, as far as it tells, the folder that Prefect uses anyway.
func isDefaultHome(path string) bool {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' || r == '\\' })
	n := len(parts)
	if n == 0 || parts[n-1] != ".prefect" {
		return false
	}
	switch parts[0] {
	case "~", "$HOME", "${HOME}", "root":
		return n == 2
	case "home", "Users":
		return n == 3
	}
	return n == 4 && strings.HasSuffix(parts[0], ":") && parts[1] == "Users"
}

// setsProfilesPath reports whether the scope says where profiles.toml is, so that it does not depend on the home folder.
func setsProfilesPath(s scope) bool {
	return slices.ContainsFunc(s.all("PREFECT_PROFILES_PATH"), func(e *profiles.Entry) bool {
		return isGiven(e) && e.Value.Text != "" && (e.Name == e.Setting.Name || s.file.Kind.NamesByPath())
	})
}

func profilesPathFor(kind profiles.Kind) string {
	if kind == profiles.ProfilesTOML {
		return "PREFECT_PROFILES_PATH"
	}
	return shown(kind, "PREFECT_PROFILES_PATH") + " here"
}
