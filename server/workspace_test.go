package server

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/transport"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A recorder is an editor that writes down what it is told and asked, in order.
type recorder struct {
	mu       sync.Mutex
	settings string // what it answers to workspace/configuration
	heard    []string
}

func (r *recorder) Notify(method string, params any) error {
	raw, err := json.Marshal(params)
	r.hear(method + " " + string(raw))
	return err
}

func (r *recorder) hear(message string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heard = append(r.heard, message)
}

// forget begins a new page.
func (r *recorder) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heard = nil
}

func (r *recorder) Call(_ context.Context, method string, _, result any) error {
	r.hear(method)
	if method == lsp.ServerWorkspaceConfiguration {
		return json.Unmarshal([]byte(`[`+r.settings+`]`), result)
	}
	return nil
}

// has reports whether something was heard that begins with method and contains part.
func (r *recorder) has(method, part string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.ContainsFunc(r.heard, func(s string) bool { return strings.HasPrefix(s, method) && strings.Contains(s, part) })
}

func message(method, params string) transport.Message {
	return transport.Message{Method: method, Params: json.RawMessage(params)}
}

// tell sends a message and does all that the server leaves for after it.
func tell(t *testing.T, s *Server, method, params string, result any) {
	t.Helper()
	m := message(method, params)
	if result != nil {
		m.ID = json.RawMessage("1")
	}
	answer, err := s.intake(t.Context(), m)()
	if err != nil {
		t.Fatal(method, err)
	}
	if result == nil {
		return
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, result); err != nil {
		t.Fatal(err)
	}
}

const pulling = `"textDocument":{"diagnostic":{}}`

// TestRefresh shows that a client which asks for diagnostics is told to ask again after new settings, and others are sent them, as is
// Neovim, which asks too seldom.
func TestRefresh(t *testing.T) {
	for _, test := range []struct {
		capabilities        string
		refreshed, isPushed bool
	}{
		{`{` + pulling + `,"workspace":{"diagnostics":{"refreshSupport":true}}}`, true, false},
		{`{` + pulling + `}`, false, false},
		{`{"workspace":{"diagnostics":{"refreshSupport":true}}}`, false, true},
		{`{"workspace":{"configuration":true}}`, false, true},
		{`{` + pulling + `,"workspace":{"configuration":true,"diagnostics":{"refreshSupport":true}}}`, true, false},
		{`{` + pulling + `,"workspace":{"diagnostics":{"refreshSupport":true}}},"clientInfo":{"name":"Visual Studio Code"}`, true, false},
		{`{` + pulling + `,"workspace":{"diagnostics":{"refreshSupport":true}}},"clientInfo":{"name":"Neovim"}`, false, true},
	} {
		client := &recorder{settings: `{"diagnostics":{"severity":{"invalid-value":"hint"}}}`}
		s := New("test", client, func() {})
		tell(t, s, "initialize", `{"capabilities":`+test.capabilities+`}`, nil)
		tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"file:///.env","languageId":"","version":1,"text":"PREFECT_LOGGING_LEVEL=WARN"}}`, nil)
		client.forget()
		tell(t, s, "workspace/didChangeConfiguration", `{"settings":{"prefect":`+client.settings+`}}`, nil)
		if got := client.has(protocol.MethodWorkspaceDiagnosticRefresh, ""); got != test.refreshed {
			t.Errorf("%s: refreshed is %v; heard %q", test.capabilities, got, client.heard)
		}
		if got := client.has("textDocument/publishDiagnostics", `"severity":4`); got != test.isPushed {
			t.Errorf("%s: pushed is %v; heard %q", test.capabilities, got, client.heard)
		}
	}
}

// TestSettingsSlips shows that each slip is logged once, however often the client sends it.
func TestSettingsSlips(t *testing.T) {
	client := &recorder{settings: `{"server":{"logLevel":"loud"}}`}
	s := New("test", client, func() {})
	tell(t, s, "initialize", `{"capabilities":{"workspace":{"configuration":true}},"initializationOptions":`+client.settings+`}`, nil)
	tell(t, s, "initialized", `{}`, nil)
	tell(t, s, "workspace/didChangeConfiguration", `{}`, nil)
	logged := 0
	for _, heard := range client.heard {
		if strings.HasPrefix(heard, lsp.ServerWindowLogMessage) && strings.Contains(heard, "loud") {
			logged++
		}
	}
	if logged != 1 {
		t.Errorf("logged %d times: %q", logged, client.heard)
	}
}

// TestResultID shows that a document whose diagnostics the client has is not described again.
func TestResultID(t *testing.T) {
	s := New("test", &recorder{}, func() {})
	tell(t, s, "initialize", `{"capabilities":{`+pulling+`}}`, nil)
	tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"file:///.env","languageId":"","version":1,"text":"PREFECT_LOGGING_LEVEL=WARN"}}`, nil)
	type report struct {
		Kind, ResultID string
		Items          []lsp.Diagnostic
	}
	ask := func(previous string) (r report) {
		tell(t, s, "textDocument/diagnostic", `{"textDocument":{"uri":"file:///.env"},"previousResultId":"`+previous+`"}`, &r)
		return r
	}
	first := ask("")
	if first.Kind != "full" || len(first.Items) != 1 {
		t.Fatalf("first report: %+v", first)
	}
	if again := ask(first.ResultID); again.Kind != "unchanged" || again.ResultID != first.ResultID {
		t.Errorf("unchanged document: %+v", again)
	}
	tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"file:///other/.env","languageId":"","version":1,"text":""}}`, nil)
	if again := ask(first.ResultID); again.Kind != "unchanged" {
		t.Errorf("after another document was opened: %+v", again)
	}
	tell(t, s, "workspace/didChangeConfiguration", `{"settings":{"diagnostics":{"severity":{"invalid-value":"off"}}}}`, nil)
	if again := ask(first.ResultID); again.Kind != "full" || len(again.Items) != 0 {
		t.Errorf("after new settings: %+v", again)
	}
	tell(t, s, "textDocument/didClose", `{"textDocument":{"uri":"file:///.env"}}`, nil)
	if again := ask(first.ResultID); again.Kind != "full" || again.Items == nil {
		t.Errorf("closed document: %+v", again)
	}
}

// TestWorkspaceDiagnostic follows the files of a folder that nobody opened, as they change on disk.
func TestWorkspaceDiagnostic(t *testing.T) {
	folder := t.TempDir()
	uri := protocol.URIOf(filepath.Join(folder, ".env"))
	write := func(name, source string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(".env", "PREFECT_LOGGING_LEVEL=WARN")
	write("profiles.toml", `active = "x"`) // Prefect does not look for one here
	if err := os.Mkdir(filepath.Join(folder, "prefect.toml"), 0o700); err != nil {
		t.Fatal(err)
	}
	client := &recorder{}
	s := New("test", client, func() {})
	tell(t, s, "initialize", `{"capabilities":{`+pulling+`,"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true}}},"workspaceFolders":[{"uri":"`+protocol.URIOf(folder)+`","name":"x"}]}`, nil)
	tell(t, s, "initialized", `{}`, nil)
	if !client.has(lsp.ServerClientRegisterCapability, "") {
		t.Errorf("the server does not ask to be told of changes: %q", client.heard)
	}
	known := []protocol.PreviousResultID{}
	next := func() (described []string) {
		t.Helper()
		params, err := json.Marshal(protocol.WorkspaceDiagnosticParams{PreviousResultIDs: known})
		if err != nil {
			t.Fatal(err)
		}
		var report protocol.WorkspaceDiagnosticReport
		tell(t, s, protocol.MethodWorkspaceDiagnostic, string(params), &report)
		for _, item := range report.Items {
			known = slices.DeleteFunc(known, func(k protocol.PreviousResultID) bool { return k.URI == item.URI })
			known = append(known, protocol.PreviousResultID{URI: item.URI, Value: item.ResultID})
			messages := make([]string, len(item.Items))
			for i, d := range item.Items {
				messages[i] = d.Code.Value.(string)
			}
			described = append(described, item.URI[strings.LastIndexByte(item.URI, '/')+1:]+": "+strings.Join(messages, ","))
		}
		return described
	}
	expect := func(when string, got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	expect("at first", next(), ".env: invalid-value")

	// Nothing is new: the answer waits until something is.
	answer := make(chan []string)
	go func() { answer <- next() }()
	write(".env", "PREFECT_LOGGING_LEVEL=INFO")
	tell(t, s, lsp.MethodWorkspaceDidChangeWatchedFiles, `{"changes":[{"uri":"`+uri+`","type":2}]}`, nil)
	expect("after a change on disk", <-answer, ".env: ")

	// What is open is as the editor has it.
	tell(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+uri+`","languageId":"","version":1,"text":"PREFECT_DEBUG_MODE=maybe"}}`, nil)
	write(".env", "PREFECT_API_ULR=x")
	tell(t, s, lsp.MethodWorkspaceDidChangeWatchedFiles, `{"changes":[{"uri":"`+uri+`","type":2}]}`, nil)
	expect("after it was opened", next(), ".env: invalid-value")
	tell(t, s, "textDocument/didClose", `{"textDocument":{"uri":"`+uri+`"}}`, nil)
	expect("after it was closed", next(), ".env: unknown-setting")

	if err := os.Remove(filepath.Join(folder, ".env")); err != nil {
		t.Fatal(err)
	}
	tell(t, s, lsp.MethodWorkspaceDidChangeWatchedFiles, `{"changes":[{"uri":"`+uri+`","type":3}]}`, nil)
	expect("after it was deleted", next(), ".env: ")

	write("pyproject.toml", "[tool.prefect.api]\nulr = 1\n")
	tell(t, s, "workspace/didChangeWorkspaceFolders", `{"event":{"added":[{"uri":"`+protocol.URIOf(folder)+`/","name":"x"}],"removed":[{"uri":"`+protocol.URIOf(folder)+`","name":"x"}]}}`, nil)
	expect("after the folder was opened again", next(), "pyproject.toml: unknown-setting")

	// A client that loses interest is not kept waiting.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	params, err := json.Marshal(protocol.WorkspaceDiagnosticParams{PreviousResultIDs: known})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := s.Handle(&glsp.Context{Method: protocol.MethodWorkspaceDiagnostic, Params: params, Context: ctx}); err == nil {
		t.Error("a cancelled request is answered")
	}
}
