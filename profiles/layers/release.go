package layers

import (
	"strconv"
	"strings"

	"prefect-ls/profiles/settings"
)

// A release is a version of Prefect. The zero release stands for the newest.
type release struct{ major, minor, patch int }

// releaseOf reads a version such as 3.8.8 or 3.9.0rc1. What is no version counts as the newest.
func releaseOf(version string) release {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return release{}
	}
	numbers := [3]int{}
	for i, part := range parts {
		end := strings.IndexFunc(part, func(c rune) bool { return c < '0' || c > '9' })
		if end >= 0 {
			part = part[:end]
		}
		numbers[i], _ = strconv.Atoi(part)
	}
	return release{numbers[0], numbers[1], numbers[2]}
}

// before reports whether r is older than the given release.
func (r release) before(o release) bool {
	switch {
	case r == release{}:
		return false
	case r.major != o.major:
		return r.major < o.major
	case r.minor != o.minor:
		return r.minor < o.minor
	}
	return r.patch < o.patch
}

// What changed in the way in which Prefect finds its settings, by the release that changed it. The releases were
// found by comparing the source of one with that of the next.
var (
	readsDotEnv         = release{3, 0, 5}
	readsTOML           = release{3, 1, 0}
	findsProfilesInTOML = release{3, 1, 1} // and in .env
	fallsBack           = release{3, 1, 5} // on the profile "ephemeral", when it loads values
	findsProfilesInHome = release{3, 2, 1}
	fillsInHome         = release{3, 4, 8} // where a path says $PREFECT_HOME
	capsLogSize         = release{3, 6, 4} // of Prefect Cloud
	needsNoPassword     = release{3, 6, 7} // of a database
	readsObjectTables   = release{3, 6, 21}
	renamesPlugins      = release{3, 7, 0}
	followsHome         = release{3, 8, 6} // again: from 3.4.8 on, three paths stayed below ~/.prefect
)

// knows reports whether the release has the name of a setting.
func (r release) knows(name string) bool {
	return r == release{} || !r.before(releaseOf(settings.Since(name)))
}
