package server

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A scoped client has settings of their own for some folders, by their URIs; for "", those of the window.
type scoped struct {
	listener

	settings map[string]string
	asked    int // for how many at the last time
}

func (c *scoped) Call(_ context.Context, method string, params, result any) error {
	if method != lsp.ServerWorkspaceConfiguration {
		return nil
	}
	items := params.(lsp.ConfigurationParams).Items
	c.asked = len(items)
	sections := make([]json.RawMessage, len(items))
	for i, item := range items {
		scope := ""
		if item.ScopeURI != nil {
			scope = *item.ScopeURI
		}
		sections[i] = json.RawMessage(c.settings[scope])
	}
	raw, err := json.Marshal(sections)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, result)
}

// TestSettingsOfFolders has each folder of a workspace go by the settings that the client has for it.
func TestSettingsOfFolders(t *testing.T) {
	a, b, home := t.TempDir(), t.TempDir(), t.TempDir()
	for _, folder := range []string{a, b} {
		write(t, filepath.Join(folder, "dev.env"), "PREFECT_API_URL=http://dev:4200/api\n")
		write(t, filepath.Join(folder, "prod.env"), "PREFECT_API_URL=http://prod:4200/api\n")
	}
	client := &scoped{
		listener: listener{status: make(chan protocol.Status, 100), watchers: make(chan string, 100)},
		settings: map[string]string{
			"":                `{}`,
			protocol.URIOf(a): `{"environmentFile":"dev.env"}`,
			protocol.URIOf(b): `{"environmentFile":"./prod.env","version":"3.4.0"}`,
		},
	}
	s := New("test", client, func() {})
	s.session = session.New([]string{"HOME=" + home, "USERPROFILE=" + home}, session.ReadDisk)
	t.Cleanup(func() {
		if err := s.places.close(); err != nil {
			t.Error(err)
		}
	})
	const capabilities = `{"workspace":{"configuration":true},"experimental":{"prefectStatus":true}}`
	say(t, s, "initialize", fmt.Sprintf(`{"capabilities":%s,"workspaceFolders":[{"uri":%q,"name":"a"}]}`, capabilities, protocol.URIOf(a)))
	say(t, s, "initialized", `{}`)
	if client.asked != 1 {
		t.Errorf("asked for %d settings where there is one folder", client.asked)
	}
	say(t, s, "workspace/didChangeWorkspaceFolders", `{"event":{"added":[{"uri":"`+protocol.URIOf(b)+`","name":"b"}],"removed":[]}}`)
	for folder, want := range map[string]string{a: "http://dev:4200/api", b: "http://prod:4200/api"} {
		var status protocol.Status
		tell(t, s, protocol.MethodStatus, `{"uri":"`+protocol.URIOf(folder)+`"}`, &status)
		if status.APIURL != want || (status.Prefect == "3.4.0") != (folder == b) {
			t.Errorf("%s: the status is %+v", folder, status)
		}
	}
	client.settings[protocol.URIOf(a)] = `{"cwd":"` + filepath.ToSlash(b) + `","environment":{"PREFECT_API_URL":"http://own:4200/api"}}`
	say(t, s, "workspace/didChangeConfiguration", `{"settings":null}`)
	var status protocol.Status
	tell(t, s, protocol.MethodStatus, `{"uri":"`+protocol.URIOf(a)+`"}`, &status)
	if status.Folder != b || status.APIURL != "http://own:4200/api" {
		t.Errorf("after a change the status is %+v", status)
	}
}
