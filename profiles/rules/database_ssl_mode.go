package rules

import (
	_ "embed" // the rule's page
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

//go:embed database_ssl_mode.md
var databaseSSLModePage string

// SQLAlchemy hands what stands behind the "?" to asyncpg.connect(), which has no such argument.
var databaseSSLMode = &Rule{
	Code:     "database-ssl-mode",
	Severity: Warning,
	Page:     databaseSSLModePage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f, "PREFECT_SERVER_DATABASE_CONNECTION_URL") {
			url, known := textOf(e)
			driver, _, _ := strings.Cut(url, "://")
			meant, _ := asyncDriver(driver)
			if !known || meant != "postgresql+asyncpg" || !strings.Contains(url, "?sslmode=") && !strings.Contains(url, "&sslmode=") {
				continue
			}
			p := Problem{Span: e.Value.Span, Message: "The server cannot connect with \"sslmode\" in the URL: the driver asyncpg calls it \"ssl\", with the same values."}
			written := e.Value.Span.Of(f.Source)
			if i := max(strings.Index(written, "?sslmode="), strings.Index(written, "&sslmode=")); i >= 0 {
				start := e.Value.Span.Start + i + 1
				edit := text.Edit{Span: text.Span{Start: start, End: start + len("sslmode")}, New: "ssl"}
				p.Fixes = []Fix{{Title: "Change to 'ssl'", Preferred: true, Safe: true, Edits: []text.Edit{edit}}}
			}
			report(p)
		}
	},
}
