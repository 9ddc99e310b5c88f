package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

//go:embed database_driver_not_async.md
var databaseDriverNotAsyncPage string

// See src/prefect/server/database/configurations.py.
var databaseDriverNotAsync = &Rule{
	Code:     "database-driver-not-async",
	Severity: Warning,
	Page:     databaseDriverNotAsyncPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f, "PREFECT_SERVER_DATABASE_CONNECTION_URL") {
			url, known := textOf(e)
			if !known {
				continue
			}
			driver, _, ok := strings.Cut(url, "://")
			if !ok || strings.Trim(driver, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+_") != "" {
				report(Problem{Span: e.Value.Span, Message: "This is no database URL: a Prefect server does not start with it. Such a URL starts with postgresql+asyncpg:// or sqlite+aiosqlite:///."})
				continue
			}
			meant, known := asyncDriver(driver)
			if driver == meant {
				continue
			}
			p := Problem{Span: e.Value.Span}
			if !known {
				p.Message = "Prefect works with PostgreSQL and SQLite alone: a Prefect server does not start with a URL for another database."
				report(p)
				continue
			}
			p.Message = fmt.Sprintf("A Prefect server does not start with the driver %q, which is not the asynchronous one it needs. Write %s.", driver, meant)
			if i := strings.Index(e.Value.Span.Of(f.Source), driver+"://"); i >= 0 {
				start := e.Value.Span.Start + i
				edit := text.Edit{Span: text.Span{Start: start, End: start + len(driver)}, New: meant}
				p.Fixes = []Fix{{Title: fmt.Sprintf("Change to '%s'", meant), Preferred: true, Safe: true, Edits: []text.Edit{edit}}}
			}
			report(p)
		}
	},
}

// asyncDriver is the driver that Prefect needs for the database that another driver is for.
func asyncDriver(driver string) (string, bool) {
	database, _, _ := strings.Cut(strings.ToLower(driver), "+")
	switch database {
	case "postgresql", "postgres":
		return "postgresql+asyncpg", true
	case "sqlite":
		return "sqlite+aiosqlite", true
	}
	return "", false
}
