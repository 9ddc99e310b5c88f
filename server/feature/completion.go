package feature

import (
	"fmt"
	"strings"

	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Completion offers what can stand under the cursor: tables in a header, names where a key is written, values behind "=".
func Completion(snap *session.Snapshot, params *lsp.CompletionParams) (any, error) {
	list := lsp.CompletionList{Items: []lsp.CompletionItem{}}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return list, nil
	}
	c := cursorAt(doc, doc.Map.Offset(params.Position))
	items := completions{cursor: c, snap: snap, place: doc.Map.Range(c.word), list: list.Items}
	switch c.writing {
	case header:
		items.addTables()
	case name:
		items.addNames()
	case value:
		items.addValues()
	}
	list.Items = items.list
	return list, nil
}

// completions collect what is offered at a cursor.
type completions struct {
	cursor
	snap  *session.Snapshot
	place lsp.Range // of the word
	list  []lsp.CompletionItem
}

// An offer is one text that can take the word's place.
type offer struct {
	label, detail string
	kind          lsp.CompletionItemKind
	text          string // what is inserted
	snippet       string // the same with tab stops, if there is something to fill in
}

// add offers something. The returned item lives until the next one is added.
func (c *completions) add(o offer) *lsp.CompletionItem {
	item := lsp.CompletionItem{Label: o.label, Kind: &o.kind}
	if c.snap.Client.Snippets && o.snippet != "" {
		o.text = o.snippet
		item.InsertTextFormat = new(lsp.InsertTextFormatSnippet)
	}
	item.TextEdit = lsp.TextEdit{Range: c.place, NewText: o.text}
	if o.detail != "" {
		item.Detail = &o.detail
	}
	switch {
	case c.writing != name:
		item.SortText = new(fmt.Sprintf("%03d", len(c.list))) // the likeliest first, not in the order of the alphabet
	case strings.HasPrefix(c.word.Of(c.Text), `"`):
		item.FilterText = new(`"` + o.label) // or no editor finds what begins with the quote that is there
	}
	c.list = append(c.list, item)
	return &c.list[len(c.list)-1]
}

// placeholder is a tab stop that holds s, to be typed over.
func placeholder(s string) string {
	return "${1:" + escape(s, `\$}`) + "}"
}

// choice is a tab stop that offers the options.
func choice(options []string) string {
	escaped := make([]string, len(options))
	for i, option := range options {
		escaped[i] = escape(option, `\,|`)
	}
	return "${1|" + strings.Join(escaped, ",") + "|}"
}

// escape puts a backslash before each of the special characters in s.
func escape(s, special string) string {
	if !strings.ContainsAny(s, special) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(special, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// spaceAfterEquals is what to put in front of a value that a TOML file has right behind its "=".
func (c *cursor) spaceAfterEquals() string {
	if c.File.TOML != nil && c.quote == "" && c.word.Start > 0 && c.Text[c.word.Start-1] == '=' {
		return " "
	}
	return ""
}
