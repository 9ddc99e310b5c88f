package server

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud/cloudtest"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

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
