package settings

import "strings"

// formerPaths are the places in prefect.toml that a release dropped, each with the variable of its setting. Releases before 3.1.0 did
// not read the file.
var formerPaths = [...]struct{ path, name string }{
	{"experiments.lineage_events_enabled", "PREFECT_EXPERIMENTS_LINEAGE_EVENTS_ENABLED"},
	{"experiments.telemetry_enabled", "PREFECT_EXPERIMENTS_TELEMETRY_ENABLED"},
	{"experiments.worker_logging_to_api_enabled", "PREFECT_EXPERIMENTS_WORKER_LOGGING_TO_API_ENABLED"},
	{"server.services.event_persister.batch_size_delete", "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE_DELETE"},
	{"server.services.flow_run_notifications.enabled", "PREFECT_SERVER_SERVICES_FLOW_RUN_NOTIFICATIONS_ENABLED"},
}

// RemovedPath finds the removal of the setting that had the given place in prefect.toml.
func RemovedPath(path string) (Removal, bool) {
	for _, former := range formerPaths {
		if former.path == path {
			return Removed(former.name)
		}
	}
	return Removal{}, false
}

// IsFormerGroup reports whether an older release had settings in the table with the given path, which need not be a table today.
func IsFormerGroup(path string) bool {
	for _, former := range formerPaths {
		if strings.HasPrefix(former.path, path+".") {
			return true
		}
	}
	return false
}
