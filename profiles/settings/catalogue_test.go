package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// facts is the shape of facts.json, which record.py writes.
type facts struct {
	Prefect  string
	Settings []recorded
	Groups   []Group
}

type recorded struct {
	Setting
	Section string // the model that declares the setting, and with that the section of Prefect's reference about it
}

// history is the shape of history.json, which history.py writes.
type history struct {
	Newest string
	Names  [][3]string // name, the release that brought it, the release that dropped it
}

// headings counts how often an anchor stands in Prefect's reference, which its scripts/generate_settings_ref.py makes of
// the models: a heading for each model, setting and group.
func (f *facts) headings() map[string]int {
	count := map[string]int{"root-settings": 1}
	for _, s := range f.Settings {
		count[anchor(s.Path)]++
		count[anchor(s.Section)] = 1
	}
	for _, g := range f.Groups {
		count[anchor(g.Path)]++
	}
	return count
}

// anchor is that of the heading for a model, or for the setting or group at a path.
func anchor(name string) string {
	if name == "Settings" {
		return "root-settings"
	}
	name = name[strings.LastIndexByte(name, '.')+1:]
	return strings.ReplaceAll(strings.ToLower(name), "_", "-")
}

// TestCatalogueIsUpToDate makes catalogue.go of the recorded facts and our own words.
// With UPDATE=1 it writes the file, else it compares.
func TestCatalogueIsUpToDate(t *testing.T) {
	want := generate(t)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("catalogue.go", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile("catalogue.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("catalogue.go does not follow from what it is made of; run: make generate")
	}
}

// TestFacts holds facts.json to what an installed Prefect says of itself, which record.py wrote to the file that
// PREFECT_FACTS names. That may be an older release: it then knows what history.json says of it, and agrees on that.
func TestFacts(t *testing.T) {
	var newest facts
	readJSON(t, "facts.json", &newest)
	files := []string{"facts.json"}
	if live := os.Getenv("PREFECT_FACTS"); live != "" {
		files = append(files, live)
	}
	for _, file := range files {
		var live facts
		readJSON(t, file, &live)
		if Before(Version, live.Prefect) {
			t.Fatalf("the catalogue describes Prefect %s, but %s is installed; record it anew with record.py and history.py", Version, live.Prefect)
		}
		want := map[string]recorded{}
		for _, r := range newest.Settings {
			if r.isIn(live.Prefect) {
				want[r.Name] = r.in(live.Prefect)
			}
		}
		for _, r := range live.Settings {
			if _, dropped := Removed(r.Name); !dropped && !reflect.DeepEqual(r, want[r.Name]) {
				t.Errorf("Prefect %s says\n%+v\nbut recorded is\n%+v", live.Prefect, r, want[r.Name])
			}
			delete(want, r.Name)
		}
		for name := range want {
			t.Errorf("Prefect %s does not know %s", live.Prefect, name)
		}
	}
}

func (r recorded) isIn(prefect string) bool { return !Before(prefect, Since(r.Name)) }

// in is what is recorded of a setting as an earlier release has it.
func (r recorded) in(prefect string) recorded {
	r.Setting = *r.In(prefect)
	r.Legacy = slices.DeleteFunc(slices.Clone(r.Legacy), func(name string) bool { return Before(prefect, Since(name)) })
	return r
}

func TestEverySettingIsDescribed(t *testing.T) {
	described := readTOML(t, "descriptions.toml")
	for _, s := range All() {
		text := described[s.Path]
		if len(strings.Fields(text)) < 4 || sameWords(text, s.Path) {
			t.Errorf("descriptions.toml says nothing about %q", s.Path)
		}
		delete(described, s.Path)
	}
	for path := range described {
		t.Errorf("descriptions.toml describes %q, which is no setting", path)
	}
}

// sameWords reports whether a description says no more than the setting's name does.
func sameWords(description, path string) bool {
	words := strings.FieldsFunc(strings.ToLower(description), func(r rune) bool { return r < 'a' || r > 'z' })
	return !slices.ContainsFunc(words, func(word string) bool {
		return !strings.Contains(path, word) && !slices.Contains([]string{"a", "an", "of", "for", "the", "in", "is", "to"}, word)
	})
}

func readJSON(t *testing.T, name string, into any) {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func readTOML(t *testing.T, name string) map[string]string {
	texts := map[string]string{}
	if _, err := toml.DecodeFile(name, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

func generate(t *testing.T) []byte {
	var f facts
	readJSON(t, "facts.json", &f)
	var h history
	readJSON(t, "history.json", &h)
	descriptions, replacements := readTOML(t, "descriptions.toml"), readTOML(t, "replacements.toml")
	if h.Newest != f.Prefect {
		t.Fatalf("facts.json is of Prefect %s, history.json goes to %s; run: make generate", f.Prefect, h.Newest)
	}
	since := map[string]string{}
	for _, n := range h.Names {
		since[n[0]] = n[1]
	}
	var out bytes.Buffer
	p := func(form string, args ...any) { fmt.Fprintf(&out, form, args...) }

	p("// Code generated by catalogue_test.go; DO NOT EDIT.\n\npackage settings\n\n")
	p("// Version is the release of Prefect that the catalogue describes.\nconst Version = %q\n\n", f.Prefect)

	var names, paths []string
	p("var catalogue = [...]Setting{\n")
	headings := f.headings()
	for i, r := range f.Settings {
		s := r.Setting
		s.Heading = anchor(s.Path)
		if headings[s.Heading] > 1 { // the anchor then ends with a number, which other releases change
			s.Heading = anchor(r.Section)
		}
		s.Description = strings.TrimSpace(descriptions[s.Path])
		literal := strings.TrimPrefix(fmt.Sprintf("%#v", s), "settings.Setting")
		p("%s,\n", shorten(literal))
		for _, name := range append([]string{s.Name}, s.Legacy...) {
			if since[name] == "" {
				t.Errorf("history.json does not tell since when there is %s", name)
			}
			names = append(names, fmt.Sprintf("{%q, &catalogue[%d], %q}", name, i, since[name]))
		}
		paths = append(paths, fmt.Sprintf("&catalogue[%d], // %s", i, s.Path))
	}
	p("}\n\n// names is sorted.\nvar names = [...]nameOf{\n")
	slices.Sort(names)
	for _, n := range names {
		p("%s,\n", n)
	}
	p("}\n\n// paths is sorted by path.\nvar paths = [...]*Setting{\n")
	slices.SortFunc(paths, func(a, b string) int {
		_, a, _ = strings.Cut(a, " // ")
		_, b, _ = strings.Cut(b, " // ")
		return strings.Compare(a, b)
	})
	p("%s\n", strings.Join(paths, "\n"))
	p("}\n\n// groups is sorted by path.\nvar groups = [...]Group{\n")
	for _, g := range f.Groups {
		p("{%q, %q},\n", g.Name, g.Path)
	}
	p("}\n\n// removals is sorted by name.\nvar removals = [...]Removal{\n")
	for _, n := range h.Names {
		if n[2] != "" {
			p("{%q, %q, %q},\n", n[0], n[2], replacements[n[0]])
		}
		delete(replacements, n[0])
	}
	p("}\n")
	for name := range replacements {
		t.Errorf("replacements.toml replaces %s, which was never a setting", name)
	}

	source, err := format.Source(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// shorten drops the fields of a literal that have their zero value, and the names of types that are known.
func shorten(literal string) string {
	for _, zero := range []string{"Legacy:[]string{}", "Legacy:[]string(nil)", "Nullable:false", "Bounds:[]settings.Bound{}",
		"Bounds:[]settings.Bound(nil)", "Choices:[]string{}", "Choices:[]string(nil)", "Computed:false", "Secret:false", `Default:""`} {
		literal = strings.Replace(literal, zero+", ", "", 1)
	}
	literal = strings.ReplaceAll(literal, "[]settings.Bound{settings.Bound{", "[]Bound{{")
	return strings.ReplaceAll(literal, "settings.Bound{", "{")
}
