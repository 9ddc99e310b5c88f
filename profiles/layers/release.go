package layers

import "prefect-ls/profiles/settings"

// A release is a version of Prefect, such as 3.8.8 or 3.9.0rc1. What is none, such as an empty text, stands for the newest.
type release string

// before reports whether r is older than the given release.
func (r release) before(o release) bool { return settings.Before(string(r), string(o)) }

// What changed in the way in which Prefect finds its settings, by the release that changed it. The releases were
// found by comparing the source of one with that of the next.
const (
	readsDotEnv         release = "3.0.5"
	readsTOML           release = "3.1.0"
	findsProfilesInTOML release = "3.1.1" // and in .env
	fallsBack           release = "3.1.5" // on the profile "ephemeral", when it loads values
	findsProfilesInHome release = "3.2.1"
	fillsInHome         release = "3.4.8" // where a path says $PREFECT_HOME
	capsLogSize         release = "3.6.4" // of Prefect Cloud
	needsNoPassword     release = "3.6.7" // of a database
	readsObjectTables   release = "3.6.21"
	renamesPlugins      release = "3.7.0"
	followsHome         release = "3.8.6" // again: from 3.4.8 on, three paths stayed below ~/.prefect
)

// knows reports whether the release has the name of a setting.
func (r release) knows(name string) bool { return !r.before(release(settings.Since(name))) }
