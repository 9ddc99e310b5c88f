package profiles

import (
	"strings"
	"unicode"

	"prefect-ls/profiles/settings"
)

// WrongName says in a sentence what is wrong with a name for a profile that nobody could tell from another one, or that must not be shown;
// it is empty for any other. Prefect takes any text.
func WrongName(name string) string {
	switch {
	case strings.TrimSpace(name) == "", strings.ContainsFunc(name, unicode.IsControl), strings.ContainsRune(name, unicode.ReplacementChar):
		return "A profile needs a name, on one line."
	case settings.MaskKeys(name) != name:
		return "This is an API key, not a name for a profile."
	}
	return ""
}
