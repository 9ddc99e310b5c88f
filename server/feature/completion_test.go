package feature

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"prefect-ls/profiles"
	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// files are the starts of one file of each kind, up to where a setting can stand.
var files = map[string]string{
	"profiles.toml":  "[profiles.p]\n",
	".env":           "",
	"prefect.toml":   "",
	"pyproject.toml": "[tool.prefect]\n",
}

var (
	options = regexp.MustCompile(`\$\{\d+\|((?:\\.|[^\\|])*)\|\}`)
	holder  = regexp.MustCompile(`\$\{\d+:((?:\\.|[^\\}])*)\}`)
	comma   = regexp.MustCompile(`((?:\\.|[^\\,])*),?`)
	escapes = regexp.MustCompile(`\\(.)`)
)

// expansions are the texts that a snippet stands for: one for each option of a choice.
func expansions(t *testing.T, snippet string) []string {
	t.Helper()
	plain := func(s string) string { return escapes.ReplaceAllString(s, "$1") }
	snippet = holder.ReplaceAllStringFunc(snippet, func(s string) string { return plain(holder.FindStringSubmatch(s)[1]) })
	snippet = strings.NewReplacer("$0", "", "$1", "").Replace(snippet)
	m := options.FindStringSubmatchIndex(snippet)
	if m == nil {
		return []string{snippet}
	}
	var all []string
	for _, option := range comma.FindAllStringSubmatch(snippet[m[2]:m[3]], -1) {
		if option[1] != "" {
			all = append(all, snippet[:m[0]]+plain(option[1])+snippet[m[1]:])
		}
	}
	return all
}

func openIn(name, source string, client session.Client) *session.Snapshot {
	s := session.New(nil, noFiles)
	client.Encoding = protocol.UTF8
	s.Connect(client, nil)
	return s.Open(name, "", 1, source)
}

func complete(t *testing.T, snap *session.Snapshot, uri string, offset int) []lsp.CompletionItem {
	t.Helper()
	params := &lsp.CompletionParams{}
	params.TextDocument.URI = uri
	params.Position = snap.Document(uri).Map.Position(offset)
	list, err := Completion(snap, params)
	if err != nil {
		t.Fatal(err)
	}
	return list.(lsp.CompletionList).Items
}

// TestTabStops shows that what is special in a snippet stands for itself.
func TestTabStops(t *testing.T) {
	if got, want := placeholder(`a$b}c\d,e`), `${1:a\$b\}c\\d,e}`; got != want {
		t.Errorf("placeholder: %s, want %s", got, want)
	}
	if got, want := choice([]string{`a,b`, `c|d\e`, `$x`}), `${1|a\,b,c\|d\\e,$x|}`; got != want {
		t.Errorf("choice: %s, want %s", got, want)
	}
}

// TestWhatIsOfferedIsRight takes every completion of a name, in every form that its snippet offers, and every completion of a
// value: Prefect must not refuse the file, and the setting must be known. A value that is left to be typed is not judged.
func TestWhatIsOfferedIsRight(t *testing.T) {
	names, values := 0, 0
	for file, start := range files {
		snap := openIn(file, start, session.Client{Snippets: true})
		kind := snap.Document(file).File.Kind
		for _, item := range complete(t, snap, file, len(start)) {
			for _, line := range expansions(t, item.TextEdit.(lsp.TextEdit).NewText) {
				names++
				judge(t, kind, start+line+"\n")
			}
			if !strings.Contains(item.TextEdit.(lsp.TextEdit).NewText, "=") {
				t.Errorf("%s: %s has no value", file, item.Label)
			}
		}
		for i := range settings.All() {
			s := &settings.All()[i]
			broken := start + nameIn(kind, s) + " ="
			snap := openIn(file, broken, session.Client{Snippets: true})
			for _, item := range complete(t, snap, file, len(broken)) {
				edit := item.TextEdit.(lsp.TextEdit)
				span := snap.Document(file).Map.Span(edit.Range)
				for _, value := range expansions(t, edit.NewText) {
					values++
					judge(t, kind, text.Apply(broken, text.Edit{Span: span, New: value})+"\n")
				}
			}
		}
	}
	if names < 4*len(settings.All()) || values < 4*100 {
		t.Errorf("only %d names and %d values are offered", names, values)
	}
}

func judge(t *testing.T, kind profiles.Kind, source string) {
	t.Helper()
	f := profiles.Read(kind, source)
	if len(f.Entries) != 1 || f.Entries[0].Setting == nil {
		t.Errorf("sets no setting: %s", source)
		return
	}
	if value := f.Entries[0].Value; value.Kind == syntax.Missing || value.Kind == syntax.String && value.Text == "" {
		return
	}
	for _, p := range rules.Check(f) {
		switch p.Rule.Code {
		case "invalid-value", "secret-in-shared-file", "database-driver-not-async", "unknown-setting", "toml-syntax", "dotenv-syntax", "wrong-table", "removed-setting":
			t.Errorf("%s [%s]: %s", source, p.Rule.Code, p.Message)
		}
	}
}

// TestCustomaryValues holds what is offered for the settings that people copy from guides: to every editor only what can stand as it
// is, and to one that takes snippets also what has to be filled in.
func TestCustomaryValues(t *testing.T) {
	for _, c := range []struct {
		file, key      string
		plain, snippet []string
	}{
		{".env", "PREFECT_API_URL", []string{"http://127.0.0.1:4200/api"},
			[]string{"https://api.prefect.cloud/api/accounts/${1:ACCOUNT_ID}/workspaces/${2:WORKSPACE_ID}"}},
		{".env", "PREFECT_API_DATABASE_CONNECTION_URL", nil,
			[]string{"postgresql+asyncpg://${1:user}:${2:<password>}@${3:localhost}:${4:5432}/${5:prefect}", "sqlite+aiosqlite:///${1:/full/path/to/prefect.db}"}},
		{"prefect.toml", "server.database.connection_url", nil,
			[]string{` "postgresql+asyncpg://${1:user}:${2:<password>}@${3:localhost}:${4:5432}/${5:prefect}"`, ` "sqlite+aiosqlite:///${1:/full/path/to/prefect.db}"`}},
		{".env", "PREFECT_MESSAGING_BROKER", []string{"prefect.server.utilities.messaging.memory", "prefect_redis.messaging"}, nil},
		{"profiles.toml", "PREFECT_MESSAGING_CACHE", []string{` "prefect.server.utilities.messaging.memory"`, ` "prefect_redis.messaging"`}, nil},
		{".env", "PREFECT_SERVER_API_HOST", []string{"127.0.0.1", "0.0.0.0"}, nil},
		{".env", "PREFECT_SERVER_API_BASE_PATH", []string{"/prefect/api"}, nil},
		{".env", "PREFECT_SERVER_DATABASE_PASSWORD", nil, nil},
	} {
		for _, snippets := range []bool{false, true} {
			source := files[c.file] + c.key + "="
			snap := openIn(c.file, source, session.Client{Snippets: snippets})
			want := c.plain
			if snippets {
				want = slices.Concat(c.plain, c.snippet)
			}
			var got []string
			for _, item := range complete(t, snap, c.file, len(source)) {
				got = append(got, item.TextEdit.(lsp.TextEdit).NewText)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: for %s with snippets %t there is\n%q, want\n%q", c.file, c.key, snippets, got, want)
			}
		}
	}
}

// TestCompletionNeverPanics puts the cursor everywhere into texts that are cut off at many places; every edit must be on one line
// and hold the cursor, as LSP demands.
func TestCompletionNeverPanics(t *testing.T) {
	for file, source := range map[string]string{
		"profiles.toml":  "\ufeffactive = \"p\" # x\r\n[profiles.p] # y\r\n  PREFECT_API_URL = 'http://x'#z\nA = \"\"\"\n[x]\n\"\"\"\n\"q\" = [ 'a', ]\n[[x]]\n{",
		".env":           "export PREFECT_API_URL = 'a' # b\nPREFECT_X=\"a\nb\" c\n#\n= x\nPREFECT_DEBUG_MODE",
		"prefect.toml":   "api.url = 'ü' # é\n[server.api]\nport = 😀\nx = { a = 1 }",
		"pyproject.toml": "[tool.prefect]\n[tool.prefect.logging]\nlevel = INFO",
	} {
		for cut := len(source); cut >= 0; cut -= 3 {
			snap := openIn(file, source[:cut], session.Client{Snippets: cut%2 == 0})
			if snap.Document(file).File == nil {
				continue
			}
			for offset := range cut + 1 {
				position := snap.Document(file).Map.Position(offset)
				for _, item := range complete(t, snap, file, offset) {
					r := item.TextEdit.(lsp.TextEdit).Range
					if r.Start.Line != r.End.Line || r.Start.Line != position.Line || r.Start.Character > position.Character || r.End.Character < position.Character {
						t.Fatalf("%q at %d: %s takes the place of %v", source[:cut], offset, item.Label, r)
					}
				}
			}
		}
	}
}

// noFiles is a disk with nothing on it.
func noFiles(string) (string, bool) { return "", false }

// TestCompletionEverywhere asks at every place of lines that are in the middle of being written: what comes takes the place of text
// around the cursor, and nothing panics.
func TestCompletionEverywhere(t *testing.T) {
	for _, line := range []string{
		`api = { url = "http://x", k`, `a = { b = { c, "d" = { e = 'f` + "\\", `{ } } , = {{ "`, `x = [ { a } ], { b`, "api={url=\"\\\"\", }", `  server . "api" = {p`,
	} {
		for name, start := range files {
			source := start + line + "\n[api]\n"
			snap := openIn(name, source, session.Client{})
			for offset := range len(source) + 1 {
				position := protocol.NewMapper(source, protocol.UTF8).Position(offset)
				for _, item := range complete(t, snap, name, offset) {
					if at := item.TextEdit.(lsp.TextEdit).Range; at.Start.Line != position.Line || at.Start.Character > position.Character || at.End.Character < position.Character {
						t.Fatalf("%s:%d: %q takes the place of %v in\n%s", name, offset, item.Label, at, source)
					}
				}
			}
		}
	}
}
