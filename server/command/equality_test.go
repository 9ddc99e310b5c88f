package command

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"
)

// TestEquality does the deeds that the real Prefect did (testdata/record.py) to the same files, and holds the outcome to what
// Prefect sees after its own. PREFECT_DEEDS names another table, such as one recorded a moment ago, and PREFECT_DEEDS_OURS a file
// for our outcomes, so that Prefect can be asked whether it sees in them what we do.
func TestEquality(t *testing.T) {
	ours := io.Discard
	if name := os.Getenv("PREFECT_DEEDS_OURS"); name != "" {
		file, err := os.Create(name)
		must(t, err)
		defer file.Close()
		ours = file
	}
	replay(t, cmp.Or(os.Getenv("PREFECT_DEEDS"), "testdata/deeds.jsonl.gz"), json.NewEncoder(ours))
}

// A recorded is one case of a table.
type recorded struct {
	Deed    []string
	Pinned  *string // PREFECT_PROFILE
	Place   string  // where and how the file lies
	Text    *string // of the file, or null where there is none
	Current string  // the profile that the prefect command takes for active before
	OK      bool    // the command succeeded

	// Populated is set where the command has made a profile active that comes with Prefect, which does not count when a flow
	// runs until `profile populate-defaults` has written all such profiles into the file.
	Populated bool
	Sees      view
}

// A view is what Prefect reads from a file. Values are those that are not as in a bare folder.
type view struct {
	Profiles  map[string]map[string]any `json:"profiles"`  // with PREFECT_PROFILE set to each profile of the file
	Displayed string                    `json:"displayed"` // the profile that the prefect command takes for active
	Here      map[string]any            `json:"here"`      // without PREFECT_PROFILE
}

func replay(t *testing.T, name string, ours *json.Encoder) {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<20)
	if !lines.Scan() {
		t.Fatal("the table has no header")
	}
	t.Logf("%s", lines.Bytes())
	counts := map[string]int{}
	for i := 1; lines.Scan(); i++ {
		var c recorded
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		counts[c.Deed[0]]++
		if wrong := c.compare(t, ours); len(wrong) > 0 {
			t.Errorf("case %d, %q, pinned %v, %s:\n%s\n%s", i, c.Deed, show(c.Pinned), c.Place, strings.Join(wrong, "\n"), show(c.Text))
		}
	}
	if lines.Err() != nil || len(counts) != 8 {
		t.Errorf("the table ends with %v after %v", lines.Err(), counts)
	}
	t.Log(counts)
}

func show(text *string) string {
	if text == nil {
		return "none"
	}
	return "\t" + strings.ReplaceAll(*text, "\n", "\n\t")
}

// compare does the deed, and lists in what the outcome differs from Prefect's.
func (c recorded) compare(t *testing.T, ours *json.Encoder) (wrong []string) {
	differ := func(what string, got, want any) {
		if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
			wrong = append(wrong, fmt.Sprintf("%s is %v, Prefect has %v", what, g, w))
		}
	}
	p := newHome(t, c.Place, c.Text)
	before := p.view()
	differ("the profile that is displayed before", p.folder(c.Pinned).Result.Displayed.Name, c.Current)
	err := c.do(t, p)
	got, want := p.view(), c.Sees
	must(t, ours.Encode(p.left(got)))
	wrong = append(wrong, c.unkept(t, p, err)...)
	if err != nil {
		if c.OK && !c.deletesBundled(before) {
			differ("the refusal", err, "none")
		}
		differ("what is read after a refusal", got, before)
		return wrong
	}
	differ("the success", true, c.OK)
	c.amend(&want, before)
	differ("the profile that is displayed", got.Displayed, want.Displayed)
	differ("the names", slices.Sorted(maps.Keys(got.Profiles)), slices.Sorted(maps.Keys(want.Profiles)))
	for name, values := range want.Profiles {
		differ("profile "+name, got.Profiles[name], values)
	}
	differ("what is in effect", got.Here, want.Here)
	return wrong
}

// deletesBundled reports whether a profile is deleted that is in no file. The prefect command says that it did so; we say that
// nobody can.
func (c recorded) deletesBundled(before view) bool {
	return c.Deed[0] == "delete" && before.Profiles[c.Deed[1]] == nil
}

// amend is where we mean to differ from the prefect command.
func (c recorded) amend(want *view, before view) {
	verb, current := c.Deed[0], c.Current
	isHere := fmt.Sprint(want.Here) == fmt.Sprint(want.Profiles[current])
	switch verb {
	case "use":
		if c.Populated { // we write only the one
			maps.DeleteFunc(want.Profiles, func(name string, _ map[string]any) bool { return name != c.Deed[1] && before.Profiles[name] == nil })
		}
		return
	case "login":
		// It leaves what stands in the way.
		delete(want.Profiles[current], authString)
		want.Profiles[current][ephemeralEnabled] = false
		if isHere {
			want.Here = want.Profiles[current]
		}
	}
	// It names the profile active that is so where none is, whatever it is there to do, and so makes the one of that name
	// in the file count, which did not before. We do so for a profile that was asked for.
	asked := current == fallback && (verb == "login" || verb == "workspace")
	if !c.namesActive() && !asked {
		want.Here = before.Here
	}
}

// namesActive reports whether the file names an active profile.
func (c recorded) namesActive() bool {
	if c.Text == nil {
		return false
	}
	active := profiles.Read(profiles.ProfilesTOML, *c.Text).Active
	return active != nil && active.Value.Text != ""
}

// do is the deed, done by us.
func (c recorded) do(t *testing.T, p home) error {
	desk := p.desk(c.Pinned)
	args := append(c.Deed[1:], "", "")
	var err error
	switch c.Deed[0] {
	case "use":
		_, err = UseProfile(t.Context(), desk, protocol.CommandParams{Profile: args[0]})
	case "create":
		_, err = CreateProfile(t.Context(), desk, protocol.CommandParams{Name: args[0]})
	case "create --from":
		_, err = DuplicateProfile(t.Context(), desk, protocol.CommandParams{Name: args[0], Profile: args[1]})
	case "rename":
		_, err = RenameProfile(t.Context(), desk, protocol.CommandParams{Profile: args[0], Name: args[1]})
	case "delete":
		_, err = DeleteProfile(t.Context(), desk, protocol.CommandParams{Profile: args[0]})
	case "logout":
		_, err = Logout(t.Context(), desk, protocol.CommandParams{Profile: c.Current})
	case "workspace":
		_, err = desk.Write(t.Context(), p.file, setURL(c.Current, args[0]))
	case "login":
		key, problem := cloud.ParseKey(args[0])
		if problem != nil {
			t.Fatal(problem)
		}
		_, err = desk.Write(t.Context(), p.file, saveLogin(c.Current, key, args[1]))
	default:
		t.Fatalf("nobody knows the deed %q", c.Deed)
	}
	return err
}

// unkept lists what a deed has changed though it should not.
func (c recorded) unkept(t *testing.T, p home, err error) (wrong []string) {
	lost := func(what string) { wrong = append(wrong, what) }
	if p.target != p.file {
		if to, err := os.Readlink(p.file); err != nil || to != p.target {
			lost(fmt.Sprintf("the symbolic link is gone: %v", err))
		}
	}
	if c.Text == nil {
		if info, statErr := os.Stat(p.target); err == nil && (statErr != nil || !hasMode(info, 0o600)) {
			lost(fmt.Sprintf("the new file is %v, %v", info, statErr))
		}
		return wrong
	}
	if info, err := os.Stat(p.target); err != nil || !hasMode(info, p.mode) {
		lost(fmt.Sprintf("the mode is %v, %v", info, err))
	}
	now, readErr := os.ReadFile(p.target)
	if readErr != nil {
		t.Fatal(readErr)
	}
	old, next := *c.Text, string(now)
	if err != nil && old != next {
		lost("a refused deed changed the file")
	}
	if lines := strings.Count(old, "\n"); lines > 0 && lines == strings.Count(old, "\r\n") && strings.Count(next, "\n") != strings.Count(next, "\r\n") {
		lost("there are other line ends")
	}
	removes := slices.Contains([]string{"delete", "logout", "login"}, c.Deed[0])
	if !removes && old != "" && strings.HasSuffix(old, "\n") != strings.HasSuffix(next, "\n") {
		lost("the last line end is another one")
	}
	before := profiles.Read(profiles.ProfilesTOML, old).TOML
	for _, comment := range before.Comments {
		if text := comment.Of(old); !removes && strings.Count(next, text) < strings.Count(old, text) {
			lost("a comment is gone: " + text)
		}
	}
	if other := c.others(next); !slices.Equal(other, c.others(old)) {
		lost(fmt.Sprintf("the other lines are %q", other))
	}
	return wrong
}

// others are the statements that the deed is not about, in order.
func (c recorded) others(source string) (list []string) {
	file := profiles.Read(profiles.ProfilesTOML, source).TOML
	for _, s := range file.Statements {
		if !c.concerns(file, s) {
			list = append(list, s.Span.Of(source))
		}
	}
	return list
}

// concerns reports whether a statement is of the profile that the deed is about, or says which one is active.
func (c recorded) concerns(file *syntax.TOML, s syntax.Statement) bool {
	var path []string
	if s.Kind == syntax.Pair && s.Header >= 0 {
		for _, part := range file.Statements[s.Header].Key {
			path = append(path, part.Text)
		}
	}
	for _, part := range s.Key {
		path = append(path, part.Text)
	}
	about := []string{c.Current}
	if !slices.Contains([]string{"logout", "login", "workspace"}, c.Deed[0]) {
		about = c.Deed[1:]
	}
	return path[0] == "active" || path[0] == "profiles" && (len(path) < 2 || slices.Contains(about, path[1]))
}

// A home is a home folder with a profiles.toml in it.
type home struct {
	root, file, target string
	mode               os.FileMode
	bare               map[string]any
}

func newHome(t *testing.T, kind string, text *string) home {
	root := t.TempDir()
	p := home{root: root, mode: 0o600, file: filepath.Join(root, "home", ".prefect", "profiles.toml")}
	must(t, os.MkdirAll(filepath.Join(root, "work"), 0o700))
	must(t, os.MkdirAll(filepath.Dir(p.file), 0o700))
	p.bare = p.values(p.folder(nil))
	p.target = p.file
	switch kind {
	case "symlink", "dangling":
		target := filepath.Join(root, "dotfiles", "p.toml")
		if !link(t, target, p.file) {
			break
		}
		p.target = target
		if text != nil {
			must(t, os.Mkdir(filepath.Dir(p.target), 0o700))
		}
	case "0644":
		p.mode = 0o644
	case "0640":
		p.mode = 0o640
	}
	if text != nil {
		must(t, os.WriteFile(p.target, []byte(*text), 0o600))
		must(t, os.Chmod(p.target, p.mode))
	}
	return p
}

// link makes a symbolic link. It reports false where the system lets us make none, as Windows does by default.
func link(t *testing.T, to, from string) bool {
	t.Helper()
	err := os.Symlink(to, from)
	if info, missing := os.Lstat(from); runtime.GOOS == "windows" && (err != nil || missing != nil || info.Mode()&os.ModeSymlink == 0) {
		return false
	}
	must(t, err)
	return true
}

// hasMode reports whether a file has a mode, as far as the system knows modes.
func hasMode(info os.FileInfo, mode os.FileMode) bool {
	return info.Mode() == mode || runtime.GOOS == "windows" && info.Mode() == 0o666
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// environment has the home folder under the names that systems have for it.
func (p home) environment() []string {
	path := filepath.Join(p.root, "home")
	return []string{"HOME=" + path, "USERPROFILE=" + path}
}

func (p home) folder(pinned *string) *session.Folder {
	environment := p.environment()
	if pinned != nil {
		environment = append(environment, "PREFECT_PROFILE="+*pinned)
	}
	return session.ReadFolder(filepath.Join(p.root, "work"), "", environment, session.ReadDisk)
}

func (p home) desk(pinned *string) *Desk {
	return &Desk{Person: silent{}, Folder: func(string) (*session.Folder, error) { return p.folder(pinned), nil }}
}

// A leftFile is the text of a file, and what we see in it.
type leftFile struct {
	Text *string `json:"text"`
	Sees view    `json:"sees"`
}

func (p home) left(sees view) leftFile {
	text, err := os.ReadFile(p.target)
	if err != nil {
		return leftFile{nil, sees}
	}
	return leftFile{new(string(text)), sees}
}

// view is what Prefect reads, as profiles/layers tells, which is held to Prefect's answers by tests of its own.
func (p home) view() view {
	here := p.folder(nil)
	v := view{Profiles: map[string]map[string]any{}, Displayed: here.Result.Displayed.Name, Here: p.values(here)}
	if file := here.Result.Saved.File; file != nil {
		for _, profile := range file.Profiles {
			v.Profiles[profile.Name] = p.values(p.folder(&profile.Name))
		}
	}
	return v
}

func (p home) values(folder *session.Folder) map[string]any {
	values := map[string]any{}
	for name := range strings.FieldsSeq(`PREFECT_API_URL PREFECT_API_KEY PREFECT_API_AUTH_STRING PREFECT_SERVER_EPHEMERAL_ENABLED
		PREFECT_LOGGING_LEVEL PREFECT_SERVER_API_PORT PREFECT_SERVER_API_HOST PREFECT_SERVER_DATABASE_CONNECTION_URL
		PREFECT_CLI_COLORS PREFECT_WORKER_QUERY_SECONDS`) {
		value := folder.Result.Lookup(name).Typed
		if bare, known := p.bare[name]; !known || fmt.Sprint(bare) != fmt.Sprint(value) {
			values[name] = value
		}
	}
	return values
}
