package feature

import (
	"regexp"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// TestMarkdown shows that text of others stays text in what a client formats.
func TestMarkdown(t *testing.T) {
	for text, want := range map[string]string{
		"prod":             "`prod`",
		"a`b":              "``a`b``",
		"`![](http://x)``": "``` `![](http://x)`` ```",
		"a\n\nb":           "`a  b`",
	} {
		if got := code(text); got != want {
			t.Errorf("code of %q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"acme/my_prod-1.env":  "acme/my_prod-1.env",
		"![x](http://x)<img>": `\!\[x\](http://x)\<img\>`,
		"a\r\n# b":            "a  # b",
		`\[x](y)`:             `\\\[x\](y)`,
	} {
		if got := plain(text); got != want {
			t.Errorf("%q as itself: %q, want %q", text, got, want)
		}
	}
	if got, want := link("a](b", "file:///a)b(c"), `[a\](b](file:///a%29b%28c)`; got != want {
		t.Errorf("a link: %q, want %q", got, want)
	}
}

// TestHostileHover hovers over everything in a hostile file. No image, and no link of the file's own, is shown.
func TestHostileHover(t *testing.T) {
	const bad = "`)](http://x)![](http://thief/x.png)`"
	source := "active = '" + bad + "'\n[profiles.'" + bad + "']\nPREFECT_API_URL = 'https://api.x)![](y).prefect.cloud/api/accounts/aaaaaaaa-0000-4000-8000-000000000001/workspaces/bbbbbbbb-0000-4000-8000-000000000001'\nPREFECT_LOGGING_LEVEL = '" + bad + "'\nPREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT = '" + bad + "'\n" +
		"[profiles.'host" + bad + "']\nPREFECT_API_URL = 'http://![](thief)/api'\n"
	path := "/home/ada/`![](thief)`/profiles.toml"
	uri := protocol.URIOf(path)
	s := session.New([]string{"HOME=/home/ada", "PREFECT_PROFILES_PATH=" + path, "PREFECT_LOGGING_LEVEL=INFO"}, func(string) (string, bool) { return "", false })
	s.Connect(session.Client{Encoding: protocol.UTF16}, []string{"file:///work"})
	s.Learn(func(d *session.Directory) *session.Directory {
		return d.Recall([]cloud.Listing{{API: "https://api.prefect.cloud/api", Workspaces: []cloud.Workspace{{
			AccountID: "aaaaaaaa-0000-4000-8000-000000000001", WorkspaceID: "bbbbbbbb-0000-4000-8000-000000000001", AccountHandle: "![](thief)", WorkspaceHandle: bad,
		}}}})
	})
	snap := s.Open(uri, "toml", 1, source)
	if f := snap.Document(uri).File; f == nil || f.Kind != profiles.ProfilesTOML || len(f.SyntaxProblems()) > 0 {
		t.Fatalf("the file is %+v", f)
	}
	shown := 0
	for offset := range source {
		params := &lsp.HoverParams{}
		params.TextDocument.URI, params.Position = uri, snap.Document(uri).Map.Position(offset)
		h, err := Hover(snap, params)
		if err != nil {
			t.Fatal(err)
		}
		if h == nil {
			continue
		}
		shown++
		text := outsideOfCode(regexp.MustCompile(`\\[[:punct:]]`).ReplaceAllString(h.Contents.(lsp.MarkupContent).Value, ""))
		if strings.Contains(text, "![") || strings.Contains(text, "](http://") || strings.Contains(text, "](thief") || strings.Contains(text, "](y)") {
			t.Fatalf("at %d: %s", offset, text)
		}
	}
	if shown == 0 {
		t.Error("nothing was hovered over")
	}
}

// outsideOfCode is Markdown without what stands between fences of backticks of one length.
func outsideOfCode(text string) string {
	var out strings.Builder
	for {
		start := strings.IndexByte(text, '`')
		if start < 0 {
			return out.String() + text
		}
		rest := strings.TrimLeft(text[start:], "`")
		fence := text[start : len(text)-len(rest)]
		out.WriteString(text[:start])
		end := 0
		for {
			i := strings.Index(rest[end:], fence)
			if i < 0 {
				return out.String() + text[start:]
			}
			end += i
			run := len(rest[end:]) - len(strings.TrimLeft(rest[end:], "`"))
			if run == len(fence) {
				break
			}
			end += run
		}
		text = rest[end+len(fence):]
	}
}
