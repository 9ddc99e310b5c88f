package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

//go:embed unexpanded_path.md
var unexpandedPathPage string

var unexpandedPath = &Rule{
	Code:     "unexpanded-path",
	Severity: Warning,
	Page:     unexpandedPathPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f) {
			variable, ok := unexpanded(e)
			if !ok || !isFilePath(e.Setting) || e.Value.Kind != syntax.String || ineffective(f, e) != "" {
				continue
			}
			p := Problem{Span: e.Value.Span, Message: fmt.Sprintf("Prefect does not replace %s here: %s", variable, withoutFile(e.Setting.Name))}
			if f.Kind == profiles.DotEnv && variable != "$PREFECT_HOME" {
				written := "${HOME}" + strings.TrimPrefix(e.Value.Text, variable)
				p.Fixes = []Fix{{Title: "Use '${HOME}', which is replaced here", Preferred: true, Edits: []text.Edit{{Span: e.Value.Span, New: written}}}}
			}
			report(p)
		}
	},
}

// isFilePath reports whether the value of a setting is the path of a file or folder.
func isFilePath(s *settings.Setting) bool {
	return s.Kind == settings.Path || slices.Contains([]string{
		"PREFECT_API_SSL_CERT_FILE",
		"PREFECT_SERVER_UI_STATIC_DIRECTORY",
		"PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_CA_FILE",
		"PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_CERT_FILE",
		"PREFECT_SERVER_DATABASE_SQLALCHEMY_CONNECT_ARGS_TLS_KEY_FILE",
	}, s.Name)
}

// unexpanded is what stands for a folder at the start of a path and that Prefect takes to the letter. A "~" it knows in
// PREFECT_HOME (src/prefect/settings/models/root.py) and in the place of results (src/prefect/filesystems.py).
func unexpanded(e *profiles.Entry) (string, bool) {
	first := e.Value.Text
	if first == "" || first[0] != '~' && first[0] != '$' {
		return "", false
	}
	if i := strings.IndexAny(first, `/\`); i >= 0 {
		first = first[:i]
	}
	switch first {
	case "~":
		return first, e.Setting.Name != "PREFECT_HOME" && e.Setting.Name != "PREFECT_RESULTS_LOCAL_STORAGE_PATH"
	case "$HOME", "$PREFECT_HOME":
		return first, true
	case "${HOME}", "${PREFECT_HOME}":
		return first, e.Binding == nil // python-dotenv replaces it
	}
	return "", false
}

// withoutFile says what Prefect does where it does not find the file of a setting.
func withoutFile(name string) string {
	const literal = "it looks for a folder of that name below the current one"
	switch name {
	case "PREFECT_PROFILES_PATH":
		return literal + ", finds no profiles there, and uses its built-in profile 'ephemeral' with a temporary server."
	case "PREFECT_LOGGING_CONFIG_PATH":
		return literal + ", finds no file there, and uses its own logging configuration."
	case "PREFECT_API_SSL_CERT_FILE":
		return literal + ", and every call to the API fails because there is no such file."
	}
	return literal + "."
}
