package server

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"
)

const (
	account        = "aaaaaaaa-0000-4000-8000-000000000001"
	dev            = "bbbbbbbb-0000-4000-8000-000000000002"
	protectedPlace = "server:http://127.0.0.1:4200/api"
	protecting     = `{"protectedWorkspaces":["*/DEV","127.0.0.1:4200"]}`
	withLate       = twoProfiles + "\n[profiles.late]\nPREFECT_API_URL = \"" + devURL + "\"\nPREFECT_API_KEY = \"" + cloudtest.Ada + "\"\n"
)

// asked has the person answer questions about protected places with yes or not at all, others with the labels, and is told of the former.
func (u *user) asked(yes bool, labels ...string) (places *[]string) {
	places = new([]string)
	u.picks(labels...)
	pick := u.answering(protocol.MethodPick)
	u.on(protocol.MethodPick, func(ctx context.Context, raw json.RawMessage) any {
		var question protocol.PickParams
		if err := json.Unmarshal(raw, &question); err != nil {
			u.t.Error(err)
		}
		if question.Detail == "" {
			return pick(ctx, raw)
		}
		if question.Detail != "It matches prefect.protectedWorkspaces." || len(question.Items) != 1 || question.Items[0].Label != "Switch" {
			u.t.Errorf("asked %s", raw)
		}
		*places = append(*places, strings.TrimSuffix(strings.TrimPrefix(question.Title, "Switch to "), "?"))
		if !yes {
			return nil
		}
		return protocol.PickResult{ID: question.Items[0].ID}
	})
	return places
}

// TestProtected shows the commands by which code begins to run at a place that the person protected: they ask once, and without a yes
// they do nothing.
func TestProtected(t *testing.T) {
	existing := []string{"Use the key in profile 'prod'", "acme/dev"}
	for name, c := range map[string]struct {
		active  string // in place of prod
		command string
		params  protocol.CommandParams
		picks   []string // besides the answer
		place   string   // that is asked about; empty for none
	}{
		"set the workspace":      {command: protocol.CommandSetWorkspace, params: protocol.CommandParams{Account: account, Workspace: dev}, place: "acme/dev"},
		"of another profile":     {command: protocol.CommandSetWorkspace, params: protocol.CommandParams{Profile: "own", Account: account, Workspace: dev}, place: "acme/dev"},
		"set the same workspace": {active: "late", command: protocol.CommandSetWorkspace, params: protocol.CommandParams{Account: account, Workspace: dev}},
		"choose a workspace":     {command: protocol.CommandSetWorkspace, picks: []string{"acme/dev"}, place: "acme/dev"},
		"choose another":         {command: protocol.CommandSetWorkspace, picks: []string{"umbrella/lab"}},
		"use a profile":          {command: protocol.CommandUseProfile, params: protocol.CommandParams{Profile: "late"}, place: "acme/dev"},
		"use another profile":    {active: "late", command: protocol.CommandUseProfile, params: protocol.CommandParams{Profile: "prod"}},
		"use one of Prefect's":   {command: protocol.CommandUseProfile, params: protocol.CommandParams{Profile: "local"}, place: "127.0.0.1:4200"},
		"switch":                 {command: protocol.CommandSwitch, picks: []string{"acme/dev"}, place: "acme/dev"},
		"switch a window": {command: protocol.CommandSwitch, params: protocol.CommandParams{Target: protectedPlace, Profile: "local", Window: true},
			place: "127.0.0.1:4200"},
		"switch a window to where it is": {active: "own", command: protocol.CommandSwitch,
			params: protocol.CommandParams{Target: protectedPlace, Profile: "own", Window: true}},
		"log in":               {command: protocol.CommandLogin, picks: append(existing, "Update profile 'prod'"), place: "acme/dev"},
		"log in and use":       {command: protocol.CommandLogin, picks: append(existing, "New profile 'dev'"), place: "acme/dev"},
		"log in for later":     {command: protocol.CommandLogin, params: protocol.CommandParams{Profile: "later"}, picks: existing},
		"delete what is used":  {command: protocol.CommandDeleteProfile, params: protocol.CommandParams{Profile: "prod", Name: "late"}, place: "acme/dev"},
		"rename what is used":  {active: "late", command: protocol.CommandRenameProfile, params: protocol.CommandParams{Profile: "late", Name: "later"}},
		"duplicate a profile":  {command: protocol.CommandDuplicateProfile, params: protocol.CommandParams{Profile: "late", Name: "later"}},
		"log out of a profile": {active: "late", command: protocol.CommandLogout, params: protocol.CommandParams{Profile: "late"}},
	} {
		for _, yes := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				source := strings.Replace(withLate, "active = \"prod\"", "active = \""+cmp.Or(c.active, "prod")+"\"", 1)
				u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": source}, settings: protecting})
				u.list(true)
				places := u.asked(yes, slices.Clone(c.picks)...)
				result := u.do(c.command, c.params)
				if got := strings.Join(*places, ", "); got != c.place {
					t.Errorf("asked about %q, want %q", got, c.place)
				}
				if result.Done != (yes || c.place == "") {
					t.Errorf("answered %+v", result)
				}
				if !result.Done && u.read("home/profiles.toml") != source {
					t.Errorf("written is\n%s", u.read("home/profiles.toml"))
				}
			})
		}
	}
}

// TestProtectedUndo asks before a change is taken back that led away from a protected place.
func TestProtectedUndo(t *testing.T) {
	source := strings.Replace(withLate, "prod", "late", 1)
	u := meet(t, setting{client: withDialogs, files: map[string]string{"home/profiles.toml": source}, settings: protecting})
	u.list(true)
	u.do(protocol.CommandUseProfile, protocol.CommandParams{Profile: "prod"})
	for _, yes := range []bool{false, true} {
		places := u.asked(yes)
		result := u.do(protocol.CommandUndo, protocol.CommandParams{})
		if result.Done != yes || len(*places) != 1 || (u.read("home/profiles.toml") == source) != yes {
			t.Errorf("answered %+v, asked about %q", result, *places)
		}
	}
}

// TestProtectedByMessage asks a person whose editor knows LSP alone, and says in the status which place is protected.
func TestProtectedByMessage(t *testing.T) {
	u := meet(t, setting{client: plainLSP, files: map[string]string{"home/profiles.toml": withLate}, settings: protecting})
	u.list(true)
	for _, button := range []string{"", "Switch"} {
		u.press <- button
		result := u.do(protocol.CommandUseProfile, protocol.CommandParams{Profile: "late"})
		if question := u.heard(); question.Message != "Switch to acme/dev? It matches prefect.protectedWorkspaces." {
			t.Errorf("asked %+v", question)
		}
		if result.Done != (button != "") {
			t.Errorf("answered %+v", result)
		}
	}
	u.await("protected", func(s protocol.Status) bool { return s.Handle == "acme/dev" && s.Protected })
	u.do(protocol.CommandUseProfile, protocol.CommandParams{Profile: "prod"})
	u.await("not protected", func(s protocol.Status) bool { return s.Handle == "acme/prod" && !s.Protected })
}
