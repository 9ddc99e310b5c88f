package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/cloud/cloudtest"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// The clients that commands are tested with: one with our dialogs, and one that knows LSP alone.
const (
	withDialogs = `{"experimental":{"prefectStatus":true,"prefectDialogs":true},"workspace":{"executeCommand":{},"applyEdit":true},"window":{"showDocument":{"support":true}}}`
	plainLSP    = `{"experimental":{"prefectStatus":true},"workspace":{"executeCommand":{},"applyEdit":true},"window":{"showDocument":{"support":true},"workDoneProgress":true}}`
)

// A user is a client with a person who answers as the test says. What the test does not say is not answered.
type user struct {
	t      *testing.T
	server *Server
	cloud  *cloudtest.Cloud
	folder string
	home   string
	said   chan lsp.ShowMessageRequestParams // with the titles of its actions
	press  chan string                       // the title of the action to choose of what is said next; "" for none

	mu       sync.Mutex
	answers  map[string]func(ctx context.Context, params json.RawMessage) any
	status   protocol.Status
	changed  chan struct{} // is closed with each notification
	received []string      // everything that the server sent, as JSON
}

// A setting is where a user is: files by their paths, where "home/" and "work/" stand for folders, and variables.
type setting struct {
	client   string
	files    map[string]string
	env      []string // besides where Prefect Cloud is
	settings string
	unset    bool // no variable says where Prefect Cloud is
}

// meet starts a server and a Prefect Cloud for a user.
func meet(t *testing.T, s setting) *user {
	t.Helper()
	c, err := cloudtest.Start("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	u := &user{
		t: t, cloud: c, folder: t.TempDir(), home: t.TempDir(), changed: make(chan struct{}),
		answers: map[string]func(context.Context, json.RawMessage) any{},
		said:    make(chan lsp.ShowMessageRequestParams, 100), press: make(chan string, 100),
	}
	for name, source := range s.files {
		u.write(name, source)
	}
	u.server = New("test", u, func() {})
	env := append([]string{"HOME=" + u.home, "USERPROFILE=" + u.home}, s.env...)
	if !s.unset {
		env = append(env, "PREFECT_CLOUD_API_URL="+c.API(), "PREFECT_CLOUD_UI_URL="+c.UI())
	}
	u.server.session = session.New(env, session.ReadDisk)
	u.server.desk.Servers.Cache = cloud.Cache{Dir: filepath.Join(u.home, "cache")}
	options := s.settings
	if options == "" {
		options = "null"
	}
	say(t, u.server, "initialize", fmt.Sprintf(`{"capabilities":%s,"initializationOptions":%s,"workspaceFolders":[{"uri":%q,"name":"x"}]}`, s.client, options, protocol.URIOf(u.folder)))
	say(t, u.server, "initialized", `{}`)
	t.Cleanup(func() {
		if err := u.server.places.close(); err != nil {
			t.Error(err)
		}
	})
	return u
}

func (u *user) path(name string) string {
	return strings.NewReplacer("home/", u.home+"/.prefect/", "work/", u.folder+"/").Replace(name)
}

func (u *user) write(name, source string) {
	u.t.Helper()
	source = strings.ReplaceAll(source, "http://cloud", u.cloud.URL)
	if err := os.MkdirAll(filepath.Dir(u.path(name)), 0o700); err != nil {
		u.t.Fatal(err)
	}
	if err := os.WriteFile(u.path(name), []byte(source), 0o600); err != nil {
		u.t.Fatal(err)
	}
}

func (u *user) read(name string) string {
	u.t.Helper()
	source, err := os.ReadFile(u.path(name))
	if err != nil {
		u.t.Fatal(err)
	}
	return strings.ReplaceAll(string(source), u.cloud.URL, "http://cloud")
}

// log keeps what the server sends, and returns it as JSON.
func (u *user) log(method string, params any) json.RawMessage {
	raw, err := json.Marshal(params)
	if err != nil {
		u.t.Error(err)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.received = append(u.received, method+" "+string(raw))
	return raw
}

func (u *user) Notify(method string, params any) error {
	raw := u.log(method, params)
	if method == lsp.ServerWindowShowMessage {
		var message lsp.ShowMessageRequestParams
		if err := json.Unmarshal(raw, &message); err != nil {
			return err
		}
		u.said <- message
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if status, ok := params.(protocol.Status); ok {
		u.status = status
	}
	close(u.changed)
	u.changed = make(chan struct{})
	return nil
}

func (u *user) Call(ctx context.Context, method string, params, result any) error {
	raw := u.log(method, params)
	var answer any
	if reply := u.answering(method); reply != nil {
		answer = reply(ctx, raw)
	} else if method == lsp.ServerWindowShowMessageRequest {
		var message lsp.ShowMessageRequestParams
		if err := json.Unmarshal(raw, &message); err != nil {
			return err
		}
		u.said <- message
		select {
		case title := <-u.press:
			if title != "" {
				answer = lsp.MessageActionItem{Title: title}
			}
		case <-u.t.Context().Done():
		}
	} else if strings.HasPrefix(method, "prefect/") {
		return errors.New(method + " was not expected: " + string(raw))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err, failed := answer.(error); failed {
		return err
	}
	raw, err := json.Marshal(answer)
	if err != nil || result == nil {
		return err
	}
	return json.Unmarshal(raw, result)
}

// on has the person answer the requests with a method.
func (u *user) on(method string, answer func(ctx context.Context, params json.RawMessage) any) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.answers[method] = answer
}

func (u *user) answering(method string) func(ctx context.Context, params json.RawMessage) any {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.answers[method]
}

// picks answers the questions to pick from with the items that have these labels, in this order; "" dismisses one.
func (u *user) picks(labels ...string) {
	u.on(protocol.MethodPick, func(_ context.Context, raw json.RawMessage) any {
		var question protocol.PickParams
		if err := json.Unmarshal(raw, &question); err != nil || len(labels) == 0 {
			u.t.Errorf("asked %s: %v", raw, err)
			return nil
		}
		label := labels[0]
		labels = labels[1:]
		i := slices.IndexFunc(question.Items, func(item protocol.PickItem) bool { return item.Label == label })
		if i < 0 {
			if label != "" {
				u.t.Errorf("%q is not among %s", label, raw)
			}
			return nil
		}
		return protocol.PickResult{ID: question.Items[i].ID}
	})
}

// types answers the questions to type something.
func (u *user) types(lines ...string) (questions *[]protocol.InputParams) {
	questions = new([]protocol.InputParams)
	u.on(protocol.MethodInput, func(_ context.Context, raw json.RawMessage) any {
		var question protocol.InputParams
		if err := json.Unmarshal(raw, &question); err != nil || len(lines) == 0 {
			u.t.Errorf("asked %s: %v", raw, err)
			return nil
		}
		*questions = append(*questions, question)
		line := lines[0]
		lines = lines[1:]
		return protocol.InputResult{Value: line}
	})
	return questions
}

// waits does not answer the questions to type something, and says when the last one is taken back.
func (u *user) waits() (takenBack chan struct{}) {
	takenBack = make(chan struct{})
	u.on(protocol.MethodInput, func(ctx context.Context, _ json.RawMessage) any {
		<-ctx.Done()
		close(takenBack)
		return nil
	})
	return takenBack
}

// do executes a command.
func (u *user) do(command string, params protocol.CommandParams) (result protocol.CommandResult) {
	u.t.Helper()
	raw, err := json.Marshal(map[string]any{"command": command, "arguments": []any{params}})
	if err != nil {
		u.t.Fatal(err)
	}
	tell(u.t, u.server, "workspace/executeCommand", string(raw), &result)
	return result
}

// heard is the next thing that the person is told.
func (u *user) heard() lsp.ShowMessageRequestParams {
	u.t.Helper()
	select {
	case message := <-u.said:
		return message
	case <-time.After(patience):
		u.t.Fatal("nothing is said")
		return lsp.ShowMessageRequestParams{}
	}
}

// await waits for a status that is as wanted.
func (u *user) await(what string, is func(protocol.Status) bool) protocol.Status {
	u.t.Helper()
	guard := time.After(patience)
	for {
		u.mu.Lock()
		status, changed := u.status, u.changed
		u.mu.Unlock()
		if is(status) {
			return status
		}
		select {
		case <-changed:
		case <-guard:
			u.t.Fatalf("the status does not become %s: %+v", what, status)
		}
	}
}

func (u *user) handle(want string) protocol.Status {
	u.t.Helper()
	return u.await(want, func(s protocol.Status) bool { return s.Handle == want })
}

// valid waits until a workspace has been reached.
func (u *user) valid(handle string) protocol.Status {
	u.t.Helper()
	return u.await(handle+", checked", func(s protocol.Status) bool { return s.Handle == handle && s.Check != nil && s.Check.Valid })
}

// approve plays the browser: it is shown a page, and its person approves or denies.
func (u *user) approve(path, body string) {
	u.on(protocol.MethodCallback, func(_ context.Context, raw json.RawMessage) any {
		var params protocol.CallbackParams
		if err := json.Unmarshal(raw, &params); err != nil {
			u.t.Error(err)
		}
		return protocol.CallbackResult(params)
	})
	u.on(lsp.ServerWindowShowDocument, func(_ context.Context, raw json.RawMessage) any {
		var params lsp.ShowDocumentParams
		if err := json.Unmarshal(raw, &params); err != nil || params.External == nil || !*params.External {
			u.t.Errorf("shown %s: %v", raw, err)
		}
		page, err := url.Parse(params.URI)
		if err != nil || !strings.HasPrefix(params.URI, u.cloud.UI()+"/auth/client?") {
			u.t.Errorf("shown %s: %v", raw, err)
			return lsp.ShowDocumentResult{}
		}
		go u.post(page.Query().Get("callback")+path, body)
		return lsp.ShowDocumentResult{Success: true}
	})
}

func (u *user) post(address, body string) {
	request, err := http.NewRequest(http.MethodPost, address, bytes.NewBufferString(body))
	if err != nil {
		u.t.Error(err)
		return
	}
	request.Header.Set("Origin", u.cloud.UI())
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		u.t.Error(err)
		return
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
		u.t.Errorf("the callback answers %s: %v", answer.Status, err)
	}
}

const twoProfiles = `active = "prod" # mine
[profiles.prod]
PREFECT_API_URL = "http://cloud/api/accounts/aaaaaaaa-0000-4000-8000-000000000001/workspaces/bbbbbbbb-0000-4000-8000-000000000001"
PREFECT_API_KEY = "` + cloudtest.Ada + `"

[profiles.own]
PREFECT_API_URL = "http://127.0.0.1:4200/api"
`

const devURL = "http://cloud/api/accounts/aaaaaaaa-0000-4000-8000-000000000001/workspaces/bbbbbbbb-0000-4000-8000-000000000002"

// typedOnce types a line, and then closes the box.
func typedOnce(line string) func(context.Context, json.RawMessage) any {
	typed := false
	return func(context.Context, json.RawMessage) any {
		if typed {
			return nil
		}
		typed = true
		return protocol.InputResult{Value: line}
	}
}

// diagnosed waits until the diagnostics that were sent last have just the one of a rule among those of servers' answers.
func (u *user) diagnosed(uri, rule string) {
	u.t.Helper()
	u.await("diagnosed", func(protocol.Status) bool {
		u.mu.Lock()
		defer u.mu.Unlock()
		for _, sent := range slices.Backward(u.received) {
			if raw, ok := strings.CutPrefix(sent, lsp.ServerTextDocumentPublishDiagnostics+" "); ok && strings.Contains(raw, uri) {
				found := strings.Contains(raw, `"key-rejected"`) || strings.Contains(raw, `"workspace-not-found"`)
				return found == (rule != "") && strings.Contains(raw, rule)
			}
		}
		return false
	})
}

// list asks where code could be run.
func (u *user) list(refresh bool) (targets protocol.Targets) {
	u.t.Helper()
	tell(u.t, u.server, protocol.MethodTargets, fmt.Sprintf(`{"refresh":%v}`, refresh), &targets)
	return targets
}

func labels(list protocol.Targets) string {
	var all []string
	for _, t := range list.Targets {
		label := t.Label
		if len(t.Profiles) > 0 {
			label += "=" + strings.Join(t.Profiles, ",")
		}
		for mark, is := range map[string]bool{"*": t.Current, "!": t.Overridden != ""} {
			if is {
				label += mark
			}
		}
		all = append(all, label)
	}
	return strings.Join(all, " ")
}

// ask sends a request about a place in a file, and returns the answer as JSON.
func (u *user) ask(method, name, place, more string) string {
	u.t.Helper()
	source, err := os.ReadFile(u.path(name))
	if err != nil {
		u.t.Fatal(err)
	}
	before, _, found := strings.Cut(string(source), place)
	if !found {
		u.t.Fatalf("%s has no %q", name, place)
	}
	line := strings.Count(before, "\n")
	character := len(before) - strings.LastIndexByte(before, '\n') - 1
	position := fmt.Sprintf(`{"line":%d,"character":%d}`, line, character)
	var answer json.RawMessage
	tell(u.t, u.server, method, fmt.Sprintf(`{"textDocument":{"uri":%q},"position":%[2]s,"range":{"start":%[2]s,"end":%[2]s}%[3]s}`, protocol.URIOf(u.path(name)), position, more), &answer)
	return string(answer)
}

func (u *user) open(name string) {
	u.t.Helper()
	source, err := os.ReadFile(u.path(name))
	if err != nil {
		u.t.Fatal(err)
	}
	text, err := json.Marshal(string(source))
	if err != nil {
		u.t.Fatal(err)
	}
	say(u.t, u.server, "textDocument/didOpen", fmt.Sprintf(`{"textDocument":{"uri":%q,"languageId":"","version":1,"text":%s}}`, protocol.URIOf(u.path(name)), text))
}
