package settings

import (
	"slices"
	"strings"
)

// IsPrefectName reports whether the name of a variable begins as those of Prefect do, in whatever case.
func IsPrefectName(name string) bool {
	const prefix = "PREFECT_"
	return len(name) > len(prefix) && strings.EqualFold(name[:len(prefix)], prefix)
}

// IsOther reports whether a variable whose name begins like a setting's belongs to something else that
// reads it: Prefect's runtime, its logging configuration, an integration, or a tool around Prefect.
func IsOther(name string) bool {
	return slices.Contains(otherNames[:], name) ||
		slices.ContainsFunc(otherPrefixes[:], func(prefix string) bool {
			return len(name) > len(prefix) && strings.HasPrefix(name, prefix)
		})
}

var otherNames = [...]string{
	"PREFECT_PROFILE", // of the environment only

	// Read by Prefect itself, past its settings.
	"PREFECT_API_TELEMETRY_ENVIRONMENT",
	"PREFECT_DOCKER_TEST_MODE",
	"PREFECT_FLOW_RUN_EXECUTE_SIGTERM_BEHAVIOR",
	"PREFECT_LOGFIRE_ENABLED",
	"PREFECT_LOGFIRE_WRITE_TOKEN",
	"PREFECT_SERVER_ENCRYPTION_KEY",

	// Read by the Terraform provider.
	"PREFECT_BASIC_AUTH_KEY",
	"PREFECT_CLOUD_ACCOUNT_ID",
	"PREFECT_CSRF_ENABLED",
}

var otherPrefixes = [...]string{
	"PREFECT__", // what Prefect tells the process of a run; Prefect 1 kept its configuration there

	// Overrides of single keys in logging.yml, of the environment only.
	"PREFECT_LOGGING_FILTERS_",
	"PREFECT_LOGGING_FORMATTERS_",
	"PREFECT_LOGGING_HANDLERS_",
	"PREFECT_LOGGING_LOGGERS_",
	"PREFECT_LOGGING_ROOT_",

	// Integrations, which are packages of their own.
	"PREFECT_DBT_",
	"PREFECT_DOCS_MCP_",
	"PREFECT_INTEGRATIONS_",
	"PREFECT_REDIS_",
}
