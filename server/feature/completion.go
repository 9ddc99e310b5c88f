package feature

import (
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Completion offers what can stand under the cursor: names where a key is written, values behind "=".
// It looks at the line as it is, so that it works while the line is still broken.
func Completion(snap *session.Snapshot, params *lsp.CompletionParams) (any, error) {
	list := &lsp.CompletionList{Items: []lsp.CompletionItem{}}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return list, nil
	}
	p := placeAt(doc, doc.Map.Offset(params.Position))
	switch {
	case p.inComment:
	case p.inHeader:
		list.Items = headers(doc, p)
	case p.inValue:
		list.Items = values(snap, doc, p)
	default:
		list.Items = names(snap, doc, p)
	}
	return list, nil
}

// A place is what surrounds the cursor on its line.
type place struct {
	table     []string  // the TOML table that the line belongs to
	key       string    // what stands in front of "=", if the cursor is behind it
	word      text.Span // what a completion replaces
	quote     string    // the quote that opens the word, if any
	inComment bool
	inHeader  bool
	inValue   bool
	assigned  bool // "=" follows the word
	closed    bool // the quote is closed behind the word
}

func placeAt(doc *session.Document, offset int) place {
	source := doc.Text
	line := doc.Map.Lines.Span(doc.Map.Lines.At(offset))
	before := source[line.Start:offset]
	p := place{table: headerAt(doc.File, line.Start)}
	start := line.Start + len(before) - len(strings.TrimLeft(before, " \t"))
	if doc.File.Kind == profiles.DotEnv {
		if rest, ok := strings.CutPrefix(source[start:offset], "export "); ok {
			start = offset - len(strings.TrimLeft(rest, " \t"))
		}
	}
	switch head := source[start:offset]; {
	case strings.HasPrefix(head, "#"):
		p.inComment = true
	case strings.HasPrefix(head, "[") && doc.File.Kind != profiles.DotEnv:
		p.inHeader = true
		p.word = text.Span{Start: start + len(head) - len(strings.TrimLeft(head, "[")), End: wordEnd(source, offset, line.End, "] \t#")}
	case strings.Contains(head, "="):
		p.readValue(source, start+strings.IndexByte(head, '=')+1, start, offset, line.End)
	default:
		p.word = text.Span{Start: start, End: wordEnd(source, offset, line.End, "= \t#\"'")}
		p.assigned = strings.HasPrefix(strings.TrimLeft(source[p.word.End:line.End], " \t"), "=")
	}
	return p
}

func (p *place) readValue(source string, at, key, offset, end int) {
	p.inValue = true
	p.key = strings.Trim(source[key:at-1], " \t\"'")
	for at < offset && (source[at] == ' ' || source[at] == '\t') {
		at++
	}
	p.word = text.Span{Start: at, End: max(offset, len(strings.TrimRight(source[:wordEnd(source, offset, end, "#")], " \t")))}
	written := source[at:offset]
	if written == "" || written[0] != '"' && written[0] != '\'' {
		return
	}
	p.quote = written[:1]
	p.word.Start++
	p.inComment = strings.Contains(written[1:], p.quote) // behind the closing quote
	if i := strings.Index(source[offset:end], p.quote); i >= 0 {
		p.word.End, p.closed = offset+i, true
	}
}

// wordEnd is where the word that offset stands in ends: at one of the stops or the line's end.
func wordEnd(source string, offset, end int, stops string) int {
	if i := strings.IndexAny(source[offset:end], stops); i >= 0 {
		return offset + i
	}
	return end
}

// names offers the settings that the table does not have yet.
func names(snap *session.Snapshot, doc *session.Document, p place) []lsp.CompletionItem {
	prefix, ok := tablePrefix(doc.File.Kind, p.table)
	items := []lsp.CompletionItem{}
	if !ok {
		return items
	}
	if doc.File.Kind == profiles.ProfilesTOML && len(p.table) == 0 {
		if doc.File.Active == nil {
			items = append(items, item(doc, p, "active", lsp.CompletionItemKindProperty, "the profile to use", assignment(snap, p, `active = "`, `"`)))
		}
		return items
	}
	present := presentIn(doc.File, p)
	range_ := doc.Map.Range(p.word)
	for i := range settings.All() {
		s := &settings.All()[i]
		name, below := strings.CutPrefix(nameIn(doc.File.Kind, s), prefix)
		if !below || present[s] {
			continue
		}
		items = append(items, lsp.CompletionItem{
			Label:            name,
			Kind:             new(lsp.CompletionItemKindProperty),
			Detail:           new(string(s.Kind)),
			FilterText:       new(name),
			InsertTextFormat: format(snap, p),
			TextEdit:         lsp.TextEdit{Range: range_, NewText: assign(snap, doc.File.Kind, p, name, s)},
			Data:             s.Name,
		})
	}
	return items
}

// tablePrefix is what the paths of the settings that may stand in a table begin with; false where none may.
func tablePrefix(kind profiles.Kind, table []string) (string, bool) {
	switch kind {
	case profiles.ProfilesTOML:
		return "", len(table) == 0 || len(table) == 2 && table[0] == "profiles"
	case profiles.PyProject:
		if len(table) < 2 || table[0] != "tool" || table[1] != "prefect" {
			return "", false
		}
		table = table[2:]
	}
	if len(table) == 0 {
		return "", true
	}
	return strings.Join(table, ".") + ".", true
}

// presentIn are the settings that already have a value beside the line that is being completed.
func presentIn(f *profiles.File, p place) map[*settings.Setting]bool {
	present := map[*settings.Setting]bool{}
	for i := range f.Entries {
		e := &f.Entries[i]
		if e.Setting == nil || e.Key.Overlaps(p.word) {
			continue
		}
		if f.Kind != profiles.ProfilesTOML || len(p.table) == 2 && e.Profile == p.table[1] {
			present[e.Setting] = true
		}
	}
	return present
}

// assign is the text that sets a setting, with a place for its value.
func assign(snap *session.Snapshot, kind profiles.Kind, p place, name string, s *settings.Setting) string {
	switch {
	case p.assigned:
		return name
	case kind == profiles.DotEnv:
		return assignment(snap, p, name+"=", "")
	case kind == profiles.ProfilesTOML || isText(s):
		return assignment(snap, p, name+` = "`, `"`)
	}
	return assignment(snap, p, name+" = ", "")
}

func assignment(snap *session.Snapshot, p place, before, after string) string {
	switch {
	case p.assigned:
		return strings.TrimRight(before, ` ="`)
	case snap.Client.Snippets:
		return before + "$0" + after
	}
	return before + after
}

func format(snap *session.Snapshot, p place) *lsp.InsertTextFormat {
	if snap.Client.Snippets && !p.assigned {
		return new(lsp.InsertTextFormatSnippet)
	}
	return new(lsp.InsertTextFormatPlainText)
}

// isText reports whether the setting's value is written in quotes where TOML has types.
func isText(s *settings.Setting) bool {
	switch s.Kind {
	case settings.Boolean, settings.Integer, settings.Number:
		return false
	}
	return true
}

func item(doc *session.Document, p place, label string, kind lsp.CompletionItemKind, detail, insert string) lsp.CompletionItem {
	return lsp.CompletionItem{
		Label:            label,
		Kind:             new(kind),
		Detail:           new(detail),
		FilterText:       new(label),
		InsertTextFormat: new(lsp.InsertTextFormatPlainText),
		TextEdit:         lsp.TextEdit{Range: doc.Map.Range(p.word), NewText: insert},
	}
}

// headers offers the tables of a profiles.toml: one for each profile that Prefect brings along and the file lacks.
func headers(doc *session.Document, p place) []lsp.CompletionItem {
	items := []lsp.CompletionItem{}
	var paths []string
	switch doc.File.Kind {
	case profiles.ProfilesTOML:
		for _, name := range profiles.BundledNames() {
			if _, defined := doc.File.Lookup(name); !defined {
				paths = append(paths, "profiles."+name)
			}
		}
	case profiles.PrefectTOML, profiles.PyProject:
		for _, g := range settings.Groups() {
			path := g.Path
			if doc.File.Kind == profiles.PyProject {
				path = "tool.prefect." + path
			}
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		items = append(items, item(doc, p, path, lsp.CompletionItemKindModule, "table", path))
	}
	return items
}
