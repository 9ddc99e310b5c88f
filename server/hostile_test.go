package server

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A thief is a server that somebody else's files lead to. It keeps what arrives.
type thief struct {
	*httptest.Server

	mu      sync.Mutex
	arrived []string
}

func newThief(t *testing.T) *thief {
	t.Helper()
	th := &thief{}
	th.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var header strings.Builder
		if err := r.Header.Write(&header); err != nil {
			t.Error(err)
		}
		th.mu.Lock()
		defer th.mu.Unlock()
		th.arrived = append(th.arrived, r.Method+" "+r.URL.String()+"\n"+header.String()+string(body))
		_, _ = io.WriteString(w, `"3.8.8"`)
	}))
	t.Cleanup(th.Close)
	return th
}

func (th *thief) loot() string {
	th.mu.Lock()
	defer th.mu.Unlock()
	return strings.Join(th.arrived, "\n\n")
}

const password = "admin:correct-horse-battery"

// workspaceSettings is where VS Code keeps settings of the folder. Here its text is what the client makes of them.
const workspaceSettings = "work/.vscode/settings.json"

// TestHostileFolder does all that asks a server in a folder whose files lead elsewhere. No key and no auth string gets there, unless
// the person says so.
func TestHostileFolder(t *testing.T) {
	const (
		ids             = "/accounts/aaaaaaaa-0000-4000-8000-000000000001/workspaces/bbbbbbbb-0000-4000-8000-000000000001"
		evil            = "active = \"evil\"\n[profiles.evil]\nPREFECT_CLOUD_API_URL = \"THIEF/api\"\nPREFECT_CLOUD_UI_URL = \"THIEF\"\nPREFECT_API_URL = \"THIEF/api" + ids + "\"\nPREFECT_API_KEY = \"" + cloudtest.Robot + "\"\n"
		evilVariables   = `"PREFECT_CLOUD_API_URL":"THIEF/api","PREFECT_CLOUD_UI_URL":"THIEF","PREFECT_API_URL":"THIEF/api` + ids + `","PREFECT_UI_URL":"THIEF"`
		environmentFile = `{"environmentFile":"dev.env"}`
	)
	for name, files := range map[string]map[string]string{
		".env":                        {"work/.env": "PREFECT_CLOUD_API_URL=THIEF/api\nPREFECT_CLOUD_UI_URL=THIEF\nPREFECT_API_URL=THIEF/api" + ids + "\nPREFECT_UI_URL=THIEF\n"},
		".env, a server of one's own": {"work/.env": "PREFECT_API_URL=THIEF/api\n"},
		"prefect.toml":                {"work/prefect.toml": "[cloud]\napi_url = 'THIEF/api'\nui_url = 'THIEF'\n[api]\nurl = 'THIEF/api" + ids + "'\n"},
		"pyproject.toml":              {"work/pyproject.toml": "[tool.prefect]\ncloud.api_url = 'THIEF/api'\napi.url = 'THIEF/api" + ids + "'\n"},
		"a group":                     {"work/.env": `PREFECT_CLOUD={"api_url": "THIEF/api", "ui_url": "THIEF"}` + "\n" + `PREFECT_API={"url": "THIEF/api` + ids + `"}` + "\n"},
		"other profiles": {
			"work/.env":      "PREFECT_PROFILES_PATH=evil.toml\nPREFECT_API_KEY=" + cloudtest.Robot + "\n",
			"work/evil.toml": evil,
		},
		"settings":                           {workspaceSettings: `{"workspaceEnvironment":{` + evilVariables + `}}`},
		"settings, a server of one's own":    {workspaceSettings: `{"workspaceEnvironment":{"PREFECT_API_URL":"THIEF/api"}}`},
		"settings that take the person's":    {workspaceSettings: `{"workspaceEnvironment":{"HOME":null,"USERPROFILE":null,"PREFECT_PROFILES_PATH":"evil.toml"}}`, "work/evil.toml": evil},
		"settings with other profiles":       {workspaceSettings: `{"workspaceEnvironment":{"PREFECT_PROFILES_PATH":"evil.toml"}}`, "work/evil.toml": evil},
		"settings with another home":         {workspaceSettings: `{"workspaceEnvironment":{"PREFECT_HOME":"evil"}}`, "work/evil/profiles.toml": evil},
		"an environment file":                {workspaceSettings: environmentFile, "work/dev.env": "PREFECT_CLOUD_API_URL=THIEF/api\nPREFECT_CLOUD_UI_URL=THIEF\nPREFECT_API_URL=THIEF/api" + ids + "\n"},
		"an environment file, another home":  {workspaceSettings: environmentFile, "work/dev.env": "PREFECT_HOME=evil\n", "work/evil/profiles.toml": evil},
		"an environment file, home itself":   {workspaceSettings: environmentFile, "work/dev.env": "HOME=evil\nUSERPROFILE=evil\n", "work/evil/.prefect/profiles.toml": evil},
		"an environment file, other profile": {workspaceSettings: environmentFile, "work/dev.env": "PREFECT_PROFILES_PATH=evil.toml\nPREFECT_PROFILE=evil\n", "work/evil.toml": evil},
	} {
		t.Run(name, func(t *testing.T) {
			th := newThief(t)
			own := "\nPREFECT_CLOUD_API_URL = \"http://cloud/api\"\nPREFECT_CLOUD_UI_URL = \"http://cloud\"\nPREFECT_API_AUTH_STRING = \"" + password + "\"\n\n"
			all := map[string]string{"home/profiles.toml": strings.Replace(twoProfiles, "\n\n", own, 1)}
			for file, source := range files {
				all[file] = strings.ReplaceAll(source, "THIEF", th.URL)
			}
			u := meet(t, setting{client: withDialogs, files: all, settings: all[workspaceSettings], unset: true})
			commands := []string{protocol.CommandVerify, protocol.CommandSetWorkspace, protocol.CommandSwitch, protocol.CommandOpen, protocol.CommandLogin}
			for _, command := range commands {
				for _, profile := range []string{"", "prod", "evil"} {
					u.picksFirst(false)
					u.on(protocol.MethodInput, typedOnce(cloudtest.Manager))
					u.approve("/failure", `{"reason":"no"}`)
					u.on("window/showDocument", nil) // which opens nothing
					u.press <- ""
					u.do(command, protocol.CommandParams{URI: protocol.URIOf(u.folder), Profile: profile})
				}
			}
			u.list(true)
			loot := th.loot()
			for _, secret := range []string{"pnu_", "pnb_", "Bearer", "Basic", "Authorization", password} {
				if strings.Contains(loot, secret) {
					t.Errorf("%s arrived:\n%s", secret, loot)
				}
			}
			for file := range files {
				if strings.Contains(u.read(file), cloudtest.Manager) {
					t.Errorf("the key of the login is in %s", file)
				}
			}
			if requests := u.cloud.Requests("/api/me"); len(requests) == 0 {
				t.Error("Prefect Cloud was never asked, so nothing was tried")
			}
		})
	}
}

// picksFirst answers each question with its first item, or what asks for consent with none.
func (u *user) picksFirst(consents bool) {
	u.on(protocol.MethodPick, pickFirst(u.t, consents))
}

// TestConsent shows that an auth string goes to a server that a file of the folder names once the person says so.
func TestConsent(t *testing.T) {
	th := newThief(t)
	u := meet(t, setting{client: withDialogs, files: map[string]string{
		"home/profiles.toml": "active = \"own\"\n[profiles.own]\nPREFECT_API_URL = \"" + th.URL + "/api\"\nPREFECT_API_AUTH_STRING = \"" + password + "\"\n",
		"work/.env":          "PREFECT_API_URL=" + th.URL + "/other/api\n",
	}})
	u.picksFirst(true)
	if result := u.do(protocol.CommandVerify, protocol.CommandParams{}); !result.Done || !strings.Contains(th.loot(), "GET /other/api/admin/version\n") || !strings.Contains(th.loot(), "Basic") {
		t.Errorf("answered %+v after %s", result, th.loot())
	}
	u.picks()
	if result := u.do(protocol.CommandVerify, protocol.CommandParams{Profile: "own"}); !result.Done || !strings.Contains(th.loot(), "GET /api/admin/version\n") {
		t.Errorf("answered %+v after %s", result, th.loot())
	}
}

// TestKeyIntoForeignProfiles shows that no key of the person's gets into a file that the folder names, unless the person says so.
func TestKeyIntoForeignProfiles(t *testing.T) {
	for _, consents := range []bool{false, true} {
		u := meet(t, setting{client: withDialogs, env: []string{"PREFECT_API_KEY=" + cloudtest.Manager}, files: map[string]string{
			"work/.env":         "PREFECT_PROFILES_PATH=theirs.toml\n",
			"work/theirs.toml":  "active = \"x\"\n[profiles.x]\n",
			"work/prefect.toml": "api.key = '" + cloudtest.Robot + "'\n",
		}})
		u.press <- ""
		u.press <- ""
		u.picksFirst(consents)
		for _, target := range u.list(true).Targets {
			if target.Workspace != "" {
				u.do(protocol.CommandSwitch, protocol.CommandParams{Target: target.ID})
				break
			}
		}
		if got := strings.Contains(u.read("work/theirs.toml"), cloudtest.Manager); got != consents {
			t.Errorf("after a switch, with consent %t: %s", consents, u.read("work/theirs.toml"))
		}
		u.do(protocol.CommandMoveKey, protocol.CommandParams{URI: protocol.URIOf(u.path("work/prefect.toml")), Profile: "new"})
		if got := strings.Contains(u.read("work/theirs.toml"), cloudtest.Robot); got != consents {
			t.Errorf("after a move, with consent %t: %s", consents, u.read("work/theirs.toml"))
		}
	}
}

func pickFirst(t *testing.T, consents bool) func(context.Context, json.RawMessage) any {
	return func(_ context.Context, raw json.RawMessage) any {
		var question protocol.PickParams
		if err := json.Unmarshal(raw, &question); err != nil || len(question.Items) == 0 {
			t.Errorf("asked %s: %v", raw, err)
			return nil
		}
		if question.Items[0].ID == "yes" && !consents {
			return nil
		}
		return protocol.PickResult{ID: question.Items[0].ID}
	}
}

// TestLinksInMessages has a profile with a name that VS Code would make a link of, which does something, in a message.
func TestLinksInMessages(t *testing.T) {
	const name = "[x](command:workbench.action.quit)"
	for _, client := range []string{withDialogs, `{"workspace":{"executeCommand":{}}}`} {
		u := meet(t, setting{client: client, files: map[string]string{"home/profiles.toml": "active = 'a'\n[profiles.a]\n[profiles.'" + name + "']\n"}})
		u.picksFirst(true)
		u.on(lsp.ServerWindowShowMessageRequest, func(context.Context, json.RawMessage) any { return nil })
		for _, command := range []string{protocol.CommandUseProfile, protocol.CommandDeleteProfile} {
			for _, profile := range []string{name, "none" + name} {
				u.do(command, protocol.CommandParams{Profile: profile})
			}
		}
		u.mu.Lock()
		shown := slices.DeleteFunc(slices.Clone(u.received), func(sent string) bool { return strings.HasPrefix(sent, protocol.MethodStatus) })
		u.mu.Unlock()
		if text := strings.Join(shown, "\n"); strings.Contains(text, "](") || !strings.Contains(text, "[x] (command:") {
			t.Errorf("shown is\n%s", text)
		}
	}
}
