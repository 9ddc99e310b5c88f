package layers

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/oracletest"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
)

// TestOracle replays what the real Prefect said of many folders; testdata/record.py tells how the tables come about.
// PREFECT_LAYERS names a further table, such as one recorded a moment ago from the newest release.
func TestOracle(t *testing.T) {
	oracletest.Replay(t, "testdata/*.jsonl.gz", "PREFECT_LAYERS", replay)
	for _, s := range defaults() { // which all these results share
		if want := (Setting{Setting: s.Setting, Value: defaultOf(s.Setting)}); !reflect.DeepEqual(*s, want) {
			t.Errorf("the default of %s has become %+v", s.Name, s.Value)
		}
	}
}

// A header is the first line of a table.
type header struct {
	Prefect string
	Seed    int64
	Bare    map[string]any // every setting's value where nothing is set
}

// An answer is what Prefect makes of a case.
type answer struct {
	Refused                                  string            // the type of Python's error, where it does not start
	Named                                    []string          // the settings that the error names
	Settings                                 map[string][2]any // source and value, where they are not as in the bare folder
	Loaded, Active, Saved, Displayed, Server string
	View                                     map[string]string // the source that `prefect config view` shows
}

// A table compares its cases with what Resolve says, and counts.
type table struct {
	header
	*testing.T
	cases, refused, values, shown, failed int
}

// A testCase is one folder, and what Prefect makes of it.
type testCase struct {
	env   [][2]string
	files map[string]string
	want  answer
}

func replay(t *testing.T, lines oracletest.Table) {
	table := &table{T: t}
	if !lines.Next(&table.header) {
		t.Fatal("the table has no header")
	}
	for {
		var c testCase
		if !lines.Next(&[]any{&c.env, &c.files, &c.want}) {
			break
		}
		table.compare(c)
	}
	if table.cases < 100 || table.refused == 0 || table.refused == table.cases {
		t.Errorf("the table ends after %d cases, of which %d are refused", table.cases, table.refused)
	}
	t.Logf("Prefect %s, seed %d: %d cases, %d of them refused, %d values, %d lines of config view; %d cases disagree",
		table.Prefect, table.Seed, table.cases, table.refused, table.values, table.shown, table.failed)
}

// compare holds Resolve to one case.
func (t *table) compare(c testCase) {
	env, files, want := c.env, c.files, c.want
	version := t.Prefect
	if version == settings.Version {
		version = ""
	}
	got := resolveFolder(version, env, files)
	t.cases++
	maps.DeleteFunc(want.View, func(name, source string) bool { return source == nullIn(env, files)[name] })
	wrong := t.differences(got, want)
	if len(wrong) == 0 {
		return
	}
	if t.failed++; t.failed <= 20 {
		t.Errorf("case %d:\n%s\n%s", t.cases, strings.Join(wrong, "\n"), describe(env, files))
	}
}

// nullIn are the sources, as config view names them, that give a setting the text null. Prefect reads that as JSON and takes the
// setting for unset, but config view shows the text, as it would a value.
func nullIn(env [][2]string, files map[string]string) map[string]string {
	sources := map[string]string{}
	note := func(source, name, value string) {
		if setting, known := settings.ByName(name); known && strings.TrimSpace(value) == "null" {
			sources[setting.Name] = source
		}
	}
	for _, e := range profiles.Read(profiles.DotEnv, files["work/.env"]).Entries {
		note(viewName(DotEnv), e.Name, e.Value.Text)
	}
	for _, v := range env {
		note(viewName(Environment), v[0], v[1])
	}
	return sources
}

// describe writes a case so that it can be read.
func describe(env [][2]string, files map[string]string) string {
	var b strings.Builder
	for _, v := range env {
		fmt.Fprintf(&b, "\t%s=%q\n", v[0], v[1])
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "\t-- %s --\n\t%s\n", name, strings.ReplaceAll(files[name], "\n", "\n\t"))
	}
	return b.String()
}

// resolveFolder resolves the folder /r/work with the given files below /r.
func resolveFolder(version string, env [][2]string, files map[string]string) *Result {
	s := Sources{Version: version, Home: "/r/home", Profiles: map[string]*profiles.File{}, Folders: map[string]bool{}}
	for _, name := range []string{"prefect.toml", "pyproject.toml"} {
		s.Folders[name] = isFolder(below(name), files)
	}
	s.Environment = append(s.Environment, Variable{Name: "HOME", Value: "/r/home"})
	for _, v := range env {
		s.Environment = append(s.Environment, Variable{Name: v[0], Value: v[1]})
	}
	read := func(kind profiles.Kind, name string) *profiles.File {
		source, ok := files[name]
		if !ok {
			return nil
		}
		return profiles.ReadFor(version, kind, source)
	}
	s.DotEnv = read(profiles.DotEnv, "work/.env")
	s.PrefectTOML = read(profiles.PrefectTOML, "work/prefect.toml")
	s.PyProject = read(profiles.PyProject, "work/pyproject.toml")
	for {
		r := Resolve(s)
		if len(r.Wanted) == 0 {
			return r
		}
		for _, path := range r.Wanted {
			s.Profiles[path] = read(profiles.ProfilesTOML, below(path))
			s.Folders[path] = isFolder(below(path), files)
		}
	}
}

// below is a path of Prefect's as the table names files.
func below(name string) string {
	if path.IsAbs(name) {
		return strings.TrimPrefix(path.Clean(name), "/r/")
	}
	return path.Join("work", name)
}

// isFolder reports whether there is a folder in the table's place of that name.
func isFolder(name string, files map[string]string) bool {
	for file := range files {
		if strings.HasPrefix(file, name+"/") {
			return true
		}
	}
	return slices.Contains([]string{"work", "home", "other"}, name)
}

// differences lists in what a result is not what Prefect says.
func (t *table) differences(got *Result, want answer) (wrong []string) {
	differ := func(what string, got, want any) {
		if !reflect.DeepEqual(got, want) {
			wrong = append(wrong, fmt.Sprintf("%s is %v, Prefect says %v", what, got, want))
		}
	}
	if want.Refused != "" {
		t.refused++
		differ("refused", len(got.Refusals) > 0, true)
		named := func(r Refusal) bool { return r.Setting != nil && slices.Contains(want.Named, r.Setting.Name) }
		if len(want.Named) > 0 && !slices.ContainsFunc(got.Refusals, named) {
			differ("the refused setting", got.Refusals, want.Named)
		}
		return wrong
	}
	differ("refusals", got.Refusals, []Refusal(nil))
	differ("the loaded file", got.Loaded.Path, want.Loaded)
	differ("the saved file", got.Saved.Path, want.Saved)
	differ("the displayed profile", got.Displayed.Name, want.Displayed)
	differ("the server type", strings.ToUpper(string(got.Target().Type)), want.Server)
	differ("the active profile", marked(got), want.Active)
	for _, s := range got.Settings {
		wrong = append(wrong, t.differencesOf(s, want)...)
	}
	for name, source := range want.View {
		if setting, known := settings.ByName(name); known && showsTruth(got) {
			t.shown++
			differ(name+" in config view", viewName(highest(got.Lookup(setting.Name)).Kind), source)
		}
	}
	return wrong
}

// marked is the active profile, if it has the mark by which the recorder tells profiles.
func marked(r *Result) string {
	if r.Active.Bundled || r.Loaded.File == nil {
		return ""
	}
	for _, e := range r.Loaded.File.Entries {
		if e.Profile == r.Active.Name && e.Name == "PREFECT_X_NAME" {
			return r.Active.Name
		}
	}
	return ""
}

// showsTruth reports whether the prefect command shows the values of the profile that counts, and not those of
// another one or one that is mixed with what comes with Prefect.
func showsTruth(r *Result) bool {
	_, comesWithPrefect := profiles.Bundled(r.Displayed.Name)
	written := false
	if r.Loaded.File != nil {
		_, written = r.Loaded.File.Lookup(r.Displayed.Name)
	}
	mixed := comesWithPrefect && (written || !r.Active.Bundled)
	return r.Displayed.Name == r.Active.Name && r.Loaded.File == r.Saved.File && r.TestMode == "" && !mixed
}

func viewName(k Kind) string {
	if k == DotEnv {
		return ".env file"
	}
	return k.String()
}

// highest is the source of the highest value that somebody wrote, also where Prefect computes another one.
func highest(s *Setting) Source {
	if s.Source.Kind == Default && len(s.Shadows) > 0 {
		return s.Shadows[0].Source
	}
	return s.Source
}

// differencesOf lists in what one setting is not what Prefect says.
func (t *table) differencesOf(got *Setting, want answer) (wrong []string) {
	wanted, given := want.Settings[got.Name]
	if !given {
		value, known := t.Bare[got.Name]
		if !known {
			return nil // a newer setting than the release
		}
		wanted = [2]any{"", value}
	}
	source := highest(got).Kind.String()
	if source == "default" {
		source = ""
	}
	if source != wanted[0] {
		wrong = append(wrong, fmt.Sprintf("%s is from %q, Prefect says %q", got.Name, source, wanted[0]))
	}
	if source == "" && !got.Computed && t.Prefect != settings.Version {
		return wrong // another release may have another default
	}
	t.values++
	if value := canonical(got.Typed); value != recorded(t, wanted[1]) {
		wrong = append(wrong, fmt.Sprintf("%s is %s, Prefect says %s", got.Name, value, recorded(t, wanted[1])))
	}
	if again := rewritten(got); again != canonical(got.Typed) {
		wrong = append(wrong, fmt.Sprintf("%s written as text is %s", got.Name, again))
	}
	return wrong
}

// rewritten is what Prefect makes of the value's text.
func rewritten(s *Setting) string {
	if s.Typed == nil || s.Kind == settings.Anything {
		return canonical(s.Typed)
	}
	again, _ := s.Cast(syntax.Value{Kind: syntax.String, Text: s.Text()}, settings.DotEnv)
	return canonical(again)
}

// canonical writes a value so that it can be compared.
func canonical(v settings.Value) string {
	switch v := v.(type) {
	case nil:
		return "unset"
	case bool, string:
		return fmt.Sprintf("%T %v", v, v)
	case int64:
		return fmt.Sprint("int ", v)
	case float64:
		return "float " + strconv.FormatFloat(v, 'g', -1, 64)
	case settings.Timedelta:
		return fmt.Sprintf("duration %d %d", v.Seconds, v.Micros)
	case []string, []int64, []float64, []any:
		list := reflect.ValueOf(v)
		parts := make([]string, list.Len())
		for i := range parts {
			parts[i] = canonical(list.Index(i).Interface())
		}
		return "list " + strings.Join(parts, ", ")
	case map[string]string:
		return canonicalMap(v)
	case map[string]settings.Timedelta:
		return canonicalMap(v)
	}
	return fmt.Sprintf("%T %v", v, v)
}

func canonicalMap[V any](m map[string]V) string {
	text := "map"
	for _, key := range slices.Sorted(maps.Keys(m)) {
		text += fmt.Sprintf(" %q: %s", key, canonical(m[key]))
	}
	return text
}

// recorded writes a value of the table as canonical does.
func recorded(t *table, value any) string {
	object, isObject := value.(map[string]any)
	if !isObject {
		return canonical(value)
	}
	for kind, inner := range object {
		switch kind {
		case "i":
			return "int " + inner.(string)
		case "f":
			f, err := strconv.ParseFloat(inner.(string), 64)
			if err != nil {
				t.Fatal(err)
			}
			return canonical(f)
		case "s":
			parts := inner.([]any)
			return canonical(settings.Timedelta{Seconds: int64(parts[0].(float64)), Micros: int32(parts[1].(float64))})
		case "a":
			parts := []string{}
			for _, element := range inner.([]any) {
				parts = append(parts, recorded(t, element))
			}
			return "list " + strings.Join(parts, ", ")
		case "t":
			text := "map"
			members := inner.(map[string]any)
			for _, key := range slices.Sorted(maps.Keys(members)) {
				text += fmt.Sprintf(" %q: %s", key, recorded(t, members[key]))
			}
			return text
		}
	}
	return fmt.Sprint(value)
}
