// Package layers tells what is really in effect in a folder: which of the places that give a setting a value wins,
// what it shadows, and what Prefect computes where nothing does. It follows src/prefect/settings/base.py and
// sources.py, and is held to the answers of the real Prefect (testdata/record.py).
package layers

import (
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
)

// Sources are everything that decides on the settings of a process that starts Prefect in one folder.
type Sources struct {
	Version     string     // the release of Prefect, such as 3.8.8; empty for the newest known
	Windows     bool       // the names of variables are case-insensitive, and paths have backslashes
	Home        string     // the person's home folder, which "~" stands for
	Environment []Variable // in the order in which the process has them; of a name that comes twice the last counts

	// The files of the folder itself; Prefect does not look in those above. Nil where there is none.
	DotEnv      *profiles.File
	PrefectTOML *profiles.File
	PyProject   *profiles.File

	// Profiles holds files by the path that [Result.Wanted] names, with nil where there is no file.
	Profiles map[string]*profiles.File

	// Folders are those of these paths, and of prefect.toml and pyproject.toml, at which there is a folder. Prefect fails when it
	// reads one.
	Folders map[string]bool
}

// A Variable is one variable of the environment.
type Variable struct {
	Name, Value string

	// File and Entry are where it is written, if what starts the process takes it from a file. Entry is nil for a name that is not
	// Prefect's.
	File  *profiles.File
	Entry *profiles.Entry
}

// A Kind is a kind of place that gives settings values. A higher one wins.
type Kind uint8

// The kinds of places, in order of rank.
const (
	Default Kind = iota
	Profile
	PyProject
	PrefectTOML
	DotEnv
	Environment
)

// String is the kind as `prefect-ls settings --format json` names it.
func (k Kind) String() string {
	return [...]string{"default", "profile", "pyproject.toml", "prefect.toml", "dotenv", "env"}[k]
}

// cast is the way in which Prefect casts the values of a place of this kind.
func (k Kind) cast() settings.Source {
	switch k {
	case Environment:
		return settings.Environment
	case DotEnv:
		return settings.DotEnv
	case Profile:
		return settings.Profile
	default:
		return settings.ConfigFile
	}
}

// A Source is the place that a value comes from.
type Source struct {
	Kind Kind
	Name string // as written there: the variable, or the place in a TOML file; empty for a default

	// Group is set where the value is a member of the JSON object for a whole group, whose variable is Name. Such a
	// value wins over every other, even one of a higher kind.
	Group *settings.Group

	// File and Entry are where it is written; nil for a default, a profile that comes with Prefect, and a variable of the environment
	// that is in no file.
	File  *profiles.File
	Entry *profiles.Entry
	Span  text.Span // in File, of what is no entry, such as a syntax error or the name of the active profile; else empty

	// Because is the setting that a computed default follows from, where that one has a value of its own.
	Because *settings.Setting
}

// A Value is what one source gives a setting.
type Value struct {
	Source  Source
	Written syntax.Value      // after interpolation; Missing where nothing is written, or the JSON null
	Typed   settings.Value    // what Prefect makes of it; nil where the setting is unset or the value refused
	Invalid *settings.Invalid // why Prefect refuses it
}

// A Setting is one setting with the value that is in effect.
type Setting struct {
	*settings.Setting
	Value

	// Shadows are the values that do not count because of Value, by rank. Of a setting that is an object, their
	// members still count where no higher value has a member of that name.
	Shadows []Value
}

// A ProfilesFile is the profiles.toml in one of its two roles.
type ProfilesFile struct {
	Path string         // as Prefect has it: below the folder unless absolute; empty for the file that comes with Prefect
	File *profiles.File // nil for the one that comes with Prefect, and where there is none
	From Source         // what decides on the path
}

// An ActiveProfile is the answer to one of the two questions which profile is active.
type ActiveProfile struct {
	Name    string // empty where no profile counts
	Asked   string // the name that was asked for; another one than Name where there is no such profile
	From    Source // who asks: PREFECT_PROFILE, the key "active" of the file, or nobody
	Bundled bool   // the profile comes with Prefect and is not in the file
}

// A Refusal is a reason for which Prefect does not start.
type Refusal struct {
	Reason  string
	Setting *settings.Setting // nil where it is about more than one setting
	Source  Source
}

// A Result is what is in effect. It never changes after [Resolve] returns it.
type Result struct {
	Settings  []*Setting    // every setting, in the order of [settings.All]
	TestMode  string        // the variable that turns test mode on, in which no profile counts; or empty
	Loaded    ProfilesFile  // where Prefect takes the values of the active profile from
	Saved     ProfilesFile  // where the prefect command reads and writes profiles
	Active    ActiveProfile // the profile whose values count
	Displayed ActiveProfile // the profile that the prefect command takes for active, and changes
	Refusals  []Refusal     // if there are any, Prefect does not start, and Settings are as far as could be told
	Wanted    []string      // paths of profiles.toml files that Sources.Profiles lacks; resolve again once it has them

	EnvironmentFile *profiles.File // the file that variables are written in; nil where none is
}

// Lookup finds a setting by its canonical name. It returns nil for any other name.
func (r *Result) Lookup(name string) *Setting {
	if i, found := r.find(name); found {
		return r.Settings[i]
	}
	return nil
}

func (r *Result) find(name string) (i int, found bool) {
	return slices.BinarySearchFunc(r.Settings, name, func(s *Setting, name string) int { return strings.Compare(s.Name, name) })
}

// text is the value of a setting as text, or empty where it is unset or not text.
func (r *Result) text(name string) string {
	text, _ := r.Lookup(name).Typed.(string)
	return text
}

// IsSet reports whether a source gives the setting the value that is in effect, which may be an empty one.
func (s *Setting) IsSet() bool { return s.Source.Kind != Default }

// Rank tells what became of an entry of a file: 0 if it is in effect, the number of values that are above it if it is
// shadowed, or -1 if it does not count, such as one of a profile that is not active.
func (s *Setting) Rank(e *profiles.Entry) int {
	if s.Source.Entry == e {
		return 0
	}
	for i := range s.Shadows {
		if s.Shadows[i].Source.Entry == e {
			return i + 1
		}
	}
	return -1
}

// Resolve tells what is in effect. Read the files that the result wants, and resolve again, until it wants none.
func Resolve(s Sources) *Result {
	r := &resolver{Sources: s, release: release(s.Version), result: &Result{}}
	r.indexVariables()
	r.result.TestMode = r.testMode()
	environment, dotenv := r.environmentLayer(), r.dotenvLayer()
	prefect, pyproject := r.configLayer(PrefectTOML, s.PrefectTOML), r.configLayer(PyProject, s.PyProject)
	r.result.Loaded = r.loadedFile()
	profile := r.profileLayer()
	r.merge([]*layer{environment, dotenv, prefect, pyproject, profile, prefect.renamed, pyproject.renamed})
	r.compute()
	r.check()
	r.displayed()
	return r.result
}

// A resolver is one run of [Resolve].
type resolver struct {
	Sources
	release release
	result  *Result
	byName  map[string]Variable           // the environment; see [resolver.keyOf]
	dotenv  map[string]Value              // the last line for each name in the .env file
	members map[*settings.Setting][]Value // of the JSON objects for whole groups, by rank
}

// refuse notes a reason for which Prefect does not start, once.
func (r *resolver) refuse(setting *settings.Setting, source Source, reason string) {
	refusal := Refusal{Reason: reason, Setting: setting, Source: source}
	if !slices.Contains(r.result.Refusals, refusal) {
		r.result.Refusals = append(r.result.Refusals, refusal)
	}
}

// variable is the value of a variable, as Python's os.environ has it.
func (r *resolver) variable(name string) (string, bool) {
	value, _, ok := r.variableFrom(name)
	return value, ok
}

// variableFrom is variable with where it comes from.
func (r *resolver) variableFrom(name string) (value string, from Source, ok bool) {
	v, ok := r.byName[r.keyOf(name)]
	return v.Value, v.source(), ok
}

func (v Variable) source() Source {
	return Source{Kind: Environment, Name: v.Name, File: v.File, Entry: v.Entry}
}

func (r *resolver) indexVariables() {
	r.byName = make(map[string]Variable, len(r.Environment))
	for _, v := range r.Environment {
		r.byName[r.keyOf(v.Name)] = v
		if v.File != nil {
			r.result.EnvironmentFile = v.File
		}
	}
}

// keyOf is the same for all names of one variable.
func (r *resolver) keyOf(name string) string {
	if r.Windows {
		return strings.ToUpper(name)
	}
	return name
}

// profilesAt finds a profiles.toml by its path, which somebody asks for, and notes that it is wanted where nobody has looked for it yet.
func (r *resolver) profilesAt(path string, from Source) *profiles.File {
	file, known := r.Profiles[path]
	if !known && !slices.Contains(r.result.Wanted, path) {
		r.result.Wanted = append(r.result.Wanted, path)
	}
	if r.Folders[path] {
		r.refuseFolder(path, from)
	}
	return file
}

// refuseFolder refuses a folder in place of a profiles.toml, by the word of whoever names it first: more than one may.
func (r *resolver) refuseFolder(path string, from Source) {
	reason := "At the path of the profiles, " + path + ", there is a folder. Remove it, or name a file."
	if !slices.ContainsFunc(r.result.Refusals, func(known Refusal) bool { return known.Reason == reason }) {
		r.refuse(nil, from, reason)
	}
}
