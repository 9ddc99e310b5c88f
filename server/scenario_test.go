package server

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
	"prefect-ls/server/feature"
	"prefect-ls/server/session"

	"github.com/tliron/glsp"
	lsp "github.com/tliron/glsp/protocol_3_16"
	"golang.org/x/tools/txtar"
)

// TestScenarios plays every testdata/*.txtar against the whole server, without a transport.
//
// A scenario is a text that says what a person meets, and files. A comment "#@ VERB "PLACE" ARGUMENTS" at the end of a
// line claims something about the place in that line; it is taken off before the server sees the file:
//
//	#@ error "PLACE" CODE "PART OF MESSAGE"   likewise warning, information, hint: a diagnostic; all are claimed
//	#@ outdated "PLACE"                       a diagnostic there that is shown struck through; all are claimed
//	#@ hover "PLACE" GOLDEN                   what hovering shows
//	#@ says "PLACE" "PART"...                 parts of what hovering shows
//	#@ hides "PLACE" "PART"...                what hovering does not show
//	#@ offers "PLACE" LABEL...                labels that completion at the end of PLACE has
//	#@ omits "PLACE" LABEL...                 labels that it does not have
//	#@ ranks "PLACE" LABEL...                 labels that it has in this order, with others between them
//	#@ completes "PLACE" LABEL GOLDEN         the file after taking that completion, with the tab stops of a snippet as they are sent
//	#@ resolves "PLACE" LABEL GOLDEN          the whole item, as the client has it after it asked for the rest
//	#@ fixes "PLACE" "TITLE" GOLDEN           the file after that code action, or the other files that it changes, by name
//	#@ actions "PLACE" GOLDEN                 the titles of all code actions there, the preferred one marked *
//	#@ solves "PLACE" GOLDEN                  the titles of those alone that solve a problem there
//	#@ fixAll "PLACE" GOLDEN                  the file after the editor made all safe fixes, as on save
//	#@ symbols "PLACE" GOLDEN                 the outline of the file, wherever PLACE is
//	#@ folds "PLACE" GOLDEN                   the first and last lines of what can be folded, wherever PLACE is
//	#@ defined "PLACE" GOLDEN                 where its definition is
//	#@ references "PLACE" GOLDEN              where else it is
//	#@ highlights "PLACE" GOLDEN              what is marked in the file while the cursor is there
//	#@ renames "PLACE" NAME GOLDEN            all files that change when it is renamed
//	#@ keeps "PLACE" NAME "PART OF MESSAGE"   it cannot be renamed so, and why
//	#@ inlays "PLACE" GOLDEN                  the hints between the text of the file, wherever PLACE is
//	#@ links "PLACE" GOLDEN                   the links of the file, wherever PLACE is
//	#@ tokens "PLACE" GOLDEN                  what the words of the file are, wherever PLACE is
//	#@ runs "PLACE" TYPE "URL" SOURCE         where code of the file's folder runs, and what decides that: FILE:LINE, or a variable
//
// The folder of the workspace is "work", and files below "home/" are in the home folder. "-- env --" holds the environment.
// Nothing else is on disk.
//
// A golden is a section "-- @NAME --"; UPDATE=1 rewrites them. "-- settings.json --" holds the client's settings,
// "-- capabilities.json --" its capabilities, and "-- languages.json --" what it takes files for. A client that can ask for
// diagnostics does so. A file whose name has a scheme, such as untitled:Untitled-1, is none on disk.
func TestScenarios(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { play(t, path) })
	}
}

// A claim is one marker.
type claim struct {
	file, verb, place string
	arguments         []string
	line              int
	span              text.Span // of place
}

var (
	marker   = regexp.MustCompile(`^#@ (\w+) "((?:[^"\\]|\\.)*)" ?(.*)$`)
	argument = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"|\S+`)
)

func play(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	e := &editor{t: t, encoding: protocol.UTF16, files: map[string]string{}, shown: map[string][]lsp.Diagnostic{}}
	e.server = New("test", e, func() {})
	golden := map[string]*txtar.File{}
	setup := map[string]string{"env": "", "settings.json": "null", "capabilities.json": "{}", "languages.json": "{}"}
	var claims []claim
	for i := range archive.Files {
		f := &archive.Files[i]
		if name, ok := strings.CutPrefix(f.Name, "@"); ok {
			golden[name] = f
		} else if _, ok := setup[f.Name]; ok {
			setup[f.Name] = string(f.Data)
		} else {
			source, found := takeClaims(t, f.Name, string(f.Data))
			e.files[f.Name] = source
			claims = append(claims, found...)
		}
	}
	languages := map[string]string{}
	if err := json.Unmarshal([]byte(setup["languages.json"]), &languages); err != nil {
		t.Fatal(err)
	}
	environment := append([]string{"HOME=/home/ada", "USERPROFILE=" + drive() + "/home/ada"}, strings.Split(strings.TrimSpace(setup["env"]), "\n")...)
	e.server.session = session.New(environment, func(string) (string, bool) { return "", false })
	e.start(setup["capabilities.json"], setup["settings.json"])
	for name, source := range e.files {
		e.open(name, cmp.Or(languages[name], "plaintext"), source)
	}
	if err := e.server.publishOutdated(t.Context()); err != nil { // as every message does behind its back
		t.Fatal(err)
	}
	check := &checker{editor: e, golden: golden, unused: map[string]bool{}, claimed: map[string][]bool{}}
	for name := range golden {
		check.unused[name] = true
	}
	for _, c := range claims {
		check.claim(c)
	}
	check.nothingElse()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// takeClaims takes the markers off a file.
func takeClaims(t *testing.T, name, source string) (string, []claim) {
	t.Helper()
	var claims []claim
	var clean strings.Builder
	for i, line := range strings.Split(source, "\n") {
		if i > 0 {
			clean.WriteByte('\n')
		}
		var here []claim
		for at := strings.LastIndex(line, "#@ "); at >= 0; at = strings.LastIndex(line, "#@ ") {
			m := marker.FindStringSubmatch(line[at:])
			if m == nil {
				t.Fatalf("%s:%d: %s is no marker", name, i+1, line[at:])
			}
			line = strings.TrimRight(line[:at], " \t")
			here = append(here, claim{file: name, verb: m[1], place: unquote(t, m[2]), arguments: split(t, m[3]), line: i + 1})
		}
		for _, c := range here {
			at := strings.Index(line, c.place)
			if at < 0 {
				t.Fatalf("%s:%d: there is no %q in %q", name, c.line, c.place, line)
			}
			c.span = text.Span{Start: clean.Len() + at, End: clean.Len() + at + len(c.place)}
			claims = append(claims, c)
		}
		clean.WriteString(line)
	}
	return clean.String(), claims
}

func split(t *testing.T, arguments string) []string {
	t.Helper()
	var parts []string
	for _, m := range argument.FindAllStringSubmatch(arguments, -1) {
		if strings.HasPrefix(m[0], `"`) {
			parts = append(parts, unquote(t, m[1]))
		} else {
			parts = append(parts, m[0])
		}
	}
	return parts
}

func unquote(t *testing.T, s string) string {
	t.Helper()
	plain, err := strconv.Unquote(`"` + s + `"`)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return plain
}

func uri(name string) string {
	if strings.Contains(name, ":") {
		return name
	}
	if below, ok := strings.CutPrefix(name, "home/"); ok {
		return "file:///home/ada/" + below
	}
	return "file:///work/" + name
}

// nameOf is the file of a scenario at a URI.
func nameOf(uri string) string {
	if below, ok := strings.CutPrefix(uri, "file:///home/ada/"); ok {
		return "home/" + below
	}
	return strings.TrimPrefix(uri, "file:///work/")
}

// An editor is the other side of the conversation.
type editor struct {
	t        *testing.T
	server   *Server
	encoding protocol.Encoding
	pulls    bool // it asks for diagnostics
	files    map[string]string
	shown    map[string][]lsp.Diagnostic // by URI
}

func (e *editor) start(capabilities, settings string) {
	e.t.Helper()
	var result struct {
		Capabilities struct {
			PositionEncoding   protocol.Encoding
			DiagnosticProvider *struct{}
		}
	}
	e.send("initialize", json.RawMessage(fmt.Sprintf(`{"processId":null,"rootUri":"file:///work","capabilities":%s,"initializationOptions":%s}`, capabilities, settings)), &result)
	e.encoding = cmp.Or(result.Capabilities.PositionEncoding, protocol.UTF16)
	e.pulls = result.Capabilities.DiagnosticProvider != nil
	e.send("initialized", struct{}{}, nil)
}

func (e *editor) open(name, language, source string) {
	e.t.Helper()
	e.send("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri(name), "languageId": language, "version": 1, "text": source}}, nil)
	if e.pulls {
		var report struct {
			Kind  string
			Items []lsp.Diagnostic
		}
		e.send("textDocument/diagnostic", map[string]any{"textDocument": map[string]any{"uri": uri(name)}}, &report)
		if report.Kind != "full" || report.Items == nil {
			e.t.Errorf("the first report on %s is %+v", name, report)
		}
		e.shown[uri(name)] = report.Items
	}
}

func (e *editor) Notify(method string, params any) error {
	if p, ok := params.(lsp.PublishDiagnosticsParams); ok && method == lsp.ServerTextDocumentPublishDiagnostics {
		if e.pulls {
			e.t.Errorf("diagnostics of %s are sent to a client that asks for them", p.URI)
		}
		file := filepath.FromSlash(drive() + "/home/ada/.prefect/profiles.toml")
		for i := range p.Diagnostics {
			p.Diagnostics[i].Message = strings.ReplaceAll(p.Diagnostics[i].Message, file, "/home/ada/.prefect/profiles.toml")
		}
		e.shown[withoutDrive(p.URI)] = p.Diagnostics
	}
	return nil
}

func (e *editor) Call(context.Context, string, any, any) error { return nil }

// ask passes params through JSON, as a transport would.
func (e *editor) ask(method string, params any) (answer any, known, valid bool, err error) {
	e.t.Helper()
	raw, err := json.Marshal(params)
	if err != nil {
		e.t.Fatal(err)
	}
	raw = bytes.ReplaceAll(raw, []byte("file:///"), []byte(protocol.URIOf(drive()+"/")))
	return e.server.Handle(&glsp.Context{Method: method, Params: raw})
}

// send is ask for what succeeds. The result too goes through JSON.
func (e *editor) send(method string, params, result any) {
	e.t.Helper()
	answer, known, valid, err := e.ask(method, params)
	if !known || !valid || err != nil {
		e.t.Fatalf("%s: method known %v, parameters valid %v: %v", method, known, valid, err)
	}
	raw, err := json.Marshal(answer)
	if err != nil {
		e.t.Fatal(err)
	}
	if result == nil {
		return
	}
	if err := json.Unmarshal([]byte(withoutDrive(string(raw))), result); err != nil {
		e.t.Fatalf("%s answered %s: %v", method, raw, err)
	}
}

// drive is what absolute paths of this machine begin with. Scenarios have none.
func drive() string { return map[bool]string{true: "C:"}[runtime.GOOS == "windows"] }

func withoutDrive(answer string) string {
	return strings.ReplaceAll(answer, protocol.URIOf(drive()+"/"), "file:///")
}

// position counts as the client does, and not with the server's own means.
func (e *editor) position(file string, offset int) lsp.Position {
	before := e.files[file][:offset]
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return lsp.Position{Line: lsp.UInteger(strings.Count(before, "\n")), Character: lsp.UInteger(e.length(line))}
}

// length is that of a text in the client's units.
func (e *editor) length(s string) int {
	switch e.encoding {
	case protocol.UTF8:
		return len(s)
	case protocol.UTF32:
		return utf8.RuneCountInString(s)
	}
	return len(utf16.Encode([]rune(s)))
}

func (e *editor) offset(file string, p lsp.Position) int {
	source := e.files[file]
	for offset := range len(source) + 1 {
		if (offset == len(source) || utf8.RuneStart(source[offset])) && e.position(file, offset) == p {
			return offset
		}
	}
	e.t.Errorf("%s has no place %v", file, p)
	return 0
}

func (e *editor) rangeOf(file string, s text.Span) lsp.Range {
	return lsp.Range{Start: e.position(file, s.Start), End: e.position(file, s.End)}
}

// apply makes the edits of one file.
func (e *editor) apply(file string, edits []lsp.TextEdit) string {
	changes := make([]text.Edit, len(edits))
	for i, edit := range edits {
		changes[i] = text.Edit{Span: text.Span{Start: e.offset(file, edit.Range.Start), End: e.offset(file, edit.Range.End)}, New: edit.NewText}
	}
	return text.Apply(e.files[file], changes...)
}

// A checker holds claims against what the server says.
type checker struct {
	*editor
	golden  map[string]*txtar.File
	unused  map[string]bool   // of these
	claimed map[string][]bool // which of a file's diagnostics
	marked  int               // how many diagnostics are claimed to be outdated
}

func (c *checker) claim(cl claim) {
	c.t.Helper()
	at := lsp.TextDocumentPositionParams{TextDocument: lsp.TextDocumentIdentifier{URI: uri(cl.file)}}
	switch cl.verb {
	case "error", "warning", "information", "hint":
		c.diagnostic(cl)
	case "outdated":
		c.outdated(cl)
	case "hover", "says", "hides":
		at.Position = c.position(cl.file, cl.span.Start)
		var hover *struct{ Contents lsp.MarkupContent }
		c.send("textDocument/hover", at, &hover)
		if hover == nil {
			c.errorf(cl, "no hover")
			return
		}
		if cl.verb == "hover" {
			c.compare(cl, cl.arguments[0], hover.Contents.Value)
			return
		}
		for _, part := range cl.arguments {
			if strings.Contains(hover.Contents.Value, part) != (cl.verb == "says") {
				c.errorf(cl, "%q in\n%s", part, hover.Contents.Value)
			}
		}
	case "symbols":
		var tree []lsp.DocumentSymbol
		c.send("textDocument/documentSymbol", at, &tree)
		c.compare(cl, cl.arguments[0], outline(tree, ""))
	case "folds":
		var folds []struct {
			StartLine, EndLine int
			Kind               string
		}
		c.send("textDocument/foldingRange", at, &folds)
		var text strings.Builder
		for _, f := range folds {
			fmt.Fprintln(&text, strings.TrimSpace(fmt.Sprintf("%d-%d %s", f.StartLine+1, f.EndLine+1, f.Kind)))
		}
		c.compare(cl, cl.arguments[0], text.String())
	case "tokens":
		var tokens lsp.SemanticTokens
		c.send("textDocument/semanticTokens/full", at, &tokens)
		c.compare(cl, cl.arguments[0], c.tokens(cl.file, tokens.Data))
	case "runs":
		var status protocol.Status
		c.send(protocol.MethodStatus, map[string]any{"uri": uri(cl.file)}, &status)
		source := status.Source.Variable
		if status.Source.Path != "" {
			source = fmt.Sprintf("%s:%d", nameOf(withoutDrive(protocol.URIOf(status.Source.Path))), status.Source.Line)
		}
		if got := []string{status.ServerType, status.APIURL, source}; !slices.Equal(got, cl.arguments) {
			c.errorf(cl, "%q", got)
		}
	case "defined", "references", "highlights", "inlays", "links", "renames", "keeps":
		c.navigation(cl)
	case "offers", "omits", "ranks", "completes", "resolves":
		at.Position = c.position(cl.file, cl.span.End)
		var list struct{ Items []lsp.CompletionItem }
		c.send("textDocument/completion", at, &list)
		c.completion(cl, list.Items)
	case "fixes", "actions", "solves", "fixAll":
		c.codeActions(cl, c.rangeOf(cl.file, cl.span))
	default:
		c.t.Fatalf("%s:%d: there is no verb %q", cl.file, cl.line, cl.verb)
	}
}

// tokens are the words of a file with what they are, one on a line.
func (e *editor) tokens(file string, data []lsp.UInteger) string {
	legend := feature.SemanticTokensLegend()
	var list strings.Builder
	var at lsp.Position
	for ; len(data) > 0; data = data[5:] {
		if at.Line += data[0]; data[0] > 0 {
			at.Character = 0
		}
		at.Character += data[1]
		end := lsp.Position{Line: at.Line, Character: at.Character + data[2]}
		fmt.Fprintf(&list, "%s %s", e.files[file][e.offset(file, at):e.offset(file, end)], legend.TokenTypes[data[3]])
		if data[4] != 0 {
			list.WriteString("." + legend.TokenModifiers[data[4]-1])
		}
		list.WriteString("\n")
	}
	return list.String()
}

// navigation checks what leads from one place to others.
func (c *checker) navigation(cl claim) {
	c.t.Helper()
	document := map[string]any{"uri": uri(cl.file)}
	at := map[string]any{"textDocument": document, "position": c.position(cl.file, cl.span.Start)}
	var places []struct {
		lsp.Location
		Position lsp.Position
		Target   string
		Label    []struct {
			Value    string
			Location *lsp.Location
		}
	}
	switch cl.verb {
	case "renames", "keeps":
		c.rename(cl, at)
		return
	case "defined":
		c.send("textDocument/definition", at, &places)
	case "references":
		at["context"] = map[string]any{"includeDeclaration": true}
		c.send("textDocument/references", at, &places)
	case "highlights":
		c.send("textDocument/documentHighlight", at, &places)
	case "links":
		c.send("textDocument/documentLink", at, &places)
	case "inlays":
		at["range"] = c.rangeOf(cl.file, text.Span{End: len(c.files[cl.file])})
		c.send("textDocument/inlayHint", at, &places)
	}
	var b strings.Builder
	for _, p := range places {
		name := cl.file
		if p.URI != "" {
			name = nameOf(p.URI)
		}
		if len(p.Label) > 0 {
			end := c.offset(name, p.Position)
			fmt.Fprintf(&b, "%d: %s  ", p.Position.Line+1, strings.Split(c.files[name][:end], "\n")[p.Position.Line])
			for _, part := range p.Label {
				b.WriteString(part.Value)
			}
			b.WriteString("\n")
			continue
		}
		found := c.files[name][c.offset(name, p.Range.Start):c.offset(name, p.Range.End)]
		fmt.Fprintln(&b, strings.TrimSpace(fmt.Sprintf("%s:%d: %s %s", name, p.Range.Start.Line+1, found, p.Target)))
	}
	c.compare(cl, cl.arguments[0], b.String())
}

func (c *checker) rename(cl claim, at map[string]any) {
	c.t.Helper()
	var prepared *lsp.RangeWithPlaceholder
	c.send("textDocument/prepareRename", at, &prepared)
	at["newName"] = cl.arguments[0]
	if cl.verb == "keeps" {
		_, _, _, err := c.ask("textDocument/rename", at)
		if err == nil || !strings.Contains(err.Error(), cl.arguments[1]) {
			c.errorf(cl, "renaming to %q fails with %v", cl.arguments[0], err)
		}
		return
	}
	if prepared == nil || !strings.Contains(c.files[cl.file][c.offset(cl.file, prepared.Range.Start):c.offset(cl.file, prepared.Range.End)], prepared.Placeholder) {
		c.errorf(cl, "prepared is %+v", prepared)
	}
	var changed lsp.WorkspaceEdit
	c.send("textDocument/rename", at, &changed)
	c.compare(cl, cl.arguments[1], c.applyAll(changed))
}

// applyAll is every file that an edit changes, as it is then.
func (c *checker) applyAll(edit lsp.WorkspaceEdit) string {
	var b strings.Builder
	for _, uri := range slices.Sorted(maps.Keys(edit.Changes)) {
		fmt.Fprintf(&b, "== %s\n%s", nameOf(uri), c.apply(nameOf(uri), edit.Changes[uri]))
	}
	return b.String()
}

func (c *checker) diagnostic(cl claim) {
	c.t.Helper()
	severity := []string{"", "error", "warning", "information", "hint"}
	shown := c.shown[uri(cl.file)]
	if c.claimed[cl.file] == nil {
		c.claimed[cl.file] = make([]bool, len(shown))
	}
	want := c.rangeOf(cl.file, cl.span)
	for i, d := range shown {
		if d.Range == want && d.Code.Value == cl.arguments[0] && severity[*d.Severity] == cl.verb && strings.Contains(d.Message, strings.Join(cl.arguments[1:], " ")) {
			c.claimed[cl.file][i] = true
			return
		}
	}
	c.errorf(cl, "no %s %v", cl.verb, cl.arguments)
}

func (c *checker) outdated(cl claim) {
	c.t.Helper()
	c.marked++
	want := c.rangeOf(cl.file, cl.span)
	if !slices.ContainsFunc(c.shown[uri(cl.file)], func(d lsp.Diagnostic) bool { return d.Range == want && isOutdated(d) }) {
		c.errorf(cl, "nothing there is outdated")
	}
}

func isOutdated(d lsp.Diagnostic) bool { return slices.Contains(d.Tags, lsp.DiagnosticTagDeprecated) }

// nothingElse reports the diagnostics that nobody claimed, and the goldens that no claim is about.
func (c *checker) nothingElse() {
	for name := range c.unused {
		c.t.Errorf("no claim is about @%s", name)
	}
	marked := 0
	for _, shown := range c.shown {
		for _, d := range shown {
			if isOutdated(d) {
				marked++
			}
		}
	}
	if marked != c.marked {
		c.t.Errorf("%d diagnostics are outdated, %d are claimed", marked, c.marked)
	}
	for name := range c.files {
		for i, d := range c.shown[uri(name)] {
			if claimed := c.claimed[name]; claimed == nil || !claimed[i] {
				c.t.Errorf("%s:%d:%d: unclaimed [%v] %s", name, d.Range.Start.Line+1, d.Range.Start.Character+1, d.Code.Value, d.Message)
			}
		}
	}
}

func (c *checker) completion(cl claim, items []lsp.CompletionItem) {
	c.t.Helper()
	index := func(label string) int {
		return slices.IndexFunc(items, func(i lsp.CompletionItem) bool { return i.Label == label })
	}
	if cl.verb == "ranks" {
		slices.SortStableFunc(items, func(a, b lsp.CompletionItem) int { return strings.Compare(sortText(a), sortText(b)) })
		before := -1
		for _, label := range cl.arguments {
			if i := index(label); i <= before {
				c.errorf(cl, "%q has rank %d, and what should stand before it %d", label, i, before)
			} else {
				before = i
			}
		}
		return
	}
	if cl.verb == "offers" || cl.verb == "omits" {
		for _, label := range cl.arguments {
			if has := index(label) >= 0; has != (cl.verb == "offers") {
				c.errorf(cl, "%s %q among %d completions: %v", cl.verb, label, len(items), !has)
			}
		}
		return
	}
	i := index(cl.arguments[0])
	if i < 0 {
		c.errorf(cl, "%q is not offered", cl.arguments[0])
		return
	}
	if cl.verb == "resolves" {
		var item map[string]any
		c.send("completionItem/resolve", items[i], &item)
		text, err := json.MarshalIndent(item, "", "  ")
		if err != nil {
			c.t.Fatal(err)
		}
		c.compare(cl, cl.arguments[1], string(text))
		return
	}
	c.compare(cl, cl.arguments[1], c.apply(cl.file, []lsp.TextEdit{items[i].TextEdit.(lsp.TextEdit)}))
}

// sortText is what clients sort by.
func sortText(item lsp.CompletionItem) string {
	if item.SortText != nil {
		return *item.SortText
	}
	return item.Label
}

// outline is a tree of symbols as text: name, detail and lines of each.
func outline(tree []lsp.DocumentSymbol, indent string) string {
	var b strings.Builder
	for _, s := range tree {
		detail := ""
		if s.Detail != nil {
			detail = " = " + *s.Detail
		}
		fmt.Fprintf(&b, "%s%s%s (%d-%d)\n%s", indent, s.Name, detail, s.Range.Start.Line+1, s.Range.End.Line+1, outline(s.Children, indent+"  "))
	}
	return b.String()
}

func (c *checker) codeActions(cl claim, selection lsp.Range) {
	c.t.Helper()
	var actions []lsp.CodeAction
	context := map[string]any{"diagnostics": c.shown[uri(cl.file)]}
	switch cl.verb {
	case "fixAll":
		context["only"] = []string{"source.fixAll"}
	case "solves":
		context["only"] = []string{"quickfix"}
	}
	c.send("textDocument/codeAction", map[string]any{
		"textDocument": map[string]any{"uri": uri(cl.file)},
		"range":        selection,
		"context":      context,
	}, &actions)
	if cl.verb == "fixAll" {
		if len(actions) != 1 || *actions[0].Kind != "source.fixAll.prefect" {
			c.errorf(cl, "%d actions, want the one that fixes all", len(actions))
			return
		}
		c.compare(cl, cl.arguments[0], c.apply(cl.file, actions[0].Edit.Changes[uri(cl.file)]))
		return
	}
	var titles strings.Builder
	for _, a := range actions {
		if cl.verb == "fixes" && a.Title == cl.arguments[0] {
			if edits, own := a.Edit.Changes[uri(cl.file)]; own {
				c.compare(cl, cl.arguments[1], c.apply(cl.file, edits))
			} else {
				c.compare(cl, cl.arguments[1], c.applyAll(*a.Edit))
			}
			return
		}
		mark := " "
		if a.IsPreferred != nil && *a.IsPreferred {
			mark = "*"
		}
		fmt.Fprintf(&titles, "%s %s\n", mark, a.Title)
	}
	if cl.verb == "fixes" {
		c.errorf(cl, "no action %q among\n%s", cl.arguments[0], titles.String())
		return
	}
	c.compare(cl, cl.arguments[0], titles.String())
}

func (c *checker) compare(cl claim, name, got string) {
	c.t.Helper()
	want, ok := c.golden[name]
	if !ok {
		c.t.Fatalf("%s:%d: there is no section @%s", cl.file, cl.line, name)
	}
	delete(c.unused, name)
	got = strings.TrimRight(got, "\n") + "\n"
	if os.Getenv("UPDATE") != "" {
		want.Data = []byte(got)
	}
	if string(want.Data) != got {
		c.errorf(cl, "got\n%s\nwant\n%s", got, want.Data)
	}
}

func (c *checker) errorf(cl claim, format string, args ...any) {
	c.t.Helper()
	c.t.Errorf("%s:%d: %s %q: %s", cl.file, cl.line, cl.verb, cl.place, fmt.Sprintf(format, args...))
}
