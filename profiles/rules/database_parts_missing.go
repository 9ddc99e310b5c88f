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
		const driver, url = "PREFECT_SERVER_DATABASE_DRIVER", "PREFECT_SERVER_DATABASE_CONNECTION_URL"
		for s := range scopes(f, driver, "PREFECT_SERVER_DATABASE_HOST") {
			switch given := s.entry(driver); {
			case s.setsGroups() || len(s.all(url)) > 0:
			case given == nil:
				reportWithoutDriver(s, report)
			case given.Value.Text == "postgresql+asyncpg":
				reportMissingParts(s, given, report)
			}
		}
	},
}

func reportMissingParts(s scope, driver *profiles.Entry, report func(Problem)) {
	var missing []string
	for _, name := range []string{"PREFECT_SERVER_DATABASE_HOST", "PREFECT_SERVER_DATABASE_USER", "PREFECT_SERVER_DATABASE_NAME"} {
		if s.entry(name) == nil {
			missing = append(missing, shown(s.file.Kind, name))
		}
	}
	if len(missing) > 0 {
		report(Problem{Span: driver.Value.Span, Message: fmt.Sprintf(
			"With this driver Prefect does not start without %s. Set it here, unless another source does.", strings.Join(missing, ", "))})
	}
}

// reportWithoutDriver reports a host that Prefect has no use for: without a driver its database is a file of SQLite.
func reportWithoutDriver(s scope, report func(Problem)) {
	if host := s.entry("PREFECT_SERVER_DATABASE_HOST"); host != nil && isGiven(host) && host.Value.Text != "" {
		report(Problem{Severity: Warning, Span: host.Key, Message: fmt.Sprintf(
			"Without %s Prefect ignores this, and keeps its data in a file of SQLite. Set it to postgresql+asyncpg, unless another source does.",
			shown(s.file.Kind, "PREFECT_SERVER_DATABASE_DRIVER"))})
	}
}
