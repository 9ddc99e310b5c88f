package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
)

//go:embed database_parts_missing.md
var databasePartsMissingPage string

// See src/prefect/settings/models/_defaults.py, default_database_connection_url.
var databasePartsMissing = &Rule{
	Code:     "database-parts-missing",
	Severity: Error,
	Page:     databasePartsMissingPage,
	Check: func(f *profiles.File, report func(Problem)) {
		const driverName, url = "PREFECT_SERVER_DATABASE_DRIVER", "PREFECT_SERVER_DATABASE_CONNECTION_URL"
		parts := []string{"PREFECT_SERVER_DATABASE_HOST", "PREFECT_SERVER_DATABASE_USER", "PREFECT_SERVER_DATABASE_NAME"}
		for s := range scopes(f, driverName) {
			driver := s.entry(driverName)
			if driver == nil || driver.Value.Text != "postgresql+asyncpg" || s.setsGroups() || len(s.all(url)) > 0 {
				continue
			}
			var missing []string
			for _, name := range parts {
				if s.entry(name) == nil {
					missing = append(missing, shown(f.Kind, name))
				}
			}
			if len(missing) > 0 {
				report(Problem{Span: driver.Value.Span, Message: fmt.Sprintf(
					"With this driver Prefect does not start without %s. Set it here, unless another source does.", strings.Join(missing, ", "))})
			}
		}
	},
}
