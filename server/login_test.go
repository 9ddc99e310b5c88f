package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

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
