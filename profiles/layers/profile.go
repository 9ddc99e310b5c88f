package layers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

const fallback = "ephemeral" // the profile that is active where none is

// testMode is the variable that puts Prefect into test mode, whatever its value, or empty.
func (r *resolver) testMode() string {
	for _, name := range []string{"PREFECT_TEST_MODE", "PREFECT_UNIT_TEST_MODE", "PREFECT_TESTING_UNIT_TEST_MODE", "PREFECT_TESTING_TEST_MODE"} {
		if value, _ := r.variable(name); value != "" {
			return name
		}
	}
	return ""
}

// loadedFile finds the profiles.toml that the values of the active profile come from (sources.py,
// _get_profiles_path). Nothing is filled in or expanded in its path.
func (r *resolver) loadedFile() ProfilesFile {
	if r.result.TestMode != "" {
		return ProfilesFile{From: Source{Kind: Environment, Name: r.result.TestMode}}
	}
	if path, from := r.profilesPath(); path != "" {
		path = r.clean(path)
		return ProfilesFile{Path: path, File: r.profilesAt(path, from), From: from}
	}
	path := r.join(r.clean(r.Home), ".prefect", "profiles.toml")
	if file := r.profilesAt(path, Source{}); file != nil {
		return ProfilesFile{Path: path, File: file}
	}
	return ProfilesFile{}
}

// profilesPath is the path of the profiles.toml that somebody asks for, or empty. In .env, the name counts in upper
// case alone.
func (r *resolver) profilesPath() (path string, from Source) {
	const name = "PREFECT_PROFILES_PATH"
	if path, from, _ := r.variableFrom(name); path != "" {
		return path, from
	}
	if !r.release.before(findsProfilesInTOML) {
		if v := r.dotenv[name]; v.Written.Text != "" {
			return v.Written.Text, v.Source
		}
		for _, file := range []struct {
			kind Kind
			*profiles.File
		}{{PrefectTOML, r.PrefectTOML}, {PyProject, r.PyProject}} {
			if name := file.kind.String(); r.Folders[name] {
				r.refuse(nil, Source{Kind: file.kind}, name+" is a folder here, and Prefect stops when it reads it. Remove it, or put the file in its place.")
			}
			if path, from := r.profilesPathIn(file.kind, file.File); path != "" {
				return path, from
			}
		}
	}
	if home, from, _ := r.variableFrom("PREFECT_HOME"); home != "" && !r.release.before(findsProfilesInHome) {
		return r.join(home, "profiles.toml"), from
	}
	return "", Source{}
}

func (r *resolver) profilesPathIn(kind Kind, f *profiles.File) (path string, from Source) {
	if f == nil {
		return "", Source{}
	}
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Name != "profiles_path" || isFalsy(e.Value) {
			continue
		}
		from := Source{Kind: kind, Name: e.Name, File: f, Entry: e}
		if e.Value.Kind != syntax.String {
			r.refuse(e.Setting, from, "The path must be text.")
		}
		return e.Value.Text, from
	}
	return "", Source{}
}

// profileLayer reads the active profile as Prefect does when it loads values (sources.py, ProfileSettingsTomlLoader).
func (r *resolver) profileLayer() *layer {
	l := &layer{kind: Profile}
	if r.result.TestMode != "" {
		return l
	}
	f := r.result.Loaded.File
	if f != nil && !utf8.ValidString(f.Source) {
		r.refuse(nil, Source{Kind: Profile, File: f}, "The file is not UTF-8.")
		return l
	}
	if f != nil && len(f.SyntaxProblems()) > 0 {
		return l // Prefect warns, and goes on without any profile
	}
	active := &r.result.Active
	active.Asked, active.From = r.askedFor(f, false)
	if r.refuseActive(f, active.From) || r.refuseLoading(f, active.Asked) {
		return l
	}
	if active.Asked == "" || !hasProfile(f, active.Asked, active.From) {
		r.loadBundled(l)
		return l
	}
	active.Name = active.Asked
	for i := range f.Entries {
		if e := &f.Entries[i]; e.Profile == active.Name {
			r.addNamed(l, e.Name, Value{Source: Source{Kind: Profile, Name: e.Name, File: f, Entry: e}, Written: e.Value})
		}
	}
	r.addTables(l, f)
	return l
}

// loadBundled loads a profile that comes with Prefect: the one that is asked for where nobody has a file of profiles,
// else the one that is active where none is.
func (r *resolver) loadBundled(l *layer) {
	name, asked, theirs := fallback, r.result.Active.Asked, r.result.Loaded.Path == ""
	if _, bundled := profiles.Bundled(asked); bundled && theirs {
		name = asked
	} else if r.release.before(fallsBack) && (asked != "" || !theirs) {
		return
	}
	r.result.Active.Name, r.result.Active.Bundled = name, true
	pairs, _ := profiles.Bundled(name)
	for _, pair := range pairs {
		name := strings.Join(pair.Key, ".")
		if setting, ok := settings.ByName(name); ok { // every release knows it by one of its names
			written := syntax.Value{Kind: syntax.String, Text: strings.Trim(pair.Literal, `"`)}
			l.add(setting, Value{Source: Source{Kind: Profile, Name: name}, Written: written})
		}
	}
}

// addTables takes in settings of the active profile that are tables, such as [profiles.dev.PREFECT_API_URL].
// Prefect refuses each of them.
func (r *resolver) addTables(l *layer, f *profiles.File) {
	for _, s := range f.Irregular {
		p := placeOf(f.TOML, s)
		if len(p.above) > 2 || s.Kind == syntax.Pair && p.len() < 4 || p.len() < 3 || !p.isBelow("profiles", r.result.Active.Name) {
			continue
		}
		r.addNamed(l, p.at(2), Value{
			Source:  Source{Kind: Profile, Name: p.at(2), File: f, Span: s.Span},
			Written: syntax.Value{Kind: syntax.InlineTable, Span: s.Span},
		})
	}
}

// askedFor is the profile that somebody asks for, and who does. For the prefect command, an empty PREFECT_PROFILE
// counts too.
func (r *resolver) askedFor(f *profiles.File, emptyCounts bool) (name string, from Source) {
	if name, from, set := r.variableFrom("PREFECT_PROFILE"); name != "" || set && emptyCounts {
		return name, from
	}
	if f == nil || f.Active == nil || isFalsy(f.Active.Value) {
		return "", Source{}
	}
	return f.Active.Value.Text, Source{Kind: Profile, Name: "active", File: f, Span: f.Active.Key}
}

// isFalsy reports whether Python counts a value as nothing.
func isFalsy(v syntax.Value) bool {
	switch v.Kind {
	case syntax.String:
		return v.Text == ""
	case syntax.Boolean:
		return v.Text == "false"
	case syntax.Integer, syntax.Float:
		return strings.Trim(v.Text, "+-0._xobeE") == ""
	case syntax.Array:
		return len(v.Elements) == 0
	case syntax.InlineTable:
		return len(v.Pairs) == 0
	}
	return false
}

// hasProfile reports whether the file has the profile that is asked for. A name that is no text is that of none.
func hasProfile(f *profiles.File, asked string, from Source) bool {
	if f == nil || listsProfiles(f) || from.Kind == Profile && f.Active.Value.Kind != syntax.String {
		return false
	}
	_, ok := f.Lookup(asked)
	return ok
}

// listsProfiles reports whether the profiles are a list of tables, [[profiles]], in which Prefect finds none by its name.
func listsProfiles(f *profiles.File) bool {
	return slices.ContainsFunc(f.Irregular, func(s *syntax.Statement) bool {
		return s.Kind == syntax.ArrayHeader && placeOf(f.TOML, s).is("profiles")
	})
}

// refuseActive refuses a list or table as the name of the active profile.
func (r *resolver) refuseActive(f *profiles.File, from Source) bool {
	if f == nil || from.Kind == Environment {
		return false
	}
	for _, s := range f.Irregular {
		p := placeOf(f.TOML, s)
		if !p.isBelow("active") {
			continue
		}
		inside := s.Kind == syntax.Pair && p.len() > 1
		list := s.Kind == syntax.ArrayHeader && p.len() == 1
		if inside || list || p.len() == 1 && isCollection(s.Value) && !isFalsy(s.Value) {
			r.refuse(nil, Source{Kind: Profile, Name: "active", File: f, Span: s.Span}, "The active profile must be named by text.")
			return true
		}
	}
	return false
}

func isCollection(v syntax.Value) bool { return v.Kind == syntax.Array || v.Kind == syntax.InlineTable }

// refuseLoading refuses a file in which something else than a table stands where Prefect looks for the profile.
func (r *resolver) refuseLoading(f *profiles.File, asked string) bool {
	if f == nil || asked == "" || listsProfiles(f) {
		return false
	}
	for _, n := range f.NotTables() {
		if len(n.Path) == 2 && n.Path[1] == asked || len(n.Path) == 1 && mayHold(n.Place, asked) {
			r.refuseNotTable(Profile, f, n)
			return true
		}
	}
	return false
}

// mayHold reports whether Python finds the name in what stands in place of the table of profiles, or fails to look.
func mayHold(s *syntax.Statement, name string) bool {
	switch s.Value.Kind {
	case syntax.String:
		return strings.Contains(s.Value.Text, name)
	case syntax.Array:
		return slices.ContainsFunc(s.Value.Elements, func(v syntax.Value) bool { return v.Kind == syntax.String && v.Text == name })
	}
	return true
}

// displayed finds the profiles.toml that the prefect command works with, and the profile that it takes for active
// (context.py, root_settings_context).
func (r *resolver) displayed() {
	path := r.result.Lookup("PREFECT_PROFILES_PATH")
	text, _ := path.Typed.(string)
	saved := ProfilesFile{Path: text, File: r.profilesAt(text, path.Source), From: path.Source}
	r.result.Saved = saved
	f := saved.File
	if f != nil && (r.refuseBroken(Profile, f) || r.refuseNotTables(Profile, f)) {
		return
	}
	shown := &r.result.Displayed
	shown.Asked, shown.From = r.askedFor(f, true)
	r.refuseActive(f, shown.From)
	shown.Name, shown.Bundled = fallback, true
	if _, bundled := profiles.Bundled(shown.Asked); bundled || hasProfile(f, shown.Asked, shown.From) {
		shown.Name = shown.Asked
	}
	if f != nil {
		_, defined := f.Lookup(shown.Name)
		shown.Bundled = !defined
	}
}
