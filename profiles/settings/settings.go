// Package settings is the catalogue of every setting Prefect knows, and how Prefect casts a value to each of them.
//
// The catalogue is generated: record.py reads the facts from the real Prefect into facts.json, descriptions.toml
// holds our own words, and catalogue_test.go makes catalogue.go of both.
package settings

import (
	"slices"
	"strconv"
	"strings"
)

// A Setting is one entry of the catalogue. It never changes.
type Setting struct {
	Name        string   // canonical name, such as PREFECT_API_URL
	Legacy      []string // older names that still work outside TOML configuration files
	Path        string   // place in prefect.toml, such as api.url
	Kind        Kind
	Nullable    bool     // may be unset
	Bounds      []Bound  // limits of its number, or of its duration in seconds; all must hold
	Choices     []string // every accepted text of an enumeration
	Default     string   // as it could stand in an .env file, or empty where there is none or it is computed
	Computed    bool     // the default depends on other settings
	Secret      bool
	Description string // our own words, Markdown
}

// A Kind is the way in which Prefect reads the value of a setting. Its text is its name for a person.
type Kind string

// The kinds of settings.
const (
	Boolean         Kind = "boolean"
	Integer         Kind = "integer"
	Number          Kind = "number"
	String          Kind = "string"
	Path            Kind = "path"
	LogLevel        Kind = "log level"
	Choice          Kind = "choice"
	Duration        Kind = "duration"                  // a bare number in text is refused
	SecondsDuration Kind = "duration or seconds"       // a bare number in text is seconds
	Names           Kind = "comma-separated names"     //
	StatusCodes     Kind = "status codes"              // comma-separated
	StringObject    Kind = "JSON object"               // of strings
	DurationObject  Kind = "JSON object of durations"  // or of seconds
	NumberOrNumbers Kind = "number or list of numbers" // a comma list is refused
	RetryDelays     Kind = "retry delays"              // a number, or a comma list of them
	VacuumTypes     Kind = "vacuum types"              // a boolean, or a comma list of names
	Anything        Kind = "anything"
)

// A Bound is one limit of a number.
type Bound struct {
	Op    string // >=, >, <= or <
	Limit float64
}

// String is the bound as a person writes it, such as ">= 0".
func (b Bound) String() string { return b.Op + " " + strconv.FormatFloat(b.Limit, 'f', -1, 64) }

// A Group is a table of settings, such as [server.api]. Prefect also reads a JSON object for the whole
// table from the variable Name, which then wins over the variable of each setting in it.
type Group struct {
	Name string // such as PREFECT_SERVER_API
	Path string // such as server.api
}

// All lists every setting, sorted by name. The list is shared and must not be changed.
func All() []Setting { return catalogue[:] }

// Groups lists every group, sorted by path. The list is shared and must not be changed.
func Groups() []Group { return groups[:] }

// ByName finds the setting that has the given canonical or legacy name, in upper case.
func ByName(name string) (*Setting, bool) {
	i, found := slices.BinarySearchFunc(names[:], name, func(n nameOf, name string) int { return strings.Compare(n.name, name) })
	if !found {
		return nil, false
	}
	return names[i].setting, true
}

// ByPath finds the setting at a place in prefect.toml, such as api.url.
func ByPath(path string) (*Setting, bool) {
	i, found := slices.BinarySearchFunc(paths[:], path, func(s *Setting, path string) int { return strings.Compare(s.Path, path) })
	if !found {
		return nil, false
	}
	return paths[i], true
}

// GroupByPath finds the group at a place in prefect.toml, such as server.api.
func GroupByPath(path string) (*Group, bool) {
	i, found := slices.BinarySearchFunc(groups[:], path, func(g Group, path string) int { return strings.Compare(g.Path, path) })
	if !found {
		return nil, false
	}
	return &groups[i], true
}

// GroupByName finds the group whose JSON variable has the given name, such as PREFECT_SERVER_API.
func GroupByName(name string) (*Group, bool) {
	for i := range groups {
		if groups[i].Name == name {
			return &groups[i], true
		}
	}
	return nil, false
}

// A nameOf is one name, canonical or legacy, and the setting it stands for.
type nameOf struct {
	name    string
	setting *Setting
}
