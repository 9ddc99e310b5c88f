package layers

import (
	"slices"
	"strings"
	"unicode/utf8"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// A layer is what one source says, before it is merged with the others.
type layer struct {
	kind    Kind
	values  map[*settings.Setting][]Value // the first counts
	groups  map[string]Value              // what stands for a whole group, by the group's path
	renamed *layer                        // of lower rank: what stands in a table that has another name now
}

// add takes a value in. Of several names for one setting the one that comes first in the list of its names counts,
// whatever their order in the source; of several values for one name the last.
func (l *layer) add(setting *settings.Setting, v Value) {
	if l.values == nil {
		l.values = map[*settings.Setting][]Value{}
	}
	given := l.values[setting]
	at := 0
	for at < len(given) && rank(setting, given[at].Source.Name) < rank(setting, v.Source.Name) {
		at++
	}
	l.values[setting] = slices.Insert(given, at, v)
}

// rank is the place of a name in the list of a setting's names.
func rank(setting *settings.Setting, name string) int {
	if strings.EqualFold(name, setting.Name) {
		return 0
	}
	for i, legacy := range setting.Legacy {
		if strings.EqualFold(name, legacy) {
			return i + 1
		}
	}
	return 0
}

func (l *layer) addGroup(group *settings.Group, v Value) {
	if l.groups == nil {
		l.groups = map[string]Value{}
	}
	v.Source.Group = group
	l.groups[group.Path] = v
}

// addNamed takes a value in under the name of a variable in upper case.
func (r *resolver) addNamed(l *layer, name string, v Value) {
	if setting, ok := settings.ByName(name); ok {
		if r.release.knows(name) {
			l.add(setting, v)
		}
	} else if group, ok := settings.GroupByName(name); ok && r.hasGroup(group) {
		l.addGroup(group, v)
	}
}

// hasGroup reports whether the release has a setting in the group.
func (r *resolver) hasGroup(group *settings.Group) bool {
	for i := range settings.All() {
		if s := &settings.All()[i]; strings.HasPrefix(s.Path, group.Path+".") && r.release.knows(s.Name) {
			return true
		}
	}
	return false
}

// environmentLayer reads the variables of the process. Their names are case-insensitive; of several that differ in
// case alone the last counts.
func (r *resolver) environmentLayer() *layer {
	l := &layer{kind: Environment}
	for _, v := range r.Environment {
		if settings.IsPrefectName(v.Name) {
			r.addNamed(l, strings.ToUpper(v.Name), Value{
				Source:  v.source(),
				Written: syntax.Value{Kind: syntax.String, Text: v.Value},
			})
		}
	}
	return l
}

// dotenvLayer reads the .env file as python-dotenv does. Of several lines for one name the last counts, and of
// several names that differ in case alone the one whose first line is last; without "=" it counts as unset.
func (r *resolver) dotenvLayer() *layer {
	l := &layer{kind: DotEnv}
	f := r.DotEnv
	if f == nil || r.release.before(readsDotEnv) {
		return l
	}
	if !utf8.ValidString(f.Source) {
		r.refuse(nil, Source{Kind: DotEnv, File: f}, "The file is not UTF-8.")
		return l
	}
	names := r.readDotEnv(f)
	winners := make(map[string]Value, len(names))
	for _, name := range names {
		winners[strings.ToUpper(name)] = r.dotenv[name]
	}
	for _, name := range names {
		if upper := strings.ToUpper(name); winners[upper].Written.Kind != syntax.Missing {
			r.addNamed(l, upper, r.dotenv[name])
		}
	}
	return l
}

// readDotEnv notes the last line for each name, and returns the names in the order of their first lines.
func (r *resolver) readDotEnv(f *profiles.File) (names []string) {
	values := f.Env.Interpolate(r.variable)
	r.dotenv = make(map[string]Value, len(f.Entries))
	binding := 0
	for i := range f.Entries {
		e := &f.Entries[i]
		for &f.Env.Bindings[binding] != e.Binding {
			binding++
		}
		if _, again := r.dotenv[e.Name]; !again {
			names = append(names, e.Name)
		}
		v := Value{Source: Source{Kind: DotEnv, Name: e.Name, File: f, Entry: e}, Written: e.Value}
		v.Written.Text = values[binding]
		r.dotenv[e.Name] = v
	}
	return names
}

// configLayer reads a prefect.toml, or the part of a pyproject.toml that is Prefect's.
func (r *resolver) configLayer(kind Kind, f *profiles.File) *layer {
	l := &layer{kind: kind, renamed: &layer{kind: kind}}
	if f == nil || r.release.before(readsTOML) {
		return l
	}
	if r.refuseBroken(kind, f) {
		return l
	}
	r.refuseNotTables(kind, f)
	for i := range f.Entries {
		e := &f.Entries[i]
		v := Value{Source: Source{Kind: kind, Name: e.Name, File: f, Entry: e}, Written: e.Value}
		if path, renamed := strings.CutPrefix(e.Name, "experiments.plugins."); renamed {
			r.addRenamed(l, "plugins."+path, v)
		} else if e.Setting != nil && r.release.knows(e.Setting.Name) && r.counts(e.Setting, v.Written) {
			l.add(e.Setting, v)
		}
	}
	return l
}

// counts reports whether Prefect takes what a configuration file says for the value of a setting: a table is one
// only of a setting that is an object.
func (r *resolver) counts(setting *settings.Setting, v syntax.Value) bool {
	return v.Kind != syntax.InlineTable || setting.IsObject() && !r.release.before(readsObjectTables)
}

// addRenamed takes in what stands in the table experiments.plugins, which is called plugins now.
func (r *resolver) addRenamed(l *layer, path string, v Value) {
	setting, ok := settings.ByPath(path)
	switch {
	case !ok || !r.counts(setting, v.Written):
	case r.release.before(renamesPlugins):
		if len(setting.Legacy) > 0 && r.release.knows(setting.Legacy[0]) {
			l.add(setting, v)
		}
	default:
		l.renamed.add(setting, v)
	}
}

// refuseBroken refuses a file that is no TOML.
func (r *resolver) refuseBroken(kind Kind, f *profiles.File) bool {
	switch {
	case !utf8.ValidString(f.Source):
		r.refuse(nil, Source{Kind: kind, File: f}, "The file is not UTF-8.")
	case len(f.SyntaxProblems()) > 0:
		first := f.SyntaxProblems()[0]
		r.refuse(nil, Source{Kind: kind, File: f, Span: first.Span}, "The file is not valid TOML: "+first.Message)
	default:
		return false
	}
	return true
}

// refuseNotTables refuses a file in which something else stands where Prefect expects a table.
func (r *resolver) refuseNotTables(kind Kind, f *profiles.File) (refused bool) {
	for _, n := range f.NotTables() {
		r.refuseNotTable(kind, f, n)
		refused = true
	}
	return refused
}

func (r *resolver) refuseNotTable(kind Kind, f *profiles.File, n profiles.NotTable) {
	path := strings.Join(n.Path, ".")
	r.refuse(nil, Source{Kind: kind, Name: path, File: f, Span: n.Place.Span}, path+" must be a table.")
}

// A place is the whole key of a statement: that of the header that it stands under, and its own.
type place struct{ above, key []syntax.KeyPart }

func placeOf(t *syntax.TOML, s *syntax.Statement) place {
	if s.Kind == syntax.Pair && s.Header >= 0 {
		return place{t.Statements[s.Header].Key, s.Key}
	}
	return place{key: s.Key}
}

func (p place) len() int { return len(p.above) + len(p.key) }

func (p place) at(i int) string {
	if i < len(p.above) {
		return p.above[i].Text
	}
	return p.key[i-len(p.above)].Text
}

// is reports whether p consists of the names.
func (p place) is(names ...string) bool { return p.len() == len(names) && p.isBelow(names...) }

// isBelow reports whether p begins with the names.
func (p place) isBelow(names ...string) bool {
	if p.len() < len(names) {
		return false
	}
	for i, name := range names {
		if p.at(i) != name {
			return false
		}
	}
	return true
}

// String is the place, dotted.
func (p place) String() string {
	names := make([]string, p.len())
	for i := range names {
		names[i] = p.at(i)
	}
	return strings.Join(names, ".")
}
