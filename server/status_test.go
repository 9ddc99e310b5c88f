package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// patience is how long a slow machine may take for what takes milliseconds. No test waits for it to pass.
const patience = 60 * time.Second

// A listener is an editor that shows where code would run.
type listener struct {
	status   chan protocol.Status
	watchers chan string // the registrations for changes of files
}

func (l *listener) Notify(method string, params any) error {
	if method == protocol.MethodStatus {
		l.status <- params.(protocol.Status)
	}
	return nil
}

func (l *listener) Call(_ context.Context, method string, params, _ any) error {
	raw, err := json.Marshal(params)
	if method == lsp.ServerClientRegisterCapability && strings.Contains(string(raw), registration) {
		l.watchers <- string(raw)
	}
	return err
}

// await is the next status with the given host or type of server.
func (l *listener) await(t testing.TB, when, want string) protocol.Status {
	t.Helper()
	return l.until(t, when, want, func(status protocol.Status) string {
		_, host, isURL := strings.Cut(status.APIURL, "://")
		if !isURL {
			return status.ServerType
		}
		host, _, _ = strings.Cut(host, ":")
		return host
	})
}

// until is the next status that is said to be as wanted.
func (l *listener) until(t testing.TB, when, want string, say func(protocol.Status) string) protocol.Status {
	t.Helper()
	guard := time.After(patience)
	var seen []string
	for {
		select {
		case status := <-l.status:
			got := say(status)
			if got == want {
				return status
			}
			seen = append(seen, got)
		case <-guard:
			t.Fatalf("%s: told of %q, want %q", when, seen, want)
		}
	}
}

// listen starts a server for a workspace on disk, with a home folder and more of an environment.
func listen(t testing.TB, capabilities, folder, home string, environment ...string) (*Server, *listener) {
	t.Helper()
	client := &listener{status: make(chan protocol.Status, 100), watchers: make(chan string, 100)}
	s := New("test", client, func() {})
	s.session = session.New(append([]string{"HOME=" + home, "USERPROFILE=" + home}, environment...), session.ReadDisk)
	initialize := fmt.Sprintf(`{"capabilities":%s,"workspaceFolders":[{"uri":%q,"name":"x"}]}`, capabilities, protocol.URIOf(folder))
	say(t, s, "initialize", initialize)
	say(t, s, "initialized", `{}`)
	t.Cleanup(func() {
		if err := s.places.close(); err != nil {
			t.Error(err)
		}
	})
	return s, client
}

func say(t testing.TB, s *Server, method, params string) {
	t.Helper()
	if _, err := s.intake(t.Context(), message(method, params))(); err != nil {
		t.Fatal(method, err)
	}
}

func profilesTOML(active string) string {
	return "active = \"" + active + "\"\n\n[profiles.a]\nPREFECT_API_URL = \"http://a:4200/api\"\n\n[profiles.b]\nPREFECT_API_URL = \"http://b:4200/api\"\n"
}

const telling = `{"experimental":{"prefectStatus":true}}`

// TestStatus shows when a client is told, and what it may ask.
func TestStatus(t *testing.T) {
	folder, home := t.TempDir(), t.TempDir()
	s, client := listen(t, telling, folder, home)
	client.await(t, "at first", "ephemeral")
	uri := protocol.URIOf(filepath.Join(folder, ".env"))
	say(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+uri+`","languageId":"","version":1,"text":"PREFECT_API_URL=http://me:secret@typed:4200/api"}}`)
	say(t, s, "textDocument/didChange", `{"textDocument":{"uri":"`+uri+`","version":2},"contentChanges":[{"text":"PREFECT_API_URL=http://typed:4200/api\nPREFECT_API_KEY=pnu_0123456789abcdef"}]}`)
	masked := <-client.status
	if raw, err := json.Marshal(masked); err != nil || strings.Contains(string(raw), "secret") || !strings.Contains(masked.APIURL, "typed:4200") {
		t.Errorf("a password is told: %s (%v)", raw, err)
	}
	status := client.await(t, "typed", "typed")
	if status.Source.Line != 1 || status.Source.Kind != "dotenv" || status.Key == nil || status.Key.Line != 2 {
		t.Errorf("told %+v", status)
	}
	say(t, s, "textDocument/didChange", `{"textDocument":{"uri":"`+uri+`","version":3},"contentChanges":[{"text":"PREFECT_API_URL=http://typed:4200/api\nPREFECT_API_KEY=pnu_another\n# a comment"}]}`)
	if len(client.status) > 0 {
		t.Errorf("told again: %+v", <-client.status)
	}
	var answer, outside protocol.Status
	tell(t, s, protocol.MethodStatus, `{"uri":"`+uri+`"}`, &answer)
	if answer.APIURL != status.APIURL || answer.Folder != folder {
		t.Errorf("answered %+v", answer)
	}
	elsewhere := t.TempDir()
	tell(t, s, protocol.MethodStatus, `{"uri":"`+protocol.URIOf(elsewhere)+`"}`, &outside)
	if outside.Folder != elsewhere || outside.ServerType != "ephemeral" {
		t.Errorf("answered %+v", outside)
	}
	say(t, s, "workspace/didChangeConfiguration", `{"settings":{"environment":{"PREFECT_API_URL":"http://terminal:4200/api"}}}`)
	client.await(t, "new settings", "terminal")
	other := t.TempDir()
	say(t, s, "workspace/didChangeWorkspaceFolders", `{"event":{"added":[{"uri":"`+protocol.URIOf(other)+`","name":"y"}],"removed":[]}}`)
	if status := client.await(t, "another folder", "terminal"); status.Folder != other {
		t.Errorf("told of %s, want %s", status.Folder, other)
	}
	silent, deaf := listen(t, `{}`, folder, home)
	say(t, silent, "textDocument/didOpen", `{"textDocument":{"uri":"`+uri+`","languageId":"","version":1,"text":"PREFECT_API_URL=http://typed:4200/api"}}`)
	if len(deaf.status) > 0 {
		t.Error("a client is told that did not ask for it")
	}
}

// write replaces what is in a file, without a moment in which it is not there. An editor's atomic save does the same.
func write(t testing.TB, path, source string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// rewrite opens a file and writes it anew, as the Prefect CLI does.
func rewrite(t testing.TB, path, source string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestWatch follows files on disk as others change them, without an editor that tells.
func TestWatch(t *testing.T) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	folder, home, elsewhere := t.TempDir(), t.TempDir(), t.TempDir()
	_, client := listen(t, telling, folder, home)
	client.await(t, "at first", "ephemeral")
	dotfolder := filepath.Join(home, ".prefect")
	file := filepath.Join(dotfolder, "profiles.toml")

	must(os.Mkdir(dotfolder, 0o700))
	rewrite(t, file, profilesTOML("a"))
	client.await(t, "in a folder that was not there", "a")
	rewrite(t, file, profilesTOML("b"))
	client.await(t, "written anew", "b")
	write(t, file, profilesTOML("a"))
	client.await(t, "replaced", "a")
	write(t, file, profilesTOML("b"))
	client.await(t, "replaced again", "b")
	dotenv := filepath.Join(folder, ".env")
	rewrite(t, dotenv, "PREFECT_API_URL=http://dotenv:4200/api\n")
	client.await(t, "a new file", "dotenv")
	must(os.Rename(dotenv, filepath.Join(folder, ".env.off")))
	client.await(t, "moved away", "b")
	must(os.Rename(filepath.Join(folder, ".env.off"), dotenv))
	client.await(t, "moved back", "dotenv")
	must(os.Remove(dotenv))
	client.await(t, "removed", "b")

	if runtime.GOOS != "windows" { // where it takes a privilege to make a link
		target := filepath.Join(elsewhere, "real.toml")
		rewrite(t, target, profilesTOML("a"))
		must(os.Remove(file))
		must(os.Symlink(target, file))
		client.await(t, "a link", "a")
		write(t, target, profilesTOML("b"))
		client.await(t, "what the link leads to", "b")
	}

	must(os.Remove(file))
	client.await(t, "removed, too", "ephemeral")
	must(os.Mkdir(file, 0o700))
	if status := client.await(t, "a folder in its place", "ephemeral"); len(status.Errors) == 0 {
		t.Errorf("Prefect is said to start with %+v", status)
	}
	must(os.Remove(file))
	client.await(t, "no folder any more", "ephemeral")
	rewrite(t, file, profilesTOML("b"))
	client.await(t, "a file again", "b")

	must(os.Rename(dotfolder, filepath.Join(home, "moved")))
	client.await(t, "without the folder", "ephemeral")
	must(os.Mkdir(dotfolder, 0o700))
	rewrite(t, file, profilesTOML("a"))
	client.await(t, "another folder in its place", "a")
	rewrite(t, filepath.Join(folder, "uv.lock"), "version = 1\n\n[[package]]\nname = \"prefect\"\nversion = \"3.0.3\"\n")
	if status := client.await(t, "another release", "a"); status.Prefect != "3.0.3" {
		t.Errorf("the release is %q", status.Prefect)
	}
}

// TestWatchEnvironment notices a virtual environment as tools make it: step by step, or all at once.
func TestWatchEnvironment(t *testing.T) {
	folder, home := filepath.Join(t.TempDir(), "[flows]"), t.TempDir()
	mkdir := func(path string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Join(folder, path), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	rename := func(from, to string) {
		t.Helper()
		if err := os.Rename(filepath.Join(folder, from), filepath.Join(folder, to)); err != nil {
			t.Fatal(err)
		}
	}
	mkdir("")
	_, client := listen(t, telling, folder, home)
	client.await(t, "at first", "ephemeral")
	release := func(when, want string) {
		t.Helper()
		if status := client.await(t, when, "ephemeral"); status.Prefect != want {
			t.Errorf("%s: the release is %q, want %q", when, status.Prefect, want)
		}
	}
	const packages = ".venv/lib/python3.12/site-packages"
	for _, path := range []string{".venv", ".venv/lib", ".venv/lib/python3.12", packages, packages + "/prefect", packages + "/prefect-3.4.0.dist-info"} {
		mkdir(path)
	}
	release("installed step by step", "3.4.0")
	rename(packages+"/prefect-3.4.0.dist-info", packages+"/prefect-3.5.0.dist-info")
	release("upgraded", "3.5.0")
	rename(".venv", "off")
	release("gone", "")
	rename("off", "venv")
	release("there at once", "3.5.0")
}

// TestWatchPrefect follows the real prefect command, which PREFECT names; without it, what the command writes.
func TestWatchPrefect(t *testing.T) {
	prefect := os.Getenv("PREFECT")
	cloud, err := cloudtest.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cloud.Close)
	folder, home := t.TempDir(), t.TempDir()
	file := filepath.Join(home, ".prefect", "profiles.toml")
	if err := os.Mkdir(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	rewrite(t, file, profilesTOML("a"))
	environment := []string{"PREFECT_CLOUD_API_URL=" + cloud.API(), "PREFECT_CLOUD_UI_URL=" + cloud.UI()}
	_, client := listen(t, telling, folder, home, environment...)
	client.await(t, "at first", "a")
	run := func(want, after string, args ...string) {
		t.Helper()
		if prefect == "" {
			rewrite(t, file, after)
		} else {
			command := exec.Command(prefect, args...)
			command.Dir, command.Env = folder, append(environment, "HOME="+home, "PATH="+os.Getenv("PATH"))
			if out, err := command.CombinedOutput(); err != nil {
				if _, exited := errors.AsType[*exec.ExitError](err); !exited { // it checks the connection, which there may be none of
					t.Fatalf("%v\n%s", err, out)
				}
			}
		}
		client.until(t, strings.Join(args, " "), want, func(status protocol.Status) string {
			key := "without a key"
			if status.Key != nil {
				key = "with a key"
			}
			return fmt.Sprintf("%s %s %s", status.ServerType, status.APIURL, key)
		})
	}
	profile := func(settings string) string {
		return "active = \"b\"\n\n[profiles.a]\nPREFECT_API_URL = \"http://a:4200/api\"\n\n[profiles.b]\n" + settings
	}
	loggedIn := func(handle string) string {
		return profile("PREFECT_API_KEY = \"" + cloudtest.Ada + "\"\nPREFECT_API_URL = \"" + cloud.APIURL(handle) + "\"\n")
	}
	run("server http://b:4200/api without a key", profilesTOML("b"), "profile", "use", "b")
	run("server http://set:4200/api without a key", profile("PREFECT_API_URL = \"http://set:4200/api\"\n"), "config", "set", "PREFECT_API_URL=http://set:4200/api")
	run("unconfigured  without a key", profile(""), "config", "unset", "-y", "PREFECT_API_URL")
	run("cloud "+cloud.APIURL("acme/prod")+" with a key", loggedIn("acme/prod"), "cloud", "login", "--key", cloudtest.Ada, "--workspace", "acme/prod")
	run("cloud "+cloud.APIURL("umbrella/lab")+" with a key", loggedIn("umbrella/lab"), "cloud", "workspace", "set", "--workspace", "umbrella/lab")
	run("unconfigured  without a key", profile(""), "cloud", "logout")
}

// TestWatchedByClient shows what an editor is asked to watch that can look into any folder.
func TestWatchedByClient(t *testing.T) {
	folder, home := t.TempDir(), t.TempDir()
	s, client := listen(t, `{"experimental":{"prefectStatus":true},"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true,"relativePatternSupport":true}}}`, folder, home)
	client.await(t, "at first", "ephemeral")
	asked := <-client.watchers
	python := `/.venv/lib","pattern":"python*"}`
	if runtime.GOOS == "windows" {
		python = `/.venv/Lib/site-packages","pattern":"prefect-*.dist-info"}`
	}
	for _, part := range []string{
		`{"baseUri":"` + protocol.URIOf(filepath.Join(home, ".prefect")) + `","pattern":"profiles.toml"}`,
		`{"baseUri":"` + protocol.URIOf(folder) + `","pattern":"{.env,.venv,`,
		`{"baseUri":"` + protocol.URIOf(folder) + python,
	} {
		if !strings.Contains(asked, part) {
			t.Errorf("asked for %s, want %s", asked, part)
		}
	}
	rewrite(t, filepath.Join(folder, ".env"), "PREFECT_API_URL=http://dotenv:4200/api\nPREFECT_PROFILES_PATH=other.toml\n")
	say(t, s, lsp.MethodWorkspaceDidChangeWatchedFiles, `{"changes":[{"uri":"`+protocol.URIOf(filepath.Join(folder, ".env"))+`","type":1}]}`)
	client.await(t, "when the editor tells", "dotenv")
	if asked := <-client.watchers; !strings.Contains(asked, "other.toml") {
		t.Errorf("asked for %s, want other.toml too", asked)
	}
	if s.places.own.Load() != nil {
		t.Error("the server watches, too")
	}
}

// BenchmarkChange measures from the replacement of a file until the client has been told.
func BenchmarkChange(b *testing.B) {
	folder, home := b.TempDir(), b.TempDir()
	file := filepath.Join(folder, ".env")
	_, client := listen(b, telling, folder, home)
	client.await(b, "at first", "ephemeral")
	hosts := []string{"a", "b"}
	for b.Loop() {
		slices.Reverse(hosts)
		write(b, file, "PREFECT_API_URL=http://"+hosts[0]+":4200/api\n")
		client.await(b, "replaced", hosts[0])
	}
}

// TestSettings asks for the settings in effect: all that may hold a secret is masked.
func TestSettings(t *testing.T) {
	folder, home := t.TempDir(), t.TempDir()
	s, _ := listen(t, telling, folder, home)
	uri := protocol.URIOf(filepath.Join(folder, ".env"))
	text := `PREFECT_API_URL=http://me:canary@typed:4200/api\nPREFECT_API_KEY=pnu_canarycanarycanary\nPREFECT_CLIENT_CUSTOM_HEADERS={\"X\":\"canary\"}\nPREFECT_DEBUG_MODE=true`
	say(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+uri+`","languageId":"","version":1,"text":"`+text+`"}}`)
	var list []protocol.SettingStatus
	tell(t, s, protocol.MethodSettings, `{"uri":"`+uri+`"}`, &list)
	values := map[string]any{}
	for _, setting := range list {
		values[setting.Name] = setting.Value
	}
	if raw, err := json.Marshal(list); err != nil || strings.Contains(string(raw), "canary") {
		t.Errorf("a secret is told: %s (%v)", raw, err)
	}
	if values["PREFECT_DEBUG_MODE"] != "true" || values["PREFECT_API_URL"] != "http://****@typed:4200/api" || len(values) != 5 {
		t.Errorf("answered %v", values)
	}
}

// TestAPIURL asks for the API of what may be pasted.
func TestAPIURL(t *testing.T) {
	s, _ := listen(t, telling, t.TempDir(), t.TempDir())
	const ids = "account/0f1e2d3c-4b5a-4968-8776-655443322110/workspace/8c7d6e5f-1a2b-4c3d-9e8f-70615243b4a5"
	for page, want := range map[string]string{
		"https://app.prefect.cloud/" + ids + "/runs?x=1": "https://api.prefect.cloud/api/" + strings.NewReplacer("account", "accounts", "workspace", "workspaces").Replace(ids),
		"https://app.prefect.cloud/":                     "",
		"https://example.org/" + ids:                     "",
		"no address":                                     "",
	} {
		var result protocol.APIURLResult
		tell(t, s, protocol.MethodAPIURL, `{"page":"`+page+`"}`, &result)
		if result.APIURL != want {
			t.Errorf("%s: %q", page, result.APIURL)
		}
	}
}
