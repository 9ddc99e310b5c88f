package server

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"
	"prefect-ls/server/transport"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

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
PREFECT_LOGGING_LEVEL = "DEBUG" # loud
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
