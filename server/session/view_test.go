package session

import (
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"prefect-ls/protocol"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A disk is what is saved, and how often each file was read. Its paths have slashes and no drive.
type disk struct {
	files map[string]string
	reads map[string]int
}

func (d *disk) read(path string) (string, bool) {
	path = filepath.ToSlash(strings.TrimPrefix(path, drive()))
	d.reads[path]++
	source, ok := d.files[path]
	return source, ok
}

const (
	root  = "/work/flows"
	theUI = "http://ui:4200/api"
)

// drive is what absolute paths begin with.
func drive() string { return map[bool]string{true: "C:"}[runtime.GOOS == "windows"] }

// on is a path of the disk on this machine.
func on(path string) string { return filepath.FromSlash(drive() + path) }

// uriOn is the URI of a path of the disk, as VS Code writes it.
func uriOn(path string) string {
	return strings.Replace(protocol.URIOf(on(path)), "file:///C:", "file:///c%3A", 1)
}

// homeVariable is the name of the variable that says where the person's home folder is.
func homeVariable() string {
	return map[bool]string{true: "USERPROFILE", false: "HOME"}[runtime.GOOS == "windows"]
}

func profilesOf(active string) string {
	return "active = \"" + active + "\"\n[profiles.a]\nPREFECT_API_URL = \"http://a:4200/api\"\n[profiles.b]\nPREFECT_API_URL = \"http://b:4200/api\"\n"
}

// connect is a session with an open workspace, in which profile a is active.
func connect(t *testing.T, folders ...string) (*Session, *disk) {
	t.Helper()
	d := &disk{files: map[string]string{"/home/ada/.prefect/profiles.toml": profilesOf("a")}, reads: map[string]int{}}
	s := New([]string{homeVariable() + "=" + on("/home/ada"), "PATH=/bin"}, d.read)
	var uris []string
	for _, folder := range folders {
		uris = append(uris, uriOn(folder))
	}
	s.Connect(Client{Encoding: protocol.UTF16}, uris)
	return s, d
}

// host is the host of the API of the folder of a file.
func host(s *Session, path string) string {
	url := strings.TrimSuffix(s.Snapshot().Folder(uriOn(path)).Result.Target().APIURL, ":4200/api")
	return strings.TrimPrefix(url, "http://")
}

func expect(t *testing.T, when, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", when, got, want)
	}
}

func configure(t *testing.T, s *Session, json string) {
	t.Helper()
	read, problems := protocol.ReadSettings([]byte(json))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s.Configure(read)
}

// TestFolder follows what is in effect as what decides on it changes.
func TestFolder(t *testing.T) {
	s, _ := connect(t, root)
	dotenv := root + "/.env"
	expect(t, "from the disk", host(s, dotenv), "a")
	s.Open(uriOn(dotenv), "", 1, "PREFECT_API_URL=http://unsaved:4200/api\n")
	expect(t, "unsaved", host(s, dotenv), "unsaved")
	if _, err := s.Change(uriOn(dotenv), 2, []any{lsp.TextDocumentContentChangeEventWhole{Text: "PREFECT_API_URL=http://typed:4200/api\n"}}); err != nil {
		t.Fatal(err)
	}
	expect(t, "typed", host(s, dotenv), "typed")
	configure(t, s, `{"environment":{"PREFECT_API_URL":"http://terminal:4200/api"}}`)
	expect(t, "set for terminals", host(s, dotenv), "terminal")
	configure(t, s, `{}`)
	expect(t, "no longer set", host(s, dotenv), "typed")
	s.Close(uriOn(dotenv))
	expect(t, "closed unsaved", host(s, dotenv), "a")
	s.Open(uriOn("/home/ada/.prefect/profiles.toml"), "", 1, profilesOf("b"))
	expect(t, "another profile", host(s, dotenv), "b")
	expect(t, "from profiles.toml itself", host(s, "/home/ada/.prefect/profiles.toml"), "b")
	configure(t, s, `{"environment":{"HOME":null,"USERPROFILE":null,"PREFECT_PROFILES_PATH":"/none.toml"}}`)
	expect(t, "without profiles", host(s, dotenv), "")
}

// TestFolders shows which folder a file belongs to.
func TestFolders(t *testing.T) {
	s, d := connect(t, root, root+"/inner", "/other")
	d.files["/alone/.env"] = "PREFECT_API_URL=http://alone:4200/api"
	for path, want := range map[string]string{
		root + "/x.env":                     root,
		root + "/deep/.env":                 root,
		root + "/inner/prefect.toml":        root + "/inner",
		root + "inner/.env":                 root + "inner",
		"/other/.env":                       "/other",
		"/home/ada/.prefect/profiles.toml":  root,
		"/home/ada/.prefect2/profiles.toml": "/home/ada/.prefect2",
		"/alone/.env":                       "/alone",
	} {
		expect(t, path, s.Snapshot().Folder(uriOn(path)).Path, on(want))
	}
	expect(t, "untitled", s.Snapshot().Folder("untitled:1").Path, on(root))
	expect(t, "outside", host(s, "/alone/.env"), "alone")
	s.Open(uriOn("/alone/.env"), "", 1, "PREFECT_API_URL=http://open:4200/api")
	expect(t, "outside and open", host(s, "/alone/.env"), "open")
	var inUse []string
	for _, f := range s.Snapshot().InUse() {
		inUse = append(inUse, f.Path)
	}
	if want := []string{on(root), on(root + "/inner"), on("/other"), on("/alone")}; !slices.Equal(inUse, want) {
		t.Errorf("in use: %q, want %q", inUse, want)
	}
	configure(t, s, `{"cwd":"jobs"}`)
	expect(t, "in another working directory", s.Snapshot().Folder(uriOn(root+"/.env")).Path, on(root+"/jobs"))
}

// TestShared shows that a folder is looked at again only where something that decides on it changed, and then at that alone.
func TestShared(t *testing.T) {
	s, d := connect(t, root, "/other")
	folder := func() *Folder { return s.Snapshot().Folder(uriOn(root)) }
	before := folder()
	s.Snapshot().Folder(uriOn("/other"))
	reads := maps.Clone(d.reads)
	s.Open(uriOn("/other/.env"), "", 1, "PREFECT_API_URL=x")
	s.Open(uriOn("/other/notes.txt"), "", 1, "x")
	configure(t, s, `{"diagnostics":{"syntax":"off"}}`)
	if folder() != before {
		t.Error("a file of another folder, or a setting that decides nothing, decides")
	}
	s.Open(uriOn(root+"/.env"), "", 1, "")
	if folder() == before {
		t.Error("a file of the folder does not decide")
	}
	if !maps.Equal(reads, d.reads) {
		t.Errorf("read from disk: %v, before %v", d.reads, reads)
	}
}

// TestRelease shows that files are read for the release of Prefect in use.
func TestRelease(t *testing.T) {
	s, _ := connect(t, root)
	uri := uriOn(root + "/.env")
	s.Open(uri, "", 1, "PREFECT_API_URL="+theUI)
	configure(t, s, `{"version":"3.0.3"}`)
	expect(t, "the document", s.Snapshot().Document(uri).File.Prefect, "3.0.3")
	expect(t, "the folder", s.Snapshot().Folder(uri).Prefect, "3.0.3")
	expect(t, "the profiles", s.Snapshot().Folder(uri).Result.Loaded.File.Prefect, "3.0.3")
	expect(t, "before .env counts", host(s, root+"/.env"), "a")
	configure(t, s, `{}`)
	expect(t, "the document again", s.Snapshot().Document(uri).File.Prefect, "")
	expect(t, "now that .env counts", host(s, root+"/.env"), "ui")
}

// TestReleaseOfWorkspace shows that a folder in a workspace uses the release of Prefect that the workspace tells, if it tells none.
func TestReleaseOfWorkspace(t *testing.T) {
	workspace := t.TempDir()
	requirements := write(t, workspace, "requirements.txt", "prefect==3.0.3\n")
	uri := protocol.URIOf(write(t, workspace, "jobs/.env", "A=1\n"))
	write(t, workspace, "own/requirements.txt", "prefect==3.0.4\n")
	expect(t, "alone", ReadFolder(workspace, "", nil, ReadDisk).Prefect, "3.0.3")
	s := New([]string{homeVariable() + "=" + workspace}, ReadDisk)
	s.Connect(Client{Encoding: protocol.UTF16}, []string{protocol.URIOf(workspace)})
	configure(t, s, `{"cwd":"own"}`)
	expect(t, "of its own", s.Snapshot().Folder(uri).Prefect, "3.0.4")
	configure(t, s, `{"cwd":"jobs"}`)
	expect(t, "of the workspace", s.Snapshot().Folder(uri).Prefect, "3.0.3")
	write(t, workspace, "requirements.txt", "prefect==3.0.5\n")
	s.Refresh(true, requirements)
	expect(t, "later", s.Snapshot().Folder(uri).Prefect, "3.0.5")
}

// TestSetFolders opens a folder, and closes the one before.
func TestSetFolders(t *testing.T) {
	s, d := connect(t, root)
	d.files["/other/.env"] = "PREFECT_API_URL=" + theUI
	s.SetFolders([]string{uriOn("/other")})
	expect(t, "in the new folder", host(s, "/other/flow.py"), "ui")
	if used := slices.Collect(maps.Keys(s.Snapshot().views)); !slices.Equal(used, []string{on("/other")}) {
		t.Errorf("in use: %q", used)
	}
}

// TestRemove forgets a file that is gone, but not what the editor has of it.
func TestRemove(t *testing.T) {
	s, _ := connect(t, root)
	open, stored := uriOn(root+"/.env"), uriOn(root+"/prefect.toml")
	s.Open(open, "", 1, "PREFECT_API_URL="+theUI)
	s.Store(stored, "debug_mode = true\n")
	s.Store(open, "")
	s.Remove(open)
	s.Remove(stored)
	if doc := s.Snapshot().Document(open); doc == nil || doc.Text == "" {
		t.Errorf("the editor's file is %+v", doc)
	}
	if doc := s.Snapshot().Document(stored); doc != nil {
		t.Errorf("the file that is gone is %+v", doc)
	}
}

// TestClose shows that what is opened again is looked at again, and that a snapshot stays as it was.
func TestClose(t *testing.T) {
	s, _ := connect(t, root)
	uri, path := uriOn(root+"/.env"), on(root+"/.env")
	s.Open(uri, "", 1, "")
	before := s.update(func(next *Snapshot) { next.exposures = map[string]Exposure{path: {}, on("/other"): {}} })
	after := s.Close(uri)
	if len(before.exposures) != 2 || len(after.exposures) != 1 || before.Document(uri) == nil || after.Document(uri) != nil {
		t.Errorf("of %v is left %v", before.exposures, after.exposures)
	}
}

// TestRefresh shows that a file which is being written is left as it was until it is whole, or stays as it is.
func TestRefresh(t *testing.T) {
	const file = "/home/ada/.prefect/profiles.toml"
	s, d := connect(t, root)
	expect(t, "at first", host(s, root), "a")
	for _, written := range []string{"", "active = \"b", "active = \"b\"\n[profiles.b"} {
		d.files[file] = written
		if unsettled := s.Refresh(false, on(file)); !slices.Equal(unsettled, []string{on(file)}) {
			t.Errorf("%q: unsettled is %q", written, unsettled)
		}
		expect(t, written, host(s, root), "a")
	}
	delete(d.files, file)
	if unsettled := s.Refresh(false, on(file)); len(unsettled) != 1 {
		t.Error("a file that is gone for a moment is gone at once")
	}
	d.files[file] = profilesOf("b")
	if unsettled := s.Refresh(false, on(file)); len(unsettled) > 0 {
		t.Errorf("unsettled is %q", unsettled)
	}
	expect(t, "once it is whole", host(s, root), "b")
	before := s.Snapshot()
	s.Refresh(true, on(file), "/nowhere/.env")
	if s.Snapshot() != before {
		t.Error("nothing changed, yet there is a new snapshot")
	}
	d.files[file] = ""
	if unsettled := s.Refresh(true, on(file)); len(unsettled) > 0 {
		t.Errorf("unsettled is %q for good", unsettled)
	}
	expect(t, "empty for good", host(s, root), "")
	s.Open(uriOn(file), "", 1, profilesOf("a"))
	d.files[file] = profilesOf("b")
	s.Refresh(false, on(file))
	expect(t, "open", host(s, root), "a")
	s.Close(uriOn(file))
	expect(t, "closed", host(s, root), "b")
}

// BenchmarkFolder measures what a character that is typed in profiles.toml costs until it is known again what is in effect.
// Its peer in the same run is the edit alone.
func BenchmarkFolder(b *testing.B) {
	for _, lines := range []int{200, 20_000} {
		var source strings.Builder
		source.WriteString("active = \"p0\"\n")
		for i := range lines / 4 {
			fmt.Fprintf(&source, "\n[profiles.p%d]\nPREFECT_API_URL = \"http://127.0.0.1:%d/api\"\nPREFECT_LOGGING_LEVEL = \"INFO\"\n", i, i)
		}
		for _, ask := range []bool{true, false} {
			name := fmt.Sprintf("%d", lines)
			if !ask {
				name += "/peer=edit"
			}
			b.Run(name, func(b *testing.B) {
				s := New([]string{homeVariable() + "=" + on("/home/ada")}, func(string) (string, bool) { return "", false })
				s.Connect(Client{Encoding: protocol.UTF8}, []string{"file:///work"})
				uri := uriOn("/home/ada/.prefect/profiles.toml")
				s.Open(uri, "", 1, source.String())
				for b.Loop() {
					snap, err := s.Change(uri, 2, []any{lsp.TextDocumentContentChangeEventWhole{Text: source.String()}})
					if err != nil {
						b.Fatal(err)
					}
					if ask && snap.Folder(uri).Result.Active.Name != "p0" {
						b.Fatal("the profile is not active")
					}
				}
			})
		}
	}
}

// TestSeveralURIs has one file under several URIs. What is open counts, and always the same of it.
func TestSeveralURIs(t *testing.T) {
	folder := protocol.URIOf(filepath.Join(t.TempDir(), "w"))
	const line = "PREFECT_API_URL=http://"
	for range 20 { // as maps have no order
		s := New(nil, func(string) (string, bool) { return "", false })
		s.Connect(Client{}, []string{folder})
		s.Store(folder+"/.env", line+"saved/api")
		s.Open(folder+"/%2Eenv", "", 1, line+"second/api")
		s.Open(folder+"/%2Een%76", "", 1, line+"first/api")
		if got := s.Snapshot().Folder(folder).Status(nil).APIURL; got != "http://first/api" {
			t.Fatalf("in effect is %s", got)
		}
	}
}
