package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
)

//go:embed secret_in_shared_file.md
var secretInSharedFilePage string

var secretInSharedFile = &Rule{
	Code:     "secret-in-shared-file",
	Severity: Warning,
	Page:     secretInSharedFilePage,
	Check: func(f *profiles.File, report func(Problem)) {
		if !f.Kind.NamesByPath() {
			return
		}
		for e := range given(f) {
			switch {
			case !isSecret(e):
			case e.Setting.Name == "PREFECT_SERVER_DATABASE_CONNECTION_URL":
				report(Problem{Span: e.Value.Span, Message: "This URL holds a password, and the file is meant to be shared. Write ${PREFECT_SERVER_DATABASE_PASSWORD} in its place, and set that variable elsewhere."})
			default:
				report(Problem{Span: e.Value.Span, Message: fmt.Sprintf("This is a secret, and the file is meant to be shared. Keep %s in the environment or a profile.", e.Setting.Name)})
			}
		}
	},
}

// holdsPassword reports whether a database URL holds a password of its own.
func holdsPassword(url string) bool {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return false
	}
	if i := strings.IndexAny(rest, "/?"); i >= 0 && strings.Contains(rest[:i], "@") {
		rest = rest[:i]
	}
	i := strings.LastIndexByte(rest, '@')
	if i < 0 {
		return false
	}
	_, password, _ := strings.Cut(rest[:i], ":")
	return password != "" && !strings.HasPrefix(password, "$") && !isPlaceholder(password)
}
