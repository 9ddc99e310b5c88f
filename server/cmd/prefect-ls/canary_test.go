package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"
	"prefect-ls/server/command"
)

// canaries are the secrets that must not get out: keys, whole or but for their ends, and what else signs in.
func canaries() []string {
	secrets := []string{"canary-password", "Y2FuYXJ5"} // which is also how Basic begins for it
	for _, key := range []string{cloudtest.Ada, cloudtest.Robot, cloudtest.Manager, cloudtest.Expired, cloudtest.Blocked, cloudtest.Newcomer} {
		secrets = append(secrets, key[len("pnu_"):len(key)-4])
	}
	return secrets
}

// sing reports the canaries in what was emitted.
func sing(t *testing.T, where, emitted string) {
	t.Helper()
	for _, canary := range canaries() {
		if at := strings.Index(emitted, canary); at >= 0 {
			t.Errorf("%s: %s in ...%s", where, canary, emitted[max(0, at-200):min(len(emitted), at+100)])
		}
	}
}

// A cage is a home and a folder full of keys, in files good and broken, and a Prefect Cloud that says back what it is sent.
type cage struct {
	t            *testing.T
	binary       string
	cloud        *cloudtest.Cloud
	home, folder string
	files        []string
}

func newCage(t *testing.T) *cage {
	t.Helper()
	c, err := cloudtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	cage := &cage{t: t, binary: build(t), cloud: c, home: t.TempDir(), folder: t.TempDir()}
	url := c.APIURL("acme/prod")
	for name, source := range map[string]string{
		"home/.prefect/profiles.toml": fmt.Sprintf("active = \"prod\"\n[profiles.prod]\nPREFECT_API_URL = %q\nPREFECT_API_KEY = %q\n\n[profiles.late]\nPREFECT_API_URL = %[1]q\nPREFECT_API_KEY = %q\n\n[profiles.blocked]\nPREFECT_API_URL = %[1]q\nPREFECT_API_KEY = %q\n\n[profiles.own]\nPREFECT_API_URL = \"http://canary:canary-password@127.0.0.1:1/api\"\nPREFECT_API_AUTH_STRING = \"canary:canary-password\"\n[profiles.slash]\nPREFECT_API_URL = \"https://canary:canary-password/@127.0.0.1:1/api\"\n[profiles.schemeless]\nPREFECT_API_URL = \"canary:canary-password@127.0.0.1:1/api\"\n", url, cloudtest.Ada, cloudtest.Expired, cloudtest.Blocked),
		"work/.env":                   "PREFECT_API_URL=" + url + "\nPREFECT_API_KEY=" + cloudtest.Robot + "\nPREFECT_API_KEY=' " + cloudtest.Newcomer + "'\nPREFECT_API_AUTH_STRING=canary:canary-password\nX=\"" + cloudtest.Manager + "\n",
		"work/prefect.toml":           "[api]\nkey = \"" + cloudtest.Robot + "\"\nauth_string = 'canary:canary-password'\n[server.database]\npassword = \"canary-password\"\nconnection_url = 'postgresql://canary:canary-password@x/y'\n[client]\ncustom_headers = {Authorization = \"Bearer " + cloudtest.Manager + "\"}\n",
		"work/pyproject.toml":         "[tool.prefect.api]\nkey = " + cloudtest.Robot + "\nkye = \"" + cloudtest.Manager + "\"\n",
		"work/schemeless/.env":        "PREFECT_API_URL=canary:canary-password@127.0.0.1/api/\n",
		"work/slash/.env":             "PREFECT_API_URL='https://canary:canary-password/@prefect.example.com/api/'\nPREFECT_UI_URL=https://canary:canary-password/@prefect.example.com/api\n",
		"work/hash/.env":              "PREFECT_API_URL=https://canary:canary-password#@prefect.example.com/api/\n",
		"work/token/.env":             "PREFECT_API_URL=https://canary-password/x@prefect.example.com/api/\nPREFECT_API_KEY=" + cloudtest.Robot + "\n",
		"work/slips/.env":             "PREFECT_API_AUTH_STRNG=canary:canary-password\nPREFECT_MY_OWN=canary-password\n",
		"work/slips/prefect.toml":     "[api]\nauth_strng = 'canary-password'\nPREFECT_API_AUTH_STRING = 'canary-password'\n[mine]\nx = 'canary-password'\n",
		"work/slips/broken.env":       "PREFECT_API_AUTH_STRING: canary:canary-password\nset PREFECT_API_AUTH_STRING canary-password\n$env:PREFECT_API_AUTH_STRING = 'canary-password'\nPREFECT_API_AUTH_STRING='canary-password'x\nPREFECT_API_AUTH_STRING='canary-password\n",
		"work/slips/headers.env":      "PREFECT_CLIENT_CUSTOM_HEADERS='{\"x\": \"canary-password\", \"prefect-csrf-token\": \"y\"}'\nPREFECT_SERVER='{\"database\": {\"password\": \"canary-password\"'\n",
		"work/headers/prefect.toml":   "[client.custom_headers]\nx = 'canary-password'\nprefect-csrf-token = 'canary-password'\n",
		"work/moves/.env":             "PREFECT_API_AUTH_STRING=canary-password-${B}\nB=1\n",
		"work/moves/prefect.toml":     "[logging]\nPREFECT_API_AUTH_STRING = 'canary-password'\n",
		"work/slips/profiles.toml":    "[profiles.p]\nprefect_api_auth_string = 'canary-password'\nPREFECT_API_AUTH_STRING = 'x'canary-password'\n",
		"work/broken/profiles.toml":   "[profiles.x\nPREFECT_API_KEY = \"" + cloudtest.Ada + "\nPREFECT_API_KEY = " + cloudtest.Manager + "\nPREFECT_API_URL = \"https://" + cloudtest.Ada + "@app.prefect.cloud/\"\n",
	} {
		path := cage.path(name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
		cage.files = append(cage.files, path)
	}
	slices.Sort(cage.files)
	return cage
}

func (c *cage) path(name string) string {
	return strings.NewReplacer("home/", c.home+"/", "work/", c.folder+"/").Replace(name)
}

func (c *cage) command(args ...string) *exec.Cmd {
	command := exec.Command(c.binary, args...)
	command.Dir = c.folder
	command.Env = []string{"HOME=" + c.home, "USERPROFILE=" + c.home, "LocalAppData=" + c.home, "PATH=" + os.Getenv("PATH"), "PREFECT_CLOUD_API_URL=" + c.cloud.API(), "PREFECT_CLOUD_UI_URL=" + c.cloud.UI()}
	return command
}

// echo answers with what it was sent, as a proxy that explains too much.
func echo(status int) cloudtest.Fault {
	return func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(status)
			_ = json.NewEncoder(w).Encode(map[string]string{"detail": "no good: " + r.Header.Get("Authorization")})
		})
	}
}

// TestCanary has the server do everything it can, while all that can go wrong does, and looks for keys in whatever it emits.
func TestCanary(t *testing.T) {
	c := newCage(t)
	k := c.keeper()
	k.request("initialize", `{"processId":null,"trace":"verbose","initializationOptions":{"server":{"logLevel":"debug"},"codeLens":{"enabled":true}},"workspaceFolders":[{"uri":%q,"name":"x"}],"capabilities":{
		"experimental":{"prefectStatus":true,"prefectDialogs":true},
		"workspace":{"executeCommand":{},"codeLens":{"refreshSupport":true},"inlayHint":{"refreshSupport":true}},
		"window":{"showDocument":{"support":true},"workDoneProgress":true}}}`, protocol.URIOf(c.folder))
	k.notify("initialized", `{}`)
	k.notify("$/setTrace", `{"value":"verbose"}`)
	for _, path := range c.files {
		k.look(path)
	}
	faults := []cloudtest.Fault{nil, echo(http.StatusUnauthorized), echo(http.StatusForbidden), echo(http.StatusNotFound), echo(http.StatusTooManyRequests), echo(http.StatusInternalServerError), cloudtest.HTML(), cloudtest.Cut()}
	for _, fault := range faults {
		c.cloud.Heal()
		if fault != nil {
			c.cloud.Fail("/api/", cloudtest.Always, fault)
		}
		k.ask(protocol.MethodTargets, `{"refresh":true}`)
		for _, profile := range []string{"", "prod", "late", "blocked", "own", "slash", "schemeless"} {
			k.command(protocol.CommandVerify, protocol.CommandParams{Profile: profile})
			k.command(protocol.CommandSetWorkspace, protocol.CommandParams{Profile: profile})
		}
		for _, way := range []string{"browser", "paste", "profile prod"} {
			k.way = way
			k.command(protocol.CommandLogin, protocol.CommandParams{})
		}
	}
	c.cloud.Heal()
	uri := protocol.URIOf(c.path("work/.env"))
	for _, name := range slices.Sorted(maps.Keys(command.Deeds())) {
		for _, params := range []protocol.CommandParams{
			{URI: uri, Profile: "prod"},
			{Profile: "own"}, {Profile: "slash"}, {Profile: "schemeless"},
			{Profile: "prod", Name: "other", Settings: []string{"PREFECT_API_KEY"}},
			{URI: cloudtest.Ada, Profile: cloudtest.Manager, Name: cloudtest.Manager, Account: cloudtest.Manager, Target: cloudtest.Manager, Settings: []string{cloudtest.Manager}},
			{},
		} {
			k.command(name, params)
			k.command(protocol.CommandUndo, protocol.CommandParams{}) // for the next to find what this one found
		}
	}
	k.ask("textDocument/hover", `{"textDocument":{"uri":"file:///x/`+cloudtest.Ada+`"},"position":7}`)
	k.ask("workspace/executeCommand", `{"command":"prefect.`+cloudtest.Ada+`","arguments":["`+cloudtest.Ada+`"]}`)
	k.ask("test/panic", `{"key":"`+cloudtest.Ada+`"}`)
	k.ask("no/such/"+cloudtest.Ada[4:8], `{"key":"`+cloudtest.Ada+`"}`)
	k.raw("Content-Length: 9\r\n\r\n{" + cloudtest.Ada[:8] + "\r\n\r\n")
	k.raw("Authorization: Bearer " + cloudtest.Ada + "\r\n\r\n")
	k.end()
	for what, emitted := range k.emitted() {
		sing(t, what, emitted)
	}
	for _, args := range [][]string{
		{"status"}, {"status", "--format", "json"}, {"settings", "--all"}, {"settings", "--all", "--format", "json"},
		{"status", "--cwd", c.path("work/schemeless")}, {"status", "--cwd", c.path("work/slash")}, {"status", "--cwd", c.path("work/token")}, {"settings", "--cwd", c.path("work/schemeless")},
		{"check", c.folder, c.home}, {"check"}, {"check", "--severity", "hint", "--format", "full", c.folder}, {"check", "--severity", "hint", "--format", "sarif", c.folder}, {"check", "--severity", "hint", "--format", "rdjson", c.folder}, {"check", "--severity", "hint", "--format", "json", c.folder},
		{"profile", "ls"}, {"profile", "ls", "--format", "json"}, {"workspace", "ls"}, {"workspace", "ls", "--format", "json"}, {"workspace", "set", "acme/" + cloudtest.Ada},
		{"login", "--key", cloudtest.Ada}, {"login", cloudtest.Ada}, {"login", "--key-stdin"}, {"login", "--key-stdin", "--workspace", "acme/dev", "--format", "json"},
		{"logout"}, {"explain", cloudtest.Ada}, {cloudtest.Ada},
	} {
		run := c.command(args...)
		run.Stdin = strings.NewReader(cloudtest.Ada + "\n")
		out, err := run.CombinedOutput()
		if len(out) == 0 {
			t.Errorf("%v says nothing: %v", args, err)
		}
		sing(t, strings.Join(args[:1], " "), string(out))
	}
	c.searchCache()
}

// searchCache looks at whatever was left in the home folder, but for the files of profiles.
func (c *cage) searchCache() {
	c.t.Helper()
	kept := 0
	err := filepath.WalkDir(c.home, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Base(filepath.Dir(path)) == ".prefect" {
			return err
		}
		text, err := os.ReadFile(path)
		kept++
		sing(c.t, path, path+string(text))
		return err
	})
	if err != nil || kept == 0 {
		c.t.Errorf("%d files are kept: %v", kept, err)
	}
}

// A keeper is an editor at the other end of real pipes who answers whatever the server asks.
type keeper struct {
	*peer

	cage *cage
	way  string // of the login

	mu      sync.Mutex
	sent    int
	waiting map[string]chan struct{}
	got     map[string]*bytes.Buffer // what the server sent, by what it was about
	ended   chan struct{}
}

func (c *cage) keeper() *keeper {
	c.t.Helper()
	command := c.command("serve")
	k := &keeper{
		peer: startCommand(c.t, command), cage: c,
		waiting: map[string]chan struct{}{}, got: map[string]*bytes.Buffer{}, ended: make(chan struct{}),
	}
	go k.listen()
	return k
}

func (k *keeper) listen() {
	defer close(k.ended)
	for {
		body, err := nextBody(k.out)
		if _, isBad := errors.AsType[*strconv.NumError](err); isBad {
			k.t.Error(err)
		}
		if err != nil {
			return
		}
		var m answer
		if err := json.Unmarshal(body, &m); err != nil {
			k.t.Errorf("%s: %v", body, err)
		}
		k.mu.Lock()
		about := m.Method
		if about == "" {
			about = "answers"
		}
		if k.got[about] == nil {
			k.got[about] = &bytes.Buffer{}
		}
		k.got[about].Write(append(body, '\n'))
		if waiting := k.waiting[string(m.ID)]; m.Method == "" && waiting != nil {
			close(waiting)
		}
		k.mu.Unlock()
		if m.Method != "" && m.ID != nil {
			k.answer(m)
		}
	}
}

// answer answers a request of the server.
func (k *keeper) answer(m answer) {
	result := "null"
	switch m.Method {
	case protocol.MethodPick:
		var question protocol.PickParams
		if err := json.Unmarshal(m.Params, &question); err != nil || len(question.Items) == 0 {
			k.t.Errorf("asked %s: %v", m.Params, err)
			break
		}
		id := question.Items[0].ID
		if slices.ContainsFunc(question.Items, func(i protocol.PickItem) bool { return i.ID == k.way }) {
			id = k.way
		}
		raw, err := json.Marshal(protocol.PickResult{ID: id})
		if err != nil {
			k.t.Error(err)
		}
		result = string(raw)
	case protocol.MethodInput:
		var question protocol.InputParams
		if err := json.Unmarshal(m.Params, &question); err != nil {
			k.t.Error(err)
		}
		if question.Secret && question.Problem == "" && k.way == "paste" {
			result = `{"value":"` + cloudtest.Manager + `"}`
		}
		if question.Secret && k.way == "browser" {
			return // and wait for the browser
		}
	case protocol.MethodCallback:
		result = string(m.Params)
	case "window/showDocument":
		var params struct{ URI string }
		if err := json.Unmarshal(m.Params, &params); err != nil {
			k.t.Error(err)
		}
		if page, err := url.Parse(params.URI); err == nil && page.Query().Has("callback") {
			go k.browse(page.Query().Get("callback"))
		}
		result = `{"success":true}`
	}
	k.send(`{"jsonrpc":"2.0","id":%s,"result":%s}`, m.ID, result)
}

func (k *keeper) browse(callback string) {
	request := httptest.NewRequest(http.MethodPost, callback+"/success", strings.NewReader(`{"api_key":"`+cloudtest.Ada+`"}`))
	request.RequestURI = ""
	request.Header.Set("Origin", k.cage.cloud.UI())
	request.Header.Set("Content-Type", "application/json")
	if answer, err := http.DefaultClient.Do(request); err != nil || answer.Body.Close() != nil {
		k.t.Errorf("the callback: %v", err)
	}
}

func (k *keeper) notify(method, params string) {
	k.send(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params)
}

func (k *keeper) request(method, params string, args ...any) {
	k.t.Helper()
	k.ask(method, fmt.Sprintf(params, args...))
}

// ask sends a request and waits for the answer, whatever it is.
func (k *keeper) ask(method, params string) {
	k.t.Helper()
	k.mu.Lock()
	k.sent++
	id, done := strconv.Itoa(k.sent), make(chan struct{})
	k.waiting[id] = done
	k.mu.Unlock()
	k.send(`{"jsonrpc":"2.0","id":%s,"method":%q,"params":%s}`, id, method, params)
	select {
	case <-done:
	case <-k.ended:
		k.t.Fatalf("the server ended at %s", method)
	case <-time.After(patience):
		k.t.Fatalf("%s %s is not answered", method, params)
	}
}

func (k *keeper) command(name string, params protocol.CommandParams) {
	k.t.Helper()
	raw, err := json.Marshal(params)
	if err != nil {
		k.t.Fatal(err)
	}
	k.ask("workspace/executeCommand", fmt.Sprintf(`{"command":%q,"arguments":[%s]}`, name, raw))
}

// look opens a file and asks all there is to ask about each of its lines.
func (k *keeper) look(path string) {
	k.t.Helper()
	source, err := os.ReadFile(path)
	if err != nil {
		k.t.Fatal(err)
	}
	text, err := json.Marshal(string(source))
	if err != nil {
		k.t.Fatal(err)
	}
	uri := protocol.URIOf(path)
	k.notify("textDocument/didOpen", fmt.Sprintf(`{"textDocument":{"uri":%q,"languageId":"","version":1,"text":%s}}`, uri, text))
	for _, method := range []string{"documentSymbol", "foldingRange", "documentLink", "codeLens", "semanticTokens/full"} {
		k.ask("textDocument/"+method, fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uri))
	}
	lines := strings.Split(string(source), "\n")
	k.ask("textDocument/inlayHint", fmt.Sprintf(`{"textDocument":{"uri":%q},"range":{"start":{"line":0,"character":0},"end":{"line":%d,"character":0}}}`, uri, len(lines)))
	for i, line := range lines {
		for _, character := range []int{0, strings.IndexByte(line, '=') + 4} {
			at := fmt.Sprintf(`{"line":%d,"character":%d}`, i, character)
			for _, method := range []string{"hover", "completion", "definition", "references", "documentHighlight", "prepareRename"} {
				k.ask("textDocument/"+method, fmt.Sprintf(`{"textDocument":{"uri":%q},"position":%s,"context":{"includeDeclaration":true}}`, uri, at))
			}
		}
	}
	k.ask(protocol.MethodStatus, fmt.Sprintf(`{"uri":%q}`, uri))
	k.ask(protocol.MethodSettings, fmt.Sprintf(`{"uri":%q}`, uri))
	k.notify("textDocument/didClose", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uri))
}

// end ends the server in the way of an editor that is killed.
func (k *keeper) end() {
	k.t.Helper()
	if err := k.in.Close(); err != nil {
		k.t.Fatal(err)
	}
	<-k.ended
	_ = k.peer.command.Wait()
}

// emitted is everything that the server wrote.
func (k *keeper) emitted() map[string]string {
	all := map[string]string{"the log": k.log.String()}
	for about, sent := range k.got {
		all[about] = sent.String()
	}
	for _, about := range []string{"answers", "textDocument/publishDiagnostics", protocol.MethodStatus, protocol.MethodPick, protocol.MethodInput, protocol.MethodCopy, "window/showMessageRequest", "$/progress"} {
		if all[about] == "" {
			k.t.Errorf("nothing of %s was seen", about)
		}
	}
	if k.log.Len() == 0 {
		k.t.Error("nothing was logged")
	}
	return all
}
