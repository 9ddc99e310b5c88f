package server

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"
	"prefect-ls/server/session"
)

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
