package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
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
	"prefect-ls/server/transport"

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

func TestLoginByTypedKey(t *testing.T) {
	u := meet(t, setting{client: withDialogs})
	u.picks("Paste an API key", "acme/prod", "New profile 'prod'")
	questions := u.types("hello", "pcu_0123456789", cloudtest.Expired, cloudtest.Ada)
	result := u.do(protocol.CommandLogin, protocol.CommandParams{})
	want := "Logged in as ada. Profile 'prod' now uses acme/prod."
	if !result.Done || result.Message != want || result.Profile != "prod" {
		t.Errorf("answered %+v", result)
	}
	problems := []string{"", "does not look like", "Cloud 1", "This key was rejected (401). It may be expired or revoked. Paste another one."}
	for i, q := range *questions {
		if !q.Secret || !strings.Contains(q.Problem, problems[i]) || (q.Problem == "") != (i == 0) {
			t.Errorf("question %d is %+v", i, q)
		}
	}
	if got := u.read("home/profiles.toml"); got != fmt.Sprintf("active = \"prod\"\n\n[profiles.prod]\nPREFECT_API_URL = %q\nPREFECT_API_KEY = %q\n", strings.ReplaceAll(u.cloud.APIURL("acme/prod"), u.cloud.URL, "http://cloud"), cloudtest.Ada) {
		t.Errorf("written is\n%s", got)
	}
	status := u.valid("acme/prod")
	if status.ServerType != "cloud" || status.Problem != nil {
		t.Errorf("the status is %+v", status)
	}
	message := u.heard()
	if message.Message != want || len(message.Actions) != 2 || message.Actions[0].Title != "Undo" {
		t.Errorf("said %+v", message)
	}
	u.press <- "Undo"
	if message := u.heard(); message.Message != "Undone: Log in with profile 'prod'." {
		t.Errorf("said %+v", message)
	}
	if _, err := os.Stat(u.path("home/profiles.toml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after undoing, there is %v", err)
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

// TestLoginInBrowser shows that the browser's answer ends the question for a key, and what a person is told who is overridden.
func TestLoginInBrowser(t *testing.T) {
	u := meet(t, setting{client: withDialogs, files: map[string]string{
		"home/profiles.toml": twoProfiles, "work/.env": "# comment\nPREFECT_API_URL=" + devURL + "\n",
	}})
	u.picks("Continue in browser", "acme/prod", "Update profile 'prod'")
	takenBack := u.waits()
	u.approve("/success", `{"api_key":"`+cloudtest.Manager+`"}`)
	// Of more than 300 workspaces, the wanted one is picked by its label.
	result := u.do(protocol.CommandLogin, protocol.CommandParams{})
	<-takenBack
	if want := "Logged in as max. Profile 'prod' now uses acme/prod. But PREFECT_API_URL comes from .env:2 here, so runs in this folder still go to acme/dev."; result.Message != want {
		t.Errorf("said %q, want %q", result.Message, want)
	}
	if got := u.read("home/profiles.toml"); got != strings.Replace(twoProfiles, cloudtest.Ada, cloudtest.Manager, 1) {
		t.Errorf("written is\n%s", got)
	}
	u.handle("acme/dev")
	shown := make(chan string, 1)
	u.on(lsp.ServerWindowShowDocument, func(_ context.Context, raw json.RawMessage) any {
		shown <- string(raw)
		return lsp.ShowDocumentResult{Success: true}
	})
	u.heard()
	u.press <- "Show me"
	if raw := <-shown; !strings.Contains(raw, protocol.URIOf(u.path("work/.env"))) || !strings.Contains(raw, `"line":1`) {
		t.Errorf("shown is %s", raw)
	}
}

// TestLoginDenied shows that nothing is written where the login does not come about.
func TestLoginDenied(t *testing.T) {
	for name, prepare := range map[string]func(u *user) (said string){
		"in the browser": func(u *user) string {
			u.picks("Continue in browser")
			u.waits()
			u.approve("/failure", `{"reason":"not today"}`)
			return "The login was declined in the browser. (not today)"
		},
		"nothing chosen": func(u *user) string {
			u.picks("")
			return ""
		},
		"box closed": func(u *user) string {
			u.picks("Continue in browser")
			u.approve("/success", `{"api_key":"`+cloudtest.Ada+`"}`)
			u.on(lsp.ServerWindowShowDocument, func(context.Context, json.RawMessage) any { return lsp.ShowDocumentResult{Success: true} })
			u.on(protocol.MethodInput, func(context.Context, json.RawMessage) any { return nil })
			return ""
		},
		"no workspace": func(u *user) string {
			u.picks("Paste an API key")
			u.types(cloudtest.Newcomer)
			return "This key has no workspaces yet."
		},
		"address not allowed": func(u *user) string {
			u.picks("Paste an API key", "")
			u.on(protocol.MethodInput, typedOnce(cloudtest.Blocked))
			return ""
		},
		"server down": func(u *user) string {
			u.picks("Paste an API key")
			u.types(cloudtest.Ada)
			u.cloud.Fail("/api/me", cloudtest.Always, cloudtest.Answer(http.StatusInternalServerError, "{}"))
			return "has a problem of its own (500)"
		},
	} {
		t.Run(name, func(t *testing.T) {
			u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": twoProfiles}})
			said := prepare(u)
			result := u.do(protocol.CommandLogin, protocol.CommandParams{})
			if result.Done || !strings.Contains(result.Message, said) || (result.Message == "") != (said == "") {
				t.Errorf("answered %+v", result)
			}
			if got := u.read("home/profiles.toml"); got != twoProfiles {
				t.Errorf("written is\n%s", got)
			}
			if said != "" {
				if message := u.heard(); !strings.Contains(message.Message, said) || message.Type != lsp.MessageTypeError || len(message.Actions) == 0 {
					t.Errorf("said %+v", message)
				}
				u.press <- ""
			}
		})
	}
}

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

// TestLoginRefused shows when nobody is asked for anything, and no server either.
func TestLoginRefused(t *testing.T) {
	for name, c := range map[string]struct {
		setting

		said string
	}{
		"a key in the environment file": {setting{files: map[string]string{"work/dev.env": "PREFECT_API_KEY=" + cloudtest.Robot + "\n"}, settings: `{"environmentFile":"dev.env"}`}, "PREFECT_API_KEY is set in dev.env:1 and would override the new key"},
		"a key in the environment":      {setting{env: []string{"PREFECT_API_KEY=" + cloudtest.Robot}}, "PREFECT_API_KEY is set in the environment and would override the new key"},
		"an untrusted workspace":        {setting{settings: `{"trusted":false}`}, "not trusted"},
		"no network":                    {setting{settings: `{"network":{"enabled":false}}`}, "prefect.network.enabled is off"},
	} {
		t.Run(name, func(t *testing.T) {
			c.client = withDialogs
			u := meet(t, c.setting)
			result := u.do(protocol.CommandLogin, protocol.CommandParams{})
			if result.Done || !strings.Contains(result.Message, c.said) {
				t.Errorf("answered %+v", result)
			}
			if requests := u.cloud.Requests("/"); len(requests) > 0 {
				t.Errorf("asked %+v", requests)
			}
		})
	}
}

// TestLoginWithoutBrowser names the page to an editor that cannot open it, and goes on waiting for who opens it elsewhere.
func TestLoginWithoutBrowser(t *testing.T) {
	u := meet(t, setting{client: plainLSP})
	u.on(lsp.ServerWindowShowDocument, func(context.Context, json.RawMessage) any { return lsp.ShowDocumentResult{} })
	for _, title := range []string{"Continue in browser", "umbrella/lab", "New profile..."} {
		u.press <- title
	}
	done := make(chan protocol.CommandResult, 1)
	go func() { done <- u.do(protocol.CommandLogin, protocol.CommandParams{}) }()
	u.heard() // how to log in
	address, found := strings.CutPrefix(u.heard().Message, "Your editor could not open a page. Open it yourself: ")
	page, err := url.Parse(address)
	if err != nil || !found {
		t.Fatalf("shown is %q: %v", address, err)
	}
	u.post(page.Query().Get("callback")+"/success", `{"api_key":"`+cloudtest.Ada+`"}`)
	if result := <-done; !result.Done {
		t.Errorf("answered %+v", result)
	}
}

// TestNoQuestions tells the person of an editor that asks nothing for servers where to go.
func TestNoQuestions(t *testing.T) {
	u := meet(t, setting{client: plainLSP})
	u.on(lsp.ServerWindowShowMessageRequest, func(context.Context, json.RawMessage) any {
		return &transport.Error{Code: transport.MethodNotFound, Message: "Method not found"}
	})
	const want = "Your editor cannot ask what a server wants to know. In a terminal, prefect-ls login, workspace set and profile use do the same."
	if result := u.do(protocol.CommandLogin, protocol.CommandParams{}); result.Message != want {
		t.Errorf("answered %+v", result)
	}
	if got := u.heard().Message; got != want {
		t.Errorf("said %q", got)
	}
}

// TestLoginWithoutDialogs logs in from an editor that knows LSP alone, with a progress that can be cancelled.
func TestLoginWithoutDialogs(t *testing.T) {
	u := meet(t, setting{client: plainLSP})
	u.approve("/success", `{"api_key":"`+cloudtest.Ada+`"}`)
	for _, title := range []string{"Continue in browser", "umbrella/lab", "New profile..."} {
		u.press <- title
	}
	result := u.do(protocol.CommandLogin, protocol.CommandParams{})
	if want := "Logged in as ada. Profile 'lab' now uses umbrella/lab."; result.Message != want {
		t.Errorf("answered %+v", result)
	}
	// Nobody has to answer good news: the one who regrets it has a command.
	u.mu.Lock()
	told := slices.ContainsFunc(u.received, func(m string) bool {
		return strings.HasPrefix(m, lsp.ServerWindowShowMessage+" ") && strings.Contains(m, result.Message)
	})
	u.mu.Unlock()
	if !told {
		t.Errorf("not told %q", result.Message)
	}
	u.do(protocol.CommandUndo, protocol.CommandParams{})
	u.await("undone", func(s protocol.Status) bool { return s.Handle == "" && s.ServerType == "ephemeral" })

	again := meet(t, setting{client: plainLSP})
	again.press <- "Continue in browser"
	token := make(chan string, 10)
	again.on(lsp.ServerWindowShowDocument, func(context.Context, json.RawMessage) any { return lsp.ShowDocumentResult{Success: true} })
	again.on(lsp.ServerWindowWorkDoneProgressCreate, func(_ context.Context, raw json.RawMessage) any {
		var params struct{ Token string }
		if err := json.Unmarshal(raw, &params); err != nil {
			t.Error(err)
		}
		token <- params.Token
		return nil
	})
	done := make(chan protocol.CommandResult)
	go func() { done <- again.do(protocol.CommandLogin, protocol.CommandParams{}) }()
	name := <-token
	for { // until the progress has begun, which it does behind its creation
		say(t, again.server, "window/workDoneProgress/cancel", fmt.Sprintf(`{"token":%q}`, name))
		select {
		case result := <-done:
			if result.Done || result.Message != "" {
				t.Errorf("answered %+v", result)
			}
			return
		case <-time.After(time.Millisecond):
		}
	}
}

// TestPasteWithoutDialogs tells a person without a box to type in what to do instead.
func TestPasteWithoutDialogs(t *testing.T) {
	u := meet(t, setting{client: plainLSP})
	u.press <- "Paste an API key"
	if result := u.do(protocol.CommandLogin, protocol.CommandParams{}); !strings.Contains(result.Message, `"Verify this key"`) {
		t.Errorf("answered %+v", result)
	}
}

// TestPickByMessage goes through many items a few at a time, and round again.
func TestPickByMessage(t *testing.T) {
	u := meet(t, setting{client: plainLSP})
	var items []protocol.PickItem
	for i := range 14 {
		items = append(items, protocol.PickItem{ID: fmt.Sprint(i), Label: fmt.Sprintf("item %d", i/2), Description: fmt.Sprint(i % 2)})
	}
	for range 4 {
		u.press <- "More..."
	}
	u.press <- "item 3 1"
	id, err := dialogs{u.server}.Pick(t.Context(), protocol.PickParams{Title: "Which?", Items: items})
	if err != nil || id != "7" {
		t.Errorf("picked %q: %v", id, err)
	}
	for range 5 {
		if n := len(u.heard().Actions); n != 7 && n != 3 {
			t.Errorf("%d buttons", n)
		}
	}
}

func TestSetWorkspace(t *testing.T) {
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": twoProfiles}})
	u.picks("acme/dev")
	result := u.do(protocol.CommandSetWorkspace, protocol.CommandParams{Profile: "prod"})
	if result.Message != "Profile 'prod' now uses acme/dev." {
		t.Errorf("answered %+v", result)
	}
	if got := u.read("home/profiles.toml"); got != strings.Replace(twoProfiles, "000000000001\"\nPREFECT_API_KEY", "000000000002\"\nPREFECT_API_KEY", 1) {
		t.Errorf("written is\n%s", got)
	}
	u.valid("acme/dev")
	u.cloud.Fail("/", cloudtest.Always, cloudtest.Cut())
	u.picks("umbrella/lab") // as it was listed last
	if result := u.do(protocol.CommandSetWorkspace, protocol.CommandParams{Profile: "prod"}); result.Message != "Profile 'prod' now uses umbrella/lab." {
		t.Errorf("while offline: %+v", result)
	}
	u.cloud.Heal()
	u.cloud.Fail("/", cloudtest.Always, cloudtest.Answer(http.StatusUnauthorized, "{}"))
	if result := u.do(protocol.CommandSetWorkspace, protocol.CommandParams{Profile: "prod"}); result.Done || !strings.Contains(result.Message, "401") {
		t.Errorf("with a key that is rejected: %+v", result)
	}
	if result := u.do(protocol.CommandSetWorkspace, protocol.CommandParams{Account: "acme", Workspace: "dev"}); !strings.Contains(result.Message, "UUIDs") {
		t.Errorf("by handles: %+v", result)
	}
}

// TestVerify shows what is remembered of a try, in the status and as a diagnostic, and what a person can do about it.
func TestVerify(t *testing.T) {
	source := strings.Replace(twoProfiles, cloudtest.Ada, "@@", 1)
	for name, c := range map[string]struct {
		source, key string
		fault       cloudtest.Fault
		said        string
		action      string
		rule, fix   string // the diagnostic, and the command of its quick fix
		problem     string
		valid       bool
	}{
		"good":              {key: cloudtest.Ada, said: "The key is valid, and acme/prod can be reached with it.", valid: true},
		"rejected":          {key: cloudtest.Expired, said: "rejected this key (401)", action: "Log in to Prefect Cloud...", rule: "key-rejected", fix: protocol.CommandLogin, problem: "key rejected"},
		"another workspace": {key: cloudtest.Outsider, said: "(404)", action: "Choose a workspace...", rule: "workspace-not-found", fix: protocol.CommandSetWorkspace, problem: "workspace not found"},
		"not let in":        {key: cloudtest.Blocked, said: "(403)"},
		"server down":       {key: cloudtest.Ada, fault: cloudtest.Answer(http.StatusInternalServerError, ""), said: "(500)", action: "Try again"},
		"cut off":           {key: cloudtest.Ada, fault: cloudtest.Cut(), said: "broke off", action: "Try again"},
		"a page":            {key: cloudtest.Ada, fault: cloudtest.HTML(), said: "not as Prefect's API does"},
		"no key":            {key: "", said: "There is no API key for Prefect Cloud; log in first", action: "Log in to Prefect Cloud..."},
	} {
		t.Run(name, func(t *testing.T) {
			u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": strings.Replace(source, "@@", c.key, 1)}})
			if c.fault != nil {
				u.cloud.Fail("/api/", cloudtest.Always, c.fault)
			}
			uri := protocol.URIOf(u.path("home/profiles.toml"))
			text, err := json.Marshal(strings.ReplaceAll(u.read("home/profiles.toml"), "http://cloud", u.cloud.URL))
			if err != nil {
				t.Fatal(err)
			}
			say(t, u.server, "textDocument/didOpen", fmt.Sprintf(`{"textDocument":{"uri":%q,"languageId":"","version":1,"text":%s}}`, uri, text))
			result := u.do(protocol.CommandVerify, protocol.CommandParams{})
			if !strings.Contains(result.Message, c.said) || result.Done != c.valid {
				t.Errorf("answered %+v", result)
			}
			message := u.heard()
			if titles := fmt.Sprint(message.Actions); !strings.Contains(titles, c.action) || (len(message.Actions) > 0) != (c.action != "") {
				t.Errorf("said %+v", message)
			}
			if c.action != "" {
				u.press <- ""
			}
			if c.key == "" {
				return
			}
			status := u.await("checked", func(s protocol.Status) bool { return s.Check != nil })
			if status.Check.Valid != c.valid || c.valid != (status.Check.Message == "") || status.Check.At == "" {
				t.Errorf("the check is %+v", status.Check)
			}
			if p := status.Problem; (p != nil) != (c.problem != "") || p != nil && p.Title != c.problem {
				t.Errorf("the problem is %+v", p)
			}
			u.diagnosed(uri, c.rule)
			for place, fix := range map[string]string{"PREFECT_API_KEY": protocol.CommandLogin, u.cloud.URL: protocol.CommandSetWorkspace} {
				fixes := u.ask("textDocument/codeAction", "home/profiles.toml", place, `,"context":{"diagnostics":[],"only":["quickfix"]}`)
				if strings.Contains(fixes, fix) != (fix == c.fix) {
					t.Errorf("the quick fixes at %s are %s", place, fixes)
				}
			}
		})
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

// TestVerifyOffline shows that a network that fails does not make a key bad.
func TestVerifyOffline(t *testing.T) {
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": twoProfiles}})
	u.do(protocol.CommandVerify, protocol.CommandParams{})
	u.valid("acme/prod")
	u.cloud.Close()
	u.press <- ""
	u.do(protocol.CommandVerify, protocol.CommandParams{})
	u.await("offline", func(s protocol.Status) bool {
		return s.Check != nil && !s.Check.Reached && s.Check.Valid && strings.Contains(s.Check.Message, "Nothing listens") && s.Problem == nil
	})
	later := New("test", u, func() {})
	later.session = session.New([]string{"HOME=" + u.home, "USERPROFILE=" + u.home}, session.ReadDisk)
	later.desk.Servers.Cache = u.server.desk.Servers.Cache
	say(t, later, "initialize", fmt.Sprintf(`{"capabilities":%s,"workspaceFolders":[{"uri":%q,"name":"x"}]}`, withDialogs, protocol.URIOf(u.folder)))
	say(t, later, "initialized", `{}`)
	u.await("recalled", func(s protocol.Status) bool { return s.Handle == "acme/prod" && s.Check == nil })
	if err := later.places.close(); err != nil {
		t.Error(err)
	}
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

// TestSwitch lists where code could run, offline and online, and goes there.
func TestSwitch(t *testing.T) {
	source := twoProfiles + "\n[profiles.late]\nPREFECT_API_URL = \"" + devURL + "\"\nPREFECT_API_KEY = \"" + cloudtest.Expired + "\"\n"
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": source}})
	const dev, prod = "cloud:aaaaaaaa-0000-4000-8000-000000000001/bbbbbbbb-0000-4000-8000-000000000002", "cloud:aaaaaaaa-0000-4000-8000-000000000001/bbbbbbbb-0000-4000-8000-000000000001"
	first := u.list(false)
	if got, want := labels(first), "workspace bbbbbbbb=prod* workspace bbbbbbbb=late 127.0.0.1:4200=own,local ephemeral=ephemeral,test"; got != want || first.Checked != "" {
		t.Errorf("listed %s, want %s", got, want)
	}
	if requests := u.cloud.Requests("/"); len(requests) > 0 {
		t.Errorf("asked %+v", requests)
	}
	list := u.list(true)
	if got, want := labels(list), "acme/dev=late acme/prod=prod* umbrella/lab 127.0.0.1:4200=own,local ephemeral=ephemeral,test"; got != want || list.Checked == "" {
		t.Errorf("listed %s, want %s", got, want)
	}
	if f := list.Failures; len(f) != 1 || f[0].Profile != "late" || !f[0].Login || !strings.Contains(f[0].Message, "401") {
		t.Errorf("failed: %+v", f)
	}
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{Target: dev}); result.Message != "Profile 'late' is active now." {
		t.Errorf("answered %+v", result)
	}
	if status := u.handle("acme/dev"); status.Profile.Name != "late" {
		t.Errorf("the status is %+v", status)
	}
	u.picks("acme/prod")
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{}); result.Message != "Profile 'prod' is active now." {
		t.Errorf("answered %+v", result)
	}
	u.picks("umbrella/lab", "Create profile 'umbrella-lab'")
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{}); result.Message != "Profile 'umbrella-lab' now uses umbrella/lab." {
		t.Errorf("answered %+v", result)
	}
	u.valid("umbrella/lab")
	if written := u.read("home/profiles.toml"); !strings.HasPrefix(written, "active = \"umbrella-lab\" # mine\n") || strings.Count(written, cloudtest.Ada) != 2 {
		t.Errorf("written is\n%s", written)
	}
	u.picks("127.0.0.1:4200", "own")
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{}); result.Message != "Profile 'own' is active now." {
		t.Errorf("answered %+v", result)
	}
	u.write("work/.env", "PREFECT_API_URL=http://me:secret@elsewhere:4200/api\n")
	u.server.filesChanged([]string{u.path("work/.env")})
	if got, want := labels(u.list(false)), "elsewhere:4200*"; !strings.Contains(got, want) || !strings.Contains(got, "127.0.0.1:4200=own,local!") {
		t.Errorf("listed %s, want %s", got, want)
	}
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{Target: "gone"}); !strings.Contains(result.Message, "not on the list any more") {
		t.Errorf("answered %+v", result)
	}
	u.cloud.Close()
	if list := u.list(true); len(list.Failures) != 2 || list.Failures[0].Login || !strings.Contains(labels(list), "acme/prod=prod") {
		t.Errorf("offline: %+v", list)
	}
	u.server.session.Configure(protocol.Settings{Untrusted: true})
	if list := u.list(true); len(list.Failures) != 2 || !strings.Contains(list.Failures[0].Message, "not trusted") {
		t.Errorf("untrusted: %+v", list)
	}
}

// TestKeyForWorkspace makes a profile for a workspace with a key that can see it, and not with the first one.
func TestKeyForWorkspace(t *testing.T) {
	robot := "[profiles.robot]\nPREFECT_API_URL = \"" + devURL + "\"\nPREFECT_API_KEY = \"" + cloudtest.Robot + "\"\n"
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": robot + "\n" + twoProfiles[strings.Index(twoProfiles, "["):]}})
	u.list(true)
	u.picks("umbrella/lab", "Create profile 'umbrella-lab'")
	if result := u.do(protocol.CommandSwitch, protocol.CommandParams{}); !result.Done || result.Profile != "umbrella-lab" {
		t.Errorf("answered %+v", result)
	}
	if written := u.read("home/profiles.toml"); strings.Count(written, cloudtest.Ada) != 2 || strings.Count(written, cloudtest.Robot) != 1 {
		t.Errorf("written is\n%s", written)
	}
}

// TestFirstChoice holds the questions to what they offer first.
func TestFirstChoice(t *testing.T) {
	remote := strings.Replace(withDialogs, `"prefectDialogs":true`, `"prefectDialogs":true,"prefectRemote":true`, 1)
	for _, c := range []struct {
		client, command string
		picks           []string // before the question
		first           string
	}{
		{withDialogs, protocol.CommandLogin, nil, "Continue in browser"},
		{remote, protocol.CommandLogin, nil, "Paste an API key"},
		{withDialogs, protocol.CommandSwitch, []string{"umbrella/lab"}, "Create profile 'umbrella-lab'"},
	} {
		u := meet(t, setting{client: c.client, files: map[string]string{"home/profiles.toml": twoProfiles}})
		u.list(true)
		u.picks(c.picks...)
		choose := u.answering(protocol.MethodPick)
		var asked []protocol.PickParams
		u.on(protocol.MethodPick, func(ctx context.Context, raw json.RawMessage) any {
			asked = append(asked, protocol.PickParams{})
			if err := json.Unmarshal(raw, &asked[len(asked)-1]); err != nil || len(asked) > len(c.picks) {
				return nil
			}
			return choose(ctx, raw)
		})
		if result := u.do(c.command, protocol.CommandParams{}); result.Done || len(asked) != len(c.picks)+1 {
			t.Fatalf("answered %+v, asked %+v", result, asked)
		}
		if got := asked[len(c.picks)].Items[0]; got.Label != c.first {
			t.Errorf("%s with %s offers %+v first, want %s", c.command, c.client, got, c.first)
		}
	}
}

// TestCopyLink puts the page of a workspace into the clipboard of a client that has one for us.
func TestCopyLink(t *testing.T) {
	for _, client := range []string{withDialogs, plainLSP} {
		u := meet(t, setting{client: client, files: map[string]string{"home/profiles.toml": twoProfiles}})
		page := u.cloud.UI() + "/account/aaaaaaaa-0000-4000-8000-000000000001/workspace/bbbbbbbb-0000-4000-8000-000000000001"
		result := u.do(protocol.CommandCopyLink, protocol.CommandParams{Profile: "prod"})
		u.mu.Lock()
		copied := slices.Contains(u.received, protocol.MethodCopy+` {"text":"`+page+`"}`)
		u.mu.Unlock()
		if can := client == withDialogs; result.Done != can || copied != can {
			t.Errorf("%s: answered %+v, copied %t", client, result, copied)
		}
	}
}

// TestCopyAsEnv puts what a profile sets, but for secrets, into the clipboard of a client that has one for us.
func TestCopyAsEnv(t *testing.T) {
	source := `[profiles.prod]
PREFECT_API_URL = "https://example.com/api"
PREFECT_API_KEY = "` + cloudtest.Ada + `"
PREFECT_SERVER_DATABASE_CONNECTION_URL = "postgresql+asyncpg://me:secret@db/prefect"
PREFECT_SERVER_DATABASE_PASSWORD = "secret"
PREFECT_LOGGING_LEVEL = "DEBUG" # for now
PREFECT_LOGGING_COLORS = false
PREFECT_LOGGING_LOG_PRINTS = [true]
PREFECT_LOCAL_STORAGE_PATH = "it's #1"
PREFECT_NO_SUCH = "x"

[profiles.secret]
PREFECT_API_KEY = "` + cloudtest.Ada + `"
`
	const lines = "PREFECT_API_URL=https://example.com/api\nPREFECT_LOGGING_LEVEL=DEBUG\nPREFECT_LOGGING_COLORS=false\nPREFECT_LOCAL_STORAGE_PATH='it\\'s #1'\n"
	const said = "Copied profile 'prod' as .env lines, without PREFECT_LOGGING_LOG_PRINTS (no plain value); PREFECT_API_KEY, PREFECT_SERVER_DATABASE_CONNECTION_URL, PREFECT_SERVER_DATABASE_PASSWORD (secret); PREFECT_NO_SUCH (unknown)."
	for _, client := range []string{withDialogs, plainLSP} {
		u := meet(t, setting{client: client, files: map[string]string{"home/profiles.toml": source}})
		result := u.do(protocol.CommandCopyAsEnv, protocol.CommandParams{Profile: "prod"})
		text, err := json.Marshal(protocol.CopyParams{Text: lines})
		if err != nil {
			t.Fatal(err)
		}
		u.mu.Lock()
		copied := slices.Contains(u.received, protocol.MethodCopy+" "+string(text))
		received := strings.Join(u.received, "\n")
		u.mu.Unlock()
		if can := client == withDialogs; result.Done != can || can && result.Message != said || copied != can || strings.Contains(received, cloudtest.Ada) {
			t.Errorf("%s: answered %+v, copied %t; received %s", client, result, copied, received)
		}
		for _, profile := range []string{"secret", "none"} {
			if result := u.do(protocol.CommandCopyAsEnv, protocol.CommandParams{Profile: profile}); result.Done || result.Message == "" {
				t.Errorf("%s: answered %+v", profile, result)
			}
		}
	}
}

// TestExtract selects lines of a profile and moves them to a new one.
func TestExtract(t *testing.T) {
	const file = "home/profiles.toml"
	u := meet(t, setting{client: withDialogs, files: map[string]string{file: "[profiles.a]\nPREFECT_LOGGING_LEVEL = 'DEBUG' # why\nPREFECT_API_URL = 'http://a/api'\n\n[profiles.b]\nPREFECT_API_URL = 'http://b/api'\n"}})
	u.open(file)
	extraction := func(span string) (actions []lsp.CodeAction) {
		tell(t, u.server, "textDocument/codeAction", fmt.Sprintf(`{"textDocument":{"uri":%q},"range":%s,"context":{"diagnostics":[],"only":["refactor.extract"]}}`, protocol.URIOf(u.path(file)), span), &actions)
		return actions
	}
	for _, none := range []string{
		`{"start":{"line":1,"character":3},"end":{"line":1,"character":3}}`, // no text
		`{"start":{"line":1,"character":0},"end":{"line":5,"character":5}}`, // two profiles
		`{"start":{"line":0,"character":0},"end":{"line":0,"character":5}}`, // no settings
	} {
		if actions := extraction(none); len(actions) > 0 {
			t.Errorf("%s: offered %+v", none, actions)
		}
	}
	actions := extraction(`{"start":{"line":1,"character":0},"end":{"line":2,"character":0}}`)
	if len(actions) != 1 || actions[0].Title != "Extract to a new profile..." {
		t.Fatalf("offered %+v", actions)
	}
	argument, err := json.Marshal(actions[0].Command.Arguments[0])
	if err != nil {
		t.Fatal(err)
	}
	var params protocol.CommandParams
	if err := json.Unmarshal(argument, &params); err != nil {
		t.Fatal(err)
	}
	say(t, u.server, "textDocument/didClose", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, protocol.URIOf(u.path(file))))
	params.Name = "quiet"
	const want = "[profiles.a]\nPREFECT_API_URL = 'http://a/api'\n\n[profiles.b]\nPREFECT_API_URL = 'http://b/api'\n\n[profiles.quiet]\nPREFECT_LOGGING_LEVEL = 'DEBUG' # why\n"
	if result := u.do(actions[0].Command.Command, params); !result.Done || u.read(file) != want {
		t.Errorf("answered %+v, wrote %s", result, u.read(file))
	}
}

// TestProfilesOfAnotherFile acts at a profiles.toml that Prefect does not read here, such as a copy: what is in effect stays as it is.
func TestProfilesOfAnotherFile(t *testing.T) {
	const read, copied = "home/profiles.toml", "work/copy/profiles.toml"
	source := "active = 'a'\n\n[profiles.a]\nPREFECT_API_URL = 'http://copy/api'\nPREFECT_API_KEY = '" + cloudtest.Ada + "'\n"
	own := strings.Replace(source, "copy", "own", 1)
	u := meet(t, setting{client: withDialogs, settings: `{"codeLens":{"enabled":true}}`, files: map[string]string{read: own, copied: source}})
	u.open(copied)
	for place, want := range map[string][]string{
		"a]":              {"Rename profile...", "Duplicate profile as...", "Copy these settings as .env lines"},
		"active":          nil,
		"PREFECT_API_KEY": nil,
		"PREFECT_API_URL": nil,
	} {
		var actions []lsp.CodeAction
		if err := json.Unmarshal([]byte(u.ask("textDocument/codeAction", copied, place, `,"context":{"diagnostics":[]}`)), &actions); err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, a := range actions {
			if a.Command != nil {
				titles = append(titles, a.Title)
			}
		}
		if !slices.Equal(titles, want) {
			t.Errorf("offered %q at %s, want %q", titles, place, want)
		}
	}
	if lenses := u.ask("textDocument/codeLens", copied, "a]", ""); lenses != "[]" {
		t.Errorf("above the profiles stands %s", lenses)
	}
	say(t, u.server, "textDocument/didClose", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, protocol.URIOf(u.path(copied))))
	for _, c := range []struct{ command, message, want string }{
		{protocol.CommandCopyAsEnv, "Copied", source},
		{protocol.CommandRenameProfile, "Renamed", strings.NewReplacer("'a'", `'b'`, ".a]", ".b]").Replace(source)},
		{protocol.CommandDuplicateProfile, "Created", source + strings.TrimPrefix(strings.Replace(source, ".a]", ".b]", 1), "active = 'a'\n")},
		{protocol.CommandExtractProfile, "Moved", "active = 'a'\n\n[profiles.a]\nPREFECT_API_KEY = '" + cloudtest.Ada + "'\n\n[profiles.b]\nPREFECT_API_URL = 'http://copy/api'\n"},
	} {
		u.write(copied, source)
		result := u.do(c.command, protocol.CommandParams{URI: protocol.URIOf(u.path(copied)), Profile: "a", Name: "b", Settings: []string{"PREFECT_API_URL"}})
		if !result.Done || !strings.HasPrefix(result.Message, c.message) || u.read(copied) != c.want || u.read(read) != own {
			t.Errorf("%s: answered %+v; wrote %q and %q", c.command, result, u.read(copied), u.read(read))
		}
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if text := strings.Join(u.received, "\n"); !strings.Contains(text, "PREFECT_API_URL=http://copy/api") {
		t.Error("copied something else")
	}
}

// TestProxySetting shows that Prefect Cloud is asked through the proxy of the editor, and told who asks.
func TestProxySetting(t *testing.T) {
	asked := make(chan *http.Request, 1)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	defer proxy.Close()
	source := "[profiles.prod]\nPREFECT_API_URL = \"https://api.prefect.cloud/api/accounts/aaaaaaaa-0000-4000-8000-000000000001/workspaces/bbbbbbbb-0000-4000-8000-000000000001\"\nPREFECT_API_KEY = \"" + cloudtest.Ada + "\"\n"
	u := meet(t, setting{client: withDialogs, unset: true, settings: `{"network":{"proxy":"` + proxy.URL + `"}}`, files: map[string]string{"home/profiles.toml": source}})
	result := u.do(protocol.CommandVerify, protocol.CommandParams{Profile: "prod"})
	if r := <-asked; r.Method != http.MethodConnect || r.Host != "api.prefect.cloud:443" || !strings.Contains(result.Message, "(407)") {
		t.Errorf("the proxy was asked %s %s; answered %+v", r.Method, r.Host, result)
	}
	source = "[profiles.prod]\nPREFECT_API_URL = \"http://prefect.invalid/api\"\n"
	for noProxy, asks := range map[string]bool{`[]`: true, `["other.invalid"]`: true, `["x",".invalid"]`: false} {
		u = meet(t, setting{client: withDialogs, settings: `{"network":{"proxy":"` + proxy.URL + `","noProxy":` + noProxy + `}}`, files: map[string]string{"home/profiles.toml": source}})
		u.press <- ""
		result := u.do(protocol.CommandVerify, protocol.CommandParams{Profile: "prod"})
		if len(asked) > 0 != asks || strings.Contains(result.Message, "(407)") != asks {
			t.Errorf("without a proxy for %s: answered %+v", noProxy, result)
		}
		if asks {
			<-asked
		}
	}
	u = meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": twoProfiles}})
	u.list(true)
	if agent := u.cloud.Requests("/api/me")[0].Header.Get("User-Agent"); agent != "prefect-ls/test" {
		t.Errorf("asked by %q", agent)
	}
}

// TestOpen shows which page is opened, and that nothing else than a page is.
func TestOpen(t *testing.T) {
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": twoProfiles}})
	shown := make(chan string, 1)
	u.on(lsp.ServerWindowShowDocument, func(_ context.Context, raw json.RawMessage) any {
		shown <- string(raw)
		return lsp.ShowDocumentResult{Success: true}
	})
	for profile, want := range map[string]string{"": u.cloud.UI() + "/account/aaaaaaaa-0000-4000-8000-000000000001/workspace/bbbbbbbb-0000-4000-8000-000000000001", "own": "http://127.0.0.1:4200"} {
		if result := u.do(protocol.CommandOpen, protocol.CommandParams{Profile: profile}); !result.Done {
			t.Errorf("%s: answered %+v", profile, result)
		}
		if raw := <-shown; !strings.Contains(raw, `{"uri":"`+want+`","external":true`) {
			t.Errorf("%s: shown %s", profile, raw)
		}
	}
	u.write("work/.env", "PREFECT_UI_URL=file:///etc/passwd\n")
	u.server.filesChanged([]string{u.path("work/.env")})
	if result := u.do(protocol.CommandOpen, protocol.CommandParams{}); result.Done || !strings.Contains(result.Message, "no page to open") {
		t.Errorf("answered %+v", result)
	}
	u.write("work/.env", "PREFECT_UI_URL=http://elsewhere\n")
	u.server.filesChanged([]string{u.path("work/.env")})
	u.server.session.Configure(protocol.Settings{Untrusted: true})
	if result := u.do(protocol.CommandOpen, protocol.CommandParams{}); result.Done || !strings.Contains(result.Message, "not trusted") {
		t.Errorf("answered %+v", result)
	}
	if result := u.do(protocol.CommandOpen, protocol.CommandParams{Profile: "own"}); !result.Done {
		t.Errorf("a profile of the person's own: answered %+v", result)
	}
}

// TestPagesOfTargets shows that nothing is offered to be opened that is no page for a browser, whatever a file names.
func TestPagesOfTargets(t *testing.T) {
	for _, url := range []string{"file:///C:/evil.exe/api", "javascript:alert(1)//x/api", "vscode://x/api", "//host/share/api", "C:/evil.exe", "http://a@b/api", " file:///etc/api"} {
		u := meet(t, setting{client: withDialogs, files: map[string]string{
			"home/profiles.toml": "active = \"a\"\n[profiles.a]\nPREFECT_API_URL = \"" + url + "\"\n[profiles.own]\nPREFECT_API_URL = \"https://mine/api\"\n",
			"work/.env":          "PREFECT_API_URL=\"" + url + "/\"\n",
		}})
		pages := map[string]bool{}
		for _, target := range u.list(false).Targets {
			if !strings.HasPrefix(target.UIURL, u.cloud.UI()) {
				pages[target.UIURL] = true
			}
		}
		if want := map[string]bool{"": true, "https://mine": true, "http://127.0.0.1:4200": true}; !maps.Equal(pages, want) {
			t.Errorf("%q: pages %v", url, pages)
		}
		for _, profile := range []string{"", "a"} {
			if result := u.do(protocol.CommandOpen, protocol.CommandParams{Profile: profile}); result.Done {
				t.Errorf("%q: answered %+v", url, result)
			}
		}
	}
}

// TestMoveKey takes keys out of the files of a folder, and leaves all else as it was.
func TestMoveKey(t *testing.T) {
	for file, sources := range map[string][2]string{
		".env":           {"A=1\nPREFECT_API_KEY=@@ # mine\nprefect_api_key='@@'\n# end", "A=1\n# end"},
		"prefect.toml":   {"[api]\nkey = '@@'\n# a comment\nurl = 'http://x/api'\n", "[api]\n# a comment\nurl = 'http://x/api'\n"},
		"pyproject.toml": {"[tool.prefect]\napi.key = \"@@\"\n[tool.other]\nkey = 1\n", "[tool.prefect]\n[tool.other]\nkey = 1\n"},
	} {
		t.Run(file, func(t *testing.T) {
			u := meet(t, setting{client: withDialogs, files: map[string]string{
				"home/profiles.toml": twoProfiles, "work/" + file: strings.ReplaceAll(sources[0], "@@", cloudtest.Manager),
			}})
			params := protocol.CommandParams{URI: protocol.URIOf(u.path("work/" + file)), Profile: "prod"}
			u.picks("")
			if result := u.do(protocol.CommandMoveKey, params); result.Done || u.read("home/profiles.toml") != twoProfiles {
				t.Errorf("answered %+v", result)
			}
			u.picks("Replace it")
			result := u.do(protocol.CommandMoveKey, params)
			if want := "Moved the key from " + file + " to profile 'prod'."; result.Message != want {
				t.Errorf("answered %+v", result)
			}
			if got := u.read("work/" + file); got != sources[1] {
				t.Errorf("left is\n%s\nwant\n%s", got, sources[1])
			}
			if got := u.read("home/profiles.toml"); got != strings.Replace(twoProfiles, cloudtest.Ada, cloudtest.Manager, 1) {
				t.Errorf("written is\n%s", got)
			}
			said := u.heard()
			if result := u.do(protocol.CommandMoveKey, params); !strings.Contains(result.Message, "has no API key") {
				t.Errorf("again: %+v", result)
			}
			u.press <- said.Actions[0].Title
			for _, want := range []string{file + " has no API key.", "Undone: Remove the API key.", "Undone: Move the key to profile 'prod'."} {
				if said := u.heard(); !strings.EqualFold(said.Message, want) {
					t.Errorf("said %+v, want %q", said, want)
				}
			}
			if got := u.read("work/"+file) + u.read("home/profiles.toml"); got != strings.ReplaceAll(sources[0], "@@", cloudtest.Manager)+twoProfiles {
				t.Errorf("after undoing, there is\n%s", got)
			}
		})
	}
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": twoProfiles}})
	result := u.do(protocol.CommandMoveKey, protocol.CommandParams{URI: protocol.URIOf(u.path("home/profiles.toml")), Profile: "own"})
	if !strings.Contains(result.Message, "no .env") || u.read("home/profiles.toml") != twoProfiles {
		t.Errorf("from profiles.toml: %+v", result)
	}
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

// TestMoveKeyInTheEditor tells which of the files has to be saved before the key is in it.
func TestMoveKeyInTheEditor(t *testing.T) {
	for open, want := range map[string]string{
		"home/profiles.toml work/.env": "Moved the key from .env to profile 'own'. Save profiles.toml first. Save .env to make it count.",
		"home/profiles.toml":           "Moved the key from .env to profile 'own'. Save profiles.toml to make it count.",
		"work/.env":                    "Moved the key from .env to profile 'own'. Save .env to make it count.",
	} {
		const own = "active = \"own\"\n[profiles.own]\n"
		u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": own, "work/.env": "PREFECT_API_KEY=" + cloudtest.Ada + "\n"}})
		for name := range strings.FieldsSeq(open) {
			u.open(name)
		}
		u.on(lsp.ServerWorkspaceApplyEdit, func(_ context.Context, raw json.RawMessage) any {
			var params struct {
				Edit struct {
					Changes map[string][]lsp.TextEdit
				}
			}
			if err := json.Unmarshal(raw, &params); err != nil || len(params.Edit.Changes) != 1 {
				t.Errorf("asked to edit %s: %v", raw, err)
			}
			for uri, edits := range params.Edit.Changes {
				changes := make([]any, len(edits))
				for i, edit := range edits {
					changes[i] = lsp.TextDocumentContentChangeEvent{Range: &edit.Range, Text: edit.NewText}
				}
				if _, err := u.server.session.Change(uri, 2, changes); err != nil {
					t.Error(err)
				}
			}
			return lsp.ApplyWorkspaceEditResponse{Applied: true}
		})
		if result := u.do(protocol.CommandMoveKey, protocol.CommandParams{URI: protocol.URIOf(u.path("work/.env")), Profile: "own"}); result.Message != want {
			t.Errorf("with %s open, answered %+v; want %q", open, result, want)
		}
	}
}

// TestHandles shows the names of workspaces where their ids stand, and what can be done at each place.
func TestHandles(t *testing.T) {
	u := meet(t, setting{client: withDialogs, settings: `{"codeLens":{"enabled":true}}`, files: map[string]string{
		"home/profiles.toml": twoProfiles + "\n[profiles.empty]\n", "work/.env": "PREFECT_API_KEY=" + cloudtest.Robot + "\n",
	}})
	u.list(true)
	u.open("home/profiles.toml")
	u.open("work/.env")
	const file = "home/profiles.toml"
	wants := func(what, got string, parts ...string) {
		t.Helper()
		for _, part := range parts {
			hidden, isHidden := strings.CutPrefix(part, "!")
			if strings.Contains(got, hidden) == isHidden {
				t.Errorf("%s: %q in %s", what, part, got)
			}
		}
	}
	wants("hover", u.ask("textDocument/hover", file, u.cloud.URL, ""), "**acme/prod**", "A workspace of Prefect Cloud.", "!A Prefect server")
	wants("hover over the profile", u.ask("textDocument/hover", file, "prod", ""), "the active one: acme/prod")
	wants("completion", u.ask("textDocument/completion", file, u.cloud.URL, ""), `"label":"acme/dev"`, `"newText":"`+u.cloud.APIURL("acme/dev")+`"`, `"filterText":"umbrella/lab `)
	wants("actions at the key", u.ask("textDocument/codeAction", file, cloudtest.Ada, `,"context":{"diagnostics":[]}`),
		"Verify this key", "Choose a workspace for profile 'prod'...", "Log out of profile 'prod'", "Log in to Prefect Cloud...", "Open acme/prod in Prefect Cloud", "!Switch to")
	wants("actions at another profile", u.ask("textDocument/codeAction", file, "own]", `,"context":{"diagnostics":[]}`), "Switch to profile 'own'", "!Log in", "!Verify", "!Log out")
	wants("refactorings of a profile", u.ask("textDocument/codeAction", file, "own]", `,"context":{"diagnostics":[],"only":["refactor"]}`),
		"Rename profile...", "Duplicate profile as...", "Copy these settings as .env lines", `"profile":"own"`, "!Switch to")
	wants("actions at an empty profile", u.ask("textDocument/codeAction", file, "empty]", `,"context":{"diagnostics":[]}`), "Log in to Prefect Cloud...", `"profile":"empty"`)
	wants("actions in .env", u.ask("textDocument/codeAction", "work/.env", "PREFECT_API_KEY", `,"context":{"diagnostics":[]}`), "Move this key to profile 'prod' in profiles.toml", "Verify this key", "Log in")
	wants("quick fixes alone", u.ask("textDocument/codeAction", file, cloudtest.Ada, `,"context":{"diagnostics":[],"only":["quickfix"]}`), "!Verify this key")
	var lenses []lsp.CodeLens
	if err := json.Unmarshal([]byte(u.ask("textDocument/codeLens", file, "active", "")), &lenses); err != nil {
		t.Fatal(err)
	}
	var titles []string
	for _, lens := range lenses {
		titles = append(titles, fmt.Sprintf("%d %s", lens.Range.Start.Line, lens.Command.Title))
	}
	if got, want := strings.Join(titles, ", "), "1 Active, 1 acme/prod, 1 Choose workspace, 1 Verify, 5 Use, 5 Verify, 8 Use"; got != want {
		t.Errorf("the lenses are %s, want %s", got, want)
	}
	var hints []protocol.InlayHint
	uri := protocol.URIOf(u.path(file))
	tell(t, u.server, protocol.MethodInlayHint, fmt.Sprintf(`{"textDocument":{"uri":%q},"range":{"start":{"line":0,"character":0},"end":{"line":9,"character":0}}}`, uri), &hints)
	if len(hints) == 0 || hints[0].Label[0].Value != "= acme/prod" {
		t.Errorf("the hints are %+v", hints)
	}
	u.server.session.Configure(protocol.Settings{Untrusted: true})
	wants("actions while untrusted", u.ask("textDocument/codeAction", file, cloudtest.Ada, `,"context":{"diagnostics":[]}`), "!Verify this key", "!Choose a workspace", "Log out of profile 'prod'", "!Log in")
	if got := u.ask("textDocument/codeLens", file, "active", ""); got != "[]" {
		t.Errorf("lenses that nobody asked for: %s", got)
	}
}

// TestRecheck shows when the server tries the connection by itself: where the person lets it, and never elsewhere.
func TestRecheck(t *testing.T) {
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": twoProfiles}})
	u.handle("")
	if requests := u.cloud.Requests("/"); len(requests) > 0 {
		t.Errorf("asked %+v unasked", requests)
	}
	u.server.recheck.minute = time.Millisecond
	say(t, u.server, "workspace/didChangeConfiguration", `{"settings":{"network":{"checkInterval":1}}}`)
	u.valid("acme/prod")
	u.cloud.Fail("/api/", cloudtest.Always, cloudtest.Answer(http.StatusUnauthorized, "{}"))
	u.await("rejected", func(s protocol.Status) bool { return s.Problem != nil && s.Problem.Title == "key rejected" })
	u.cloud.Heal()
	u.await("mended", func(s protocol.Status) bool { return s.Problem == nil && s.Check != nil && s.Check.Valid })
	tell(t, u.server, "shutdown", `{}`, new(any))
	for len(u.said) > 0 {
		t.Errorf("said %+v unasked", <-u.said)
	}

	quiet := meet(t, setting{client: withDialogs, settings: `{"trusted":false,"network":{"checkInterval":1}}`, files: map[string]string{"home/profiles.toml": twoProfiles}})
	tell(t, quiet.server, protocol.MethodTargets, `{"refresh":false}`, new(any))
	if requests := quiet.cloud.Requests("/"); len(requests) > 0 || quiet.server.recheck.timer != nil {
		t.Errorf("asked %+v", requests)
	}
}
