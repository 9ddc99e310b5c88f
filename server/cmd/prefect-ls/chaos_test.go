package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
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
	"prefect-ls/server/command"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestChaos plays clients that do what they like, right and wrong, and answer as they like or not at all, while files come and go. Then
// they stop: the server must have answered all that they asked, and say of each document what a server says that was just started.
//
// PREFECT_LS_SEEDS=FROM-TO plays these clients, and PREFECT_LS_BINARY another binary, such as one that was built with -race.
func TestChaos(t *testing.T) {
	from, to := 1, 4
	if seeds := os.Getenv("PREFECT_LS_SEEDS"); seeds != "" {
		if _, err := fmt.Sscanf(seeds, "%d-%d", &from, &to); err != nil {
			t.Fatal(err)
		}
	}
	binary := os.Getenv("PREFECT_LS_BINARY")
	if binary == "" {
		binary = build(t)
	}
	for seed := from; seed <= to; seed++ {
		t.Run(strconv.Itoa(seed), func(t *testing.T) {
			t.Parallel()
			c := newChaos(t, binary, uint64(seed))
			for range 3 {
				for range 150 {
					c.act()
				}
				c.compare()
			}
			c.editor.leave()
		})
	}
}

// A chaos is a client that does what it likes.
type chaos struct {
	t         *testing.T
	binary    string
	random    *rand.Rand
	root      string // of all files
	abilities map[string]any
	manners   manners
	editor    *line
	folders   []string            // URIs, as the server knows them
	open      map[string]document // by URI
	asked     []int               // ids of requests, of which some may be unanswered
	last      int                 // id
}

// A document is what the client has open.
type document struct {
	URI      string `json:"uri"`
	Language string `json:"languageId"`
	Version  int32  `json:"version"`
	Text     string `json:"text"`
}

// chaosFiles are the files at the start, by their paths below the root.
func chaosFiles() map[string]string {
	return map[string]string{
		"home/.prefect/profiles.toml": "active = \"dev\"\n[profiles.dev]\nPREFECT_API_URL = \"http://127.0.0.1:1/api\"\n[profiles.prod]\nPREFECT_API_KEY = \"" + canary + "\"\n",
		"a/.env":                      "PREFECT_API_URL=http://127.0.0.1:2/api\n",
		"a/prefect.toml":              "[api]\nurl = 'http://127.0.0.1:3/api'\n",
		"a/pyproject.toml":            "",
		"a/uv.lock":                   "\nname = \"prefect\"\nversion = \"3.1.0\"\n",
		"a b/pyproject.toml":          "[tool.prefect.logging]\nlevel = 'DEBUG'\n",
		"a b/.env":                    "",
		"repo/.git/HEAD":              "ref: refs/heads/main\n",
		"repo/.env":                   "PREFECT_API_KEY=" + canary + "\n",
		"repo/.gitignore":             "",
		"out/x":                       "",
	}
}

// canary is a key that must not get into the log.
const canary = "pnu_0123456789abcdefghijklmnopqrstuvwxyz"

func newChaos(t *testing.T, binary string, seed uint64) *chaos {
	c := &chaos{t: t, binary: binary, random: rand.New(rand.NewPCG(seed, 1)), root: t.TempDir(), open: map[string]document{}}
	for name, text := range chaosFiles() {
		c.write(name, text)
	}
	c.abilities = c.someAbilities()
	c.manners.be(pick(c.random, "silent", "failing", "dismissive", "confused", "helpful", "moody", "moody"), "{}")
	c.folders = []string{c.uri("a"), c.uri("repo")}
	c.editor = c.connect()
	return c
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func (c *chaos) uri(name string) string { return protocol.URIOf(filepath.Join(c.root, name)) }

func (c *chaos) write(name, text string) {
	c.t.Helper()
	path := filepath.Join(c.root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

func (c *chaos) someAbilities() map[string]any {
	abilities := map[string]any{}
	for _, path := range []string{
		"workspace.configuration", "workspace.didChangeConfiguration.dynamicRegistration", "workspace.didChangeWatchedFiles.dynamicRegistration",
		"workspace.didChangeWatchedFiles.relativePatternSupport", "workspace.applyEdit", "workspace.diagnostics.refreshSupport",
		"workspace.inlayHint.refreshSupport", "workspace.codeLens.refreshSupport", "workspace.workspaceEdit.documentChanges",
		"window.showDocument.support", "window.workDoneProgress", "experimental.prefectStatus", "experimental.prefectDialogs",
		"experimental.prefectRemote", "textDocument.diagnostic.dynamicRegistration",
	} {
		if c.random.IntN(3) > 0 {
			continue
		}
		at, parts := abilities, strings.Split(path, ".")
		for _, part := range parts[:len(parts)-1] {
			if at[part] == nil {
				at[part] = map[string]any{}
			}
			at = at[part].(map[string]any)
		}
		at[parts[len(parts)-1]] = true
	}
	return abilities
}

// manners are how a client answers the server.
type manners struct {
	mu       sync.Mutex
	mood     string
	settings string // as JSON
}

func (m *manners) be(mood, settings string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mood, m.settings = mood, settings
}

// answer is the response to a request of the server, or empty.
func (m *manners) answer(a answer) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	dice, mood := int(a.ID[len(a.ID)-1]), m.mood
	if mood == "moody" {
		mood = []string{"silent", "failing", "dismissive", "confused", "helpful", "helpful"}[dice%6]
	}
	result := "null"
	switch mood {
	case "silent":
		return ""
	case "failing":
		return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no\u001b[31m"}}`, a.ID)
	case "confused":
		junk := []string{`7`, `"x"`, `[]`, `{}`, `[[[]]]`, `{"id":7,"value":[],"title":{},"applied":"yes","success":3,"url":"\u0000"}`, `{"id":"nope","value":"\n\u0000","title":"nope","applied":true,"success":true,"url":"http://[::1"}`}
		result = junk[dice%len(junk)]
	case "helpful":
		result = m.help(a)
	}
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":%s}`, a.ID, result)
}

func (m *manners) help(a answer) string {
	var asked struct {
		Items, Actions []json.RawMessage
	}
	_ = json.Unmarshal(a.Params, &asked) // of which most have neither
	switch a.Method {
	case lsp.ServerWorkspaceConfiguration:
		return "[" + strings.TrimSuffix(strings.Repeat(m.settings+",", len(asked.Items)), ",") + "]"
	case protocol.MethodPick:
		return string(asked.Items[0]) // which has the id
	case protocol.MethodInput:
		return `{"value":"new"}`
	case protocol.MethodCallback:
		return `{"url":"http://localhost:1"}`
	case lsp.ServerWindowShowMessageRequest:
		return string(asked.Actions[0])
	case lsp.ServerWorkspaceApplyEdit, lsp.ServerWindowShowDocument:
		return `{"applied":true,"success":true}`
	}
	return "null"
}

// A line is a connection with a server.
type line struct {
	t       *testing.T
	command *exec.Cmd
	in      io.WriteCloser
	log     string // the path
	answer  func(answer) string
	writing sync.Mutex

	mu      sync.Mutex
	changed *sync.Cond
	answers map[string]answer
	shown   map[string]string // diagnostics by URI
	ended   bool
}

// connect starts a server that knows the folders.
func (c *chaos) connect() *line {
	l := &line{t: c.t, command: exec.Command(c.binary, "serve"), answer: c.manners.answer, answers: map[string]answer{}, shown: map[string]string{}}
	l.changed = sync.NewCond(&l.mu)
	home := filepath.Join(c.root, "home")
	l.command.Env = []string{"HOME=" + home, "USERPROFILE=" + home, "LocalAppData=" + home, "PATH=" + os.Getenv("PATH"), "PREFECT_CLOUD_API_URL=http://127.0.0.1:1/api", "PREFECT_CLOUD_UI_URL=http://127.0.0.1:1"}
	log, err := os.Create(filepath.Join(c.t.TempDir(), "log"))
	if err != nil {
		c.t.Fatal(err)
	}
	l.log, l.command.Stderr = log.Name(), log
	if l.in, err = l.command.StdinPipe(); err != nil {
		c.t.Fatal(err)
	}
	out, err := l.command.StdoutPipe()
	if err != nil {
		c.t.Fatal(err)
	}
	if err := l.command.Start(); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		_ = l.command.Process.Kill()
		_ = l.command.Wait()
		_ = log.Close()
	})
	go l.listen(bufio.NewReader(out))
	folders := []map[string]string{}
	for _, uri := range c.folders {
		folders = append(folders, map[string]string{"uri": uri, "name": "x"})
	}
	l.send(map[string]any{"id": "init", "method": "initialize", "params": map[string]any{"processId": nil, "workspaceFolders": folders, "capabilities": c.abilities}})
	l.await(`"init"`)
	l.send(map[string]any{"method": "initialized", "params": map[string]any{}})
	return l
}

func (l *line) send(message map[string]any) {
	message["jsonrpc"] = "2.0"
	body, err := json.Marshal(message)
	if err != nil {
		l.t.Fatal(err)
	}
	l.raw(string(body))
}

func (l *line) raw(body string) {
	if err := l.write(body); err != nil {
		l.t.Errorf("sending: %v", err)
	}
}

func (l *line) write(body string) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	_, err := fmt.Fprintf(l.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	return err
}

// listen takes what the server sends until it ends.
func (l *line) listen(out *bufio.Reader) {
	for {
		a, err := receive(out)
		l.mu.Lock()
		switch {
		case err != nil:
			l.ended = true
		case a.Method == "":
			l.answers[string(a.ID)] = a
		case a.Method == lsp.ServerTextDocumentPublishDiagnostics:
			var shown struct{ URI string }
			_ = json.Unmarshal(a.Params, &shown)
			l.shown[shown.URI] = string(a.Params)
		case a.ID != nil:
			if reply := l.answer(a); reply != "" {
				go func() { _ = l.write(reply) }() // the server may have ended before it
			}
		}
		l.changed.Broadcast()
		l.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// until waits for what comes true with a message.
func (l *line) until(what string, isTrue func() bool) {
	l.t.Helper()
	late := false
	guard := time.AfterFunc(patience, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		late = true
		l.changed.Broadcast()
	})
	defer guard.Stop()
	l.mu.Lock()
	defer l.mu.Unlock()
	for !isTrue() {
		if late || l.ended {
			l.t.Fatalf("%s did not come; ended is %t, and the log\n%s", what, l.ended, l.logged())
		}
		l.changed.Wait()
	}
}

func (l *line) logged() string {
	log, err := os.ReadFile(l.log)
	if err != nil {
		l.t.Error(err)
	}
	return string(log)
}

func (l *line) await(id string) (got answer) {
	l.t.Helper()
	l.until("the answer to "+id, func() (ok bool) { got, ok = l.answers[id]; return ok })
	return got
}

// leave ends the server as it should end.
func (l *line) leave() {
	l.t.Helper()
	l.send(map[string]any{"id": "down", "method": "shutdown"})
	l.await(`"down"`)
	l.send(map[string]any{"method": "exit"})
	l.until("the end", func() bool { return l.ended })
	err, log := l.command.Wait(), l.logged()
	for _, word := range []string{"panic", "DATA RACE", canary[4:]} {
		if strings.Contains(log, word) {
			l.t.Errorf("%s in the log:\n%s", word, log)
		}
	}
	if err != nil {
		l.t.Errorf("%v\n%s", err, log)
	}
}

func (c *chaos) notify(method string, params any) {
	c.editor.send(map[string]any{"method": method, "params": params})
}

func (c *chaos) ask(method string, params any) {
	c.last++
	c.asked = append(c.asked, c.last)
	c.editor.send(map[string]any{"id": c.last, "method": method, "params": params})
}

// act does something.
func (c *chaos) act() {
	switch uri := pick(c.random, c.uris()...); c.random.IntN(16) {
	case 0, 1, 2:
		c.open[uri] = document{URI: uri, Language: pick(c.random, "toml", "dotenv", "", "properties", "x"), Version: c.random.Int32N(5), Text: c.text()}
		c.notify("textDocument/didOpen", map[string]any{"textDocument": c.open[uri]})
	case 3, 4, 5, 6:
		c.edit(c.likelyOpen())
	case 7:
		uri = c.likelyOpen()
		delete(c.open, uri)
		c.notify("textDocument/didClose", map[string]any{"textDocument": map[string]any{"uri": uri}})
	case 8, 9, 10:
		c.request(uri)
	case 11:
		c.notify("$/cancelRequest", map[string]any{"id": pick[any](c.random, c.last, c.last-1, "x", nil, -7)})
	case 12:
		c.configure()
	case 13:
		c.disturb()
	case 14:
		c.command(uri)
	case 15:
		c.misbehave()
	}
}

func (c *chaos) uris() []string {
	return []string{
		c.uri("a/.env"), c.uri("a/prefect.toml"), c.uri("a/pyproject.toml"), c.uri("home/.prefect/profiles.toml"), c.uri("a b/.env"), c.uri("a b/pyproject.toml"),
		c.uri("repo/.env"), c.uri("out/deep/missing/profiles.toml"), c.uri("out/.env"), "untitled:Untitled-1", "vscode-vfs://github/x/y/prefect.toml", "file://server/share/.env",
		c.uri("a") + "/x%00y/.env", "file:///c%3A/x/prefect.toml", "file:", "not a uri %zz", c.uri("a/other.txt"), "file:///", c.uri("a"), "git:/a/.env?{}", c.uri("a") + "/%2Eenv",
	}
}

func (c *chaos) likelyOpen() string {
	if len(c.open) == 0 {
		return pick(c.random, c.uris()...)
	}
	return pick(c.random, slices.Sorted(maps.Keys(c.open))...)
}

func (c *chaos) text() string {
	var b strings.Builder
	for range c.random.IntN(7) {
		b.WriteString(pick(c.random,
			"PREFECT_API_URL=https://app.prefect.cloud/account/x\n", "PREFECT_API_KEY="+canary+"\n", "PREFECT_LOGGING_LEVEL=LOUD\n", "X='unclosed\n",
			"PREFECT_X=${PREFECT_X}\n", "[profiles.dev]\n", "active = \"gone\"\n", "[profiles.\"a.b\"]\nPREFECT_API_URL = 7\n", "PREFECT_API_URL = \"http://x\"\n",
			"[api]\nurl = 'http://127.0.0.1:4200/api'\n", "[tool.prefect]\n", "server = {ephemeral = {enabled = 'x'}}\n", "x = [1,\n", "\"\"\"", "\r\n", "\r",
			"é😀\u2028", "\x00", "#", " ", "# prefect-ls: ignore-file[unknown-setting]\n", "PREFECT_PROFILE=prod\n", "PREFECT_HOME=.\n",
			"PREFECT_PROFILES_PATH=out/x\n", "\nname = \"prefect\"\nversion = \"3.0.1\"\n", "PREFECT_TEST_MODE=1\n"))
	}
	return b.String()
}

// edit changes a document, several times in one message, and in places that there are and are not.
func (c *chaos) edit(uri string) {
	doc, open := c.open[uri]
	var changes []any
	for range 1 + c.random.IntN(3) {
		insert := c.text()
		if c.random.IntN(5) == 0 {
			doc.Text = insert
			changes = append(changes, map[string]any{"text": insert})
			continue
		}
		place := lsp.Range{Start: c.place(), End: c.place()}
		span := protocol.NewMapper(doc.Text, protocol.UTF16).Span(place)
		doc.Text = doc.Text[:span.Start] + insert + doc.Text[span.End:]
		changes = append(changes, map[string]any{"range": place, "text": insert})
	}
	doc.Version += c.random.Int32N(4) - 1
	if open {
		c.open[uri] = doc
	}
	c.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": uri, "version": doc.Version}, "contentChanges": changes})
}

func (c *chaos) place() lsp.Position {
	return lsp.Position{Line: pick(c.random, 0, 1, 2, 3, 4, 5, 6, 7, uint32(1<<31-1)), Character: pick(c.random, 0, 1, 2, 3, 7, 20, uint32(1<<31-1))}
}

// position is one that may not even have numbers.
func (c *chaos) position() any {
	if c.random.IntN(4) > 0 {
		return c.place()
	}
	number := func() any {
		return pick[any](c.random, 0, 3, -1, 1<<32, int64(1)<<53, json.Number("1e300"), 1.5, "1", nil)
	}
	return map[string]any{"line": number(), "character": number()}
}

func (c *chaos) junk() any {
	return pick[any](c.random, nil, 7, "x", []any{}, map[string]any{}, true, []any{map[string]any{}}, strings.Repeat("x", 1000), map[string]any{"uri": 7}, map[string]any{"textDocument": nil})
}

// junkParams are of wrong types.
func (c *chaos) junkParams() any {
	params := map[string]any{}
	for _, name := range []string{"textDocument", "position", "range", "context", "event", "changes", "contentChanges", "value", "token", "command", "arguments", "previousResultIds", "label", "data", "uri", "url"} {
		params[name] = c.junk()
	}
	return pick[any](c.random, map[string]any{}, []any{}, params, nil)
}

func (c *chaos) request(uri string) {
	if c.random.IntN(8) == 0 {
		c.ask(pick(c.random, "prefect/status", "prefect/targets", "prefect/settings", "prefect/apiUrl", "completionItem/resolve", "workspace/diagnostic", "prefect/unheard", "initialize"), c.junkParams())
		return
	}
	params := c.junkParams()
	if c.random.IntN(8) > 0 {
		params = map[string]any{
			"textDocument": map[string]any{"uri": uri}, "position": c.position(), "range": map[string]any{"start": c.position(), "end": c.position()},
			"context": map[string]any{"diagnostics": []any{}, "includeDeclaration": true}, "newName": pick[any](c.random, "x", "", "a\nb", `"`, 7, "dev"),
			"uri": uri, "refresh": true, "url": uri,
		}
	}
	c.ask(pick(c.random, "textDocument/hover", "textDocument/completion", "textDocument/codeLens", "textDocument/codeAction", "textDocument/documentSymbol",
		"textDocument/foldingRange", "textDocument/definition", "textDocument/references", "textDocument/documentHighlight", "textDocument/documentLink",
		"textDocument/prepareRename", "textDocument/rename", "textDocument/semanticTokens/full", "textDocument/diagnostic", "textDocument/inlayHint",
		"prefect/status", "prefect/targets", "prefect/settings", "prefect/apiUrl"), params)
}

func (c *chaos) configure() {
	settings := pick(c.random, `{}`, `null`, `7`, `{"version":"3.0.0"}`, `{"version":7}`, `{"cwd":"../out"}`, `{"cwd":"\u0000"}`,
		`{"environment":{"PREFECT_API_URL":"http://x/api","PREFECT_PROFILE":null,"":"x","A=B":"\u0000"}}`, `{"environment":[]}`, `{"environmentFile":"out/x"}`,
		`{"diagnostics":{"severity":{"unknown-setting":"error","x":7}}}`, `{"trusted":false}`, `{"prefect":{"prefect":{"prefect":[]}}}`,
		`{"inlayHints":7,"codeLens":{"enabled":true},"network":{"enabled":false,"checkInterval":-1,"proxy":"http://\u0000","noProxy":[7]},"protectedWorkspaces":["[",7,"*"]}`)
	c.manners.mu.Lock()
	c.manners.settings = settings
	c.manners.mu.Unlock()
	c.notify("workspace/didChangeConfiguration", map[string]any{"settings": json.RawMessage(settings)})
}

// disturb changes a file on disk, or puts something else there.
func (c *chaos) disturb() {
	name := pick(c.random, slices.Sorted(maps.Keys(chaosFiles()))...)
	path := filepath.Join(c.root, name)
	_ = os.RemoveAll(path) // what fails, fails for the better
	switch c.random.IntN(5) {
	case 0:
	case 1:
		_ = os.Mkdir(path, 0o700)
	case 2:
		_ = os.Symlink(pick(c.random, path, os.DevNull, "../out/x", "nowhere"), path)
	default:
		c.write(name, c.text())
	}
	if c.random.IntN(2) == 0 {
		c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{
			map[string]any{"uri": protocol.URIOf(path), "type": pick(c.random, 1, 2, 3, 9)}, map[string]any{"uri": pick(c.random, c.uris()...), "type": 2},
		}})
	}
}

func (c *chaos) command(uri string) {
	arguments := map[string]any{"uri": uri, "window": pick[any](c.random, true, false)}
	for _, name := range []string{"profile", "name", "account", "workspace", "target"} {
		if c.random.IntN(2) == 0 {
			arguments[name] = pick(c.random, "dev", "prod", "x", "", "a\nb\x1b", `"]`, "server:http://127.0.0.1:1/api", "../../etc", strings.Repeat("x", 5000))
		}
	}
	name := pick(c.random, append(slices.Sorted(maps.Keys(command.Deeds())), "prefect.unheard")...)
	c.ask("workspace/executeCommand", map[string]any{"command": name, "arguments": pick[any](c.random, []any{arguments}, []any{arguments}, []any{arguments}, []any{7}, []any{}, nil)})
}

// misbehave sends what no client should.
func (c *chaos) misbehave() {
	switch c.random.IntN(5) {
	case 0:
		added := pick(c.random, c.uri("a"), c.uri("a b"), c.uri("repo"), c.uri("out"), c.uri("nowhere"), "vscode-vfs://x/y", "untitled:x", c.uri("a")+"/")
		removed := pick(c.random, c.folders...)
		c.folders = append(slices.DeleteFunc(slices.Clone(c.folders), func(f string) bool { return f == removed }), added)
		c.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{
			"added": []any{map[string]any{"uri": added, "name": "x"}}, "removed": []any{map[string]any{"uri": removed, "name": "x"}},
		}})
	case 1:
		c.editor.raw(pick(c.random, `{`, `[]`, `7`, ``, `{"jsonrpc":"2.0","id":[],"method":"x"}`, `{"jsonrpc":"1.0","id":"old","method":"x"}`, `{"jsonrpc":"2.0","id":99999,"result":{}}`, `{"jsonrpc":"2.0","method":7}`, "\x00\xff"))
	default:
		c.notify(pick(c.random, "textDocument/didOpen", "textDocument/didChange", "textDocument/didSave", "workspace/didChangeWatchedFiles", "window/workDoneProgress/cancel", "$/setTrace", "$/unheard", "initialized"),
			pick[any](c.random, map[string]any{}, []any{}, nil, map[string]any{"textDocument": 7}, map[string]any{"textDocument": map[string]any{"uri": 7}}, map[string]any{"changes": 7}, map[string]any{"changes": []any{7}}, map[string]any{"value": 7}, map[string]any{"token": []any{}}))
	}
}

// compare ends all that goes on, and compares with a server that was just started.
func (c *chaos) compare() {
	c.t.Helper()
	c.manners.be("helpful", "{}")
	for _, id := range c.asked {
		c.notify("$/cancelRequest", map[string]any{"id": id})
	}
	for _, id := range c.asked {
		c.editor.await(strconv.Itoa(id))
	}
	c.asked = nil
	c.notify("workspace/didChangeConfiguration", map[string]any{"settings": map[string]any{}})
	var changes []any
	for name := range chaosFiles() {
		changes = append(changes, map[string]any{"uri": c.uri(name), "type": 2})
	}
	c.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": changes})
	fresh := c.connect()
	uris := slices.Sorted(maps.Keys(c.open))
	for _, uri := range uris {
		fresh.send(map[string]any{"method": "textDocument/didOpen", "params": map[string]any{"textDocument": c.open[uri]}})
	}
	old, young := c.says(c.editor, uris), c.says(fresh, uris)
	for start := time.Now(); !slices.Equal(old, young) && time.Since(start) < patience/2; { // files are looked at in the background
		old, young = c.says(c.editor, uris), c.says(fresh, uris)
	}
	for i, uri := range uris {
		if old[i] != young[i] {
			c.t.Errorf("%+v with %q open: the server says\n%s\nand one just started\n%s", c.open[uri], c.folders, old[i], young[i])
		}
	}
	fresh.leave()
}

// says is what a server says of documents, in a client that asks or one that is told.
func (c *chaos) says(l *line, uris []string) (said []string) {
	asks := c.abilities["textDocument"] != nil
	for _, uri := range uris {
		c.last++
		l.send(map[string]any{"id": c.last, "method": "textDocument/diagnostic", "params": map[string]any{"textDocument": map[string]any{"uri": uri}}})
		a := l.await(strconv.Itoa(c.last))
		l.mu.Lock()
		text := l.shown[uri]
		l.mu.Unlock()
		if asks {
			text = string(a.Result)
		}
		said = append(said, text)
	}
	return said
}
