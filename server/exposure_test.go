package server

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A reader is an editor that reads what is wrong with files.
type reader struct {
	recorder
	published chan lsp.PublishDiagnosticsParams
}

func (r *reader) Notify(method string, params any) error {
	if p, ok := params.(lsp.PublishDiagnosticsParams); ok && method == lsp.ServerTextDocumentPublishDiagnostics {
		r.published <- p
	}
	return r.recorder.Notify(method, params)
}

// await waits until what is wrong with a file has a part, or for "" until nothing is.
func (r *reader) await(t *testing.T, when, part string) {
	t.Helper()
	guard := time.After(patience)
	for {
		select {
		case p := <-r.published:
			raw, err := json.Marshal(p.Diagnostics)
			if err != nil {
				t.Fatal(err)
			}
			if part == "" && len(p.Diagnostics) == 0 || part != "" && strings.Contains(string(raw), part) {
				return
			}
		case <-guard:
			t.Fatalf("%s: nothing was said of %q", when, part)
		}
	}
}

// TestExposure follows who gets at a file with a key, as git and others change it, and mends it.
func TestExposure(t *testing.T) {
	t.Setenv("TMPDIR", "/tmp") // which everybody can reach
	folder := t.TempDir()
	for dir := folder; dir != "/tmp"; dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		t.Helper()
		if out, err := exec.Command("git", append([]string{"-C", folder}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	dotenv, uri := filepath.Join(folder, ".env"), protocol.URIOf(filepath.Join(folder, ".env"))
	rewrite(t, dotenv, "PREFECT_API_URL=http://localhost:4200/api\n")
	client := &reader{published: make(chan lsp.PublishDiagnosticsParams, 100)}
	s := New("test", client, func() {})
	s.session = session.New([]string{"HOME=" + folder, "USERPROFILE=" + folder}, session.ReadDisk)
	say(t, s, "initialize", `{"capabilities":{"workspace":{"executeCommand":{},"workspaceEdit":{"documentChanges":true,"resourceOperations":["create"]}}},"initializationOptions":{"trusted":false},"workspaceFolders":[{"uri":"`+protocol.URIOf(folder)+`","name":"x"}]}`)
	say(t, s, "initialized", `{}`)
	t.Cleanup(func() {
		if err := s.places.close(); err != nil {
			t.Error(err)
		}
	})
	say(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+uri+`","languageId":"","version":1,"text":"PREFECT_API_URL=http://localhost:4200/api\n"}}`)
	client.await(t, "without a secret", "")
	say(t, s, "textDocument/didChange", `{"textDocument":{"uri":"`+uri+`","version":2},"contentChanges":[{"text":"PREFECT_API_KEY=pnu_0123456789abcdef0123456789abcdef0123\n"}]}`)
	if x := s.session.Snapshot().Exposure(dotenv); x.Name != "" {
		t.Errorf("git was asked about an untrusted folder: %+v", x)
	}
	say(t, s, "workspace/didChangeConfiguration", `{"settings":{"prefect":{"trusted":true}}}`)
	client.await(t, "with a key", "Git does not ignore .env")

	ask := `{"textDocument":{"uri":"` + uri + `"},"range":{"start":{"line":0,"character":3},"end":{"line":0,"character":3}},"context":{"diagnostics":[]}}`
	actions := func() string {
		t.Helper()
		var list []struct {
			Title string
			Edit  struct{ DocumentChanges json.RawMessage }
		}
		tell(t, s, "textDocument/codeAction", ask, &list)
		for _, a := range list {
			if a.Title == "Add .env to .gitignore" {
				return string(a.Edit.DocumentChanges)
			}
		}
		return ""
	}
	ignore := protocol.URIOf(filepath.Join(folder, ".gitignore"))
	edit := func(line, version, text string) string {
		return `{"textDocument":{"uri":"` + ignore + `","version":` + version + `},"edits":[{"range":{"start":{"line":` + line + `},"end":{"line":` + line + `}},"newText":"` + text + `"}]}`
	}
	plain := strings.NewReplacer(`,"character":0`, "")
	if got, want := plain.Replace(actions()), `[{"kind":"create","uri":"`+ignore+`","options":{"ignoreIfExists":true}},`+edit("0", "null", `.env\n`)+`]`; got != want {
		t.Errorf("without a .gitignore: %s\nwant %s", got, want)
	}
	write(t, filepath.Join(folder, ".gitignore"), "*.log\n.env\n")
	client.await(t, "ignored", "")
	if got := actions(); got != "" {
		t.Errorf("ignored, and there is %s", got)
	}
	write(t, filepath.Join(folder, ".gitignore"), "*.log\n")
	client.await(t, "no longer ignored", "Git does not ignore .env")
	if got, want := plain.Replace(actions()), `[`+edit("1", "null", `.env\n`)+`]`; got != want {
		t.Errorf("with a .gitignore: %s\nwant %s", got, want)
	}
	say(t, s, "textDocument/didOpen", `{"textDocument":{"uri":"`+ignore+`","languageId":"ignore","version":4,"text":"*.log\r\n*.tmp"}}`)
	if got, want := plain.Replace(actions()), `[`+strings.ReplaceAll(edit("1", "4", `\r\n.env\r\n`), `"line":1`, `"line":1,"character":5`)+`]`; got != want {
		t.Errorf("with a .gitignore that is open: %s\nwant %s", got, want)
	}
	git("add", ".env")
	client.await(t, "tracked", "Git tracks .env")
	git("rm", "-q", "--cached", ".env")
	write(t, filepath.Join(folder, ".gitignore"), ".env\n")
	client.await(t, "mended", "")

	if err := os.Chmod(dotenv, 0o644); err != nil {
		t.Fatal(err)
	}
	client.await(t, "open to others", "its mode is 0644")
	var list []lsp.CodeAction
	tell(t, s, "textDocument/codeAction", ask, &list)
	i := slices.IndexFunc(list, func(a lsp.CodeAction) bool { return a.Title == "Restrict .env to your user (chmod 600)" })
	if i < 0 {
		t.Fatalf("the actions are %+v", list)
	}
	command, err := json.Marshal(list[i].Command)
	if err != nil {
		t.Fatal(err)
	}
	tell(t, s, "workspace/executeCommand", string(command), &struct{}{})
	client.await(t, "restricted", "")
	if info, err := os.Stat(dotenv); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is %v (%v)", info.Mode(), err)
	}
}
