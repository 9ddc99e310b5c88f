package profiles

import (
	"strings"

	"prefect-ls/profiles/settings"
)

// A Kind is one of the four kinds of file. The zero Kind is a file that Prefect does not read.
type Kind uint8

// The kinds of file.
const (
	ProfilesTOML Kind = iota + 1 // ~/.prefect/profiles.toml
	DotEnv                       // .env and its relatives
	PrefectTOML                  // prefect.toml
	PyProject                    // [tool.prefect] in pyproject.toml
)

// KindOf tells what a file is by its name, which may be a path with "/" or "\".
func KindOf(name string) Kind {
	base := baseOf(name)
	switch {
	case base == "profiles.toml":
		return ProfilesTOML
	case base == "prefect.toml":
		return PrefectTOML
	case base == "pyproject.toml":
		return PyProject
	case isTemplate(base):
		return 0
	case strings.HasPrefix(base, ".env."), strings.HasSuffix(base, ".env"):
		return DotEnv
	}
	return 0
}

func baseOf(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }

// isTemplate reports whether base names an .env file that is there to be copied and filled in.
func isTemplate(base string) bool {
	for _, ending := range []string{".example", ".sample", ".template", ".dist"} {
		if strings.HasSuffix(base, ending) {
			return true
		}
	}
	return false
}

// Recognize tells what a document is. Its name says it, unless that is one that other tools use too; for one without a
// name, or with one of its own, as PREFECT_PROFILES_PATH allows, the language that the editor takes it for and its text do.
func Recognize(path, language, source string) Kind {
	switch kind := KindOf(path); {
	case kind == ProfilesTOML && !isBelowHome(path) && isForeign(source):
		return 0
	case kind != 0:
		return kind
	}
	switch language {
	case "dotenv", "env":
		return DotEnv
	case "", "toml", "plaintext":
		if strings.Contains(source, "[profiles.") && strings.Contains(source, "\nPREFECT_") {
			return ProfilesTOML
		}
	}
	return 0
}

// isBelowHome reports whether path lies in a folder that Prefect keeps its things in.
func isBelowHome(path string) bool {
	return strings.Contains(strings.ReplaceAll(path, `\`, "/"), "/.prefect/")
}

// isForeign reports whether a profiles.toml belongs to another tool: it sets something, and nothing that Prefect's would. Headers
// tell nothing, as other tools have [profiles.NAME] too.
func isForeign(source string) bool {
	said := false
	for line := range strings.Lines(source) {
		line = strings.TrimLeft(line, " \t\ufeff")
		name, _, isPair := strings.Cut(line, "=")
		if !isPair || line[0] == '#' {
			continue
		}
		if strings.Trim(name, " \t\"'") == "active" || strings.Contains(strings.ToUpper(line), "PREFECT_") {
			return false
		}
		said = true
	}
	return said
}

// Source is the way in which Prefect casts the values of a file of this kind.
func (k Kind) Source() settings.Source {
	switch k {
	case DotEnv:
		return settings.DotEnv
	case ProfilesTOML:
		return settings.Profile
	default:
		return settings.ConfigFile
	}
}

// Root are the tables around Prefect's settings in a file that holds more than those.
func (k Kind) Root() []string {
	if k == PyProject {
		return []string{"tool", "prefect"}
	}
	return nil
}

// PathTo is the path, from the top of a TOML file that names settings by their place, to such a place.
func (k Kind) PathTo(place string) []string { return append(k.Root(), strings.Split(place, ".")...) }

// NamesByPath reports whether settings are named by their place, such as api.url, and not by their variable, such as PREFECT_API_URL.
func (k Kind) NamesByPath() bool { return k == PrefectTOML || k == PyProject }
