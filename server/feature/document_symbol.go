package feature

import (
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// DocumentSymbol lists the profiles or tables of a file and the settings in them, as a tree where the client takes one.
func DocumentSymbol(snap *session.Snapshot, params *lsp.DocumentSymbolParams) (any, error) {
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return []lsp.DocumentSymbol{}, nil
	}
	tree := symbols(doc)
	if snap.Client.SymbolTree {
		return tree, nil
	}
	return flat(doc.URI, "", tree, []lsp.SymbolInformation{}), nil
}

// symbols walks the headers and the entries of a file side by side; both are in file order.
func symbols(doc *session.Document) []lsp.DocumentSymbol {
	top := []lsp.DocumentSymbol{}
	if a := doc.File.Active; a != nil {
		top = append(top, symbol(doc, "active", a.Value.Text, lsp.SymbolKindProperty, a.Key.Cover(valueSpan(a.Key, a.Value)), a.Key))
	}
	entries := doc.File.Entries
	take := func(end int, below string) (children []lsp.DocumentSymbol) {
		for len(entries) > 0 && entries[0].Key.Start < end {
			children = append(children, entrySymbol(doc, &entries[0], below))
			entries = entries[1:]
		}
		return children
	}
	for _, t := range tablesOf(doc.File) {
		top = append(top, take(t.span.Start, "")...)
		name, below := headerName(doc.File.Kind, t.key)
		s := symbol(doc, name, "", lsp.SymbolKindNamespace, t.span, t.header)
		s.Children = take(t.span.End, below)
		if isOurs(doc.File.Kind, t.key) {
			top = append(top, s)
		}
	}
	return append(top, take(len(doc.Text)+1, "")...)
}

func isOurs(kind profiles.Kind, key []syntax.KeyPart) bool {
	return kind != profiles.PyProject || len(key) >= 2 && key[0].Text == "tool" && key[1].Text == "prefect"
}

// headerName is what a table is called, and what the whole names of the settings in it begin with.
func headerName(kind profiles.Kind, key []syntax.KeyPart) (name, below string) {
	path := syntax.Names(key)
	if kind == profiles.ProfilesTOML && len(path) > 1 && path[0] == "profiles" {
		return syntax.KeyText(path[1:]), syntax.KeyText(path[1:2]) + "."
	}
	prefix, _ := settingsBelow(kind, path)
	return syntax.KeyText(path), prefix
}

func entrySymbol(doc *session.Document, e *profiles.Entry, below string) lsp.DocumentSymbol {
	name := e.Name
	if e.Profile != "" {
		name = syntax.KeyText([]string{e.Profile}) + "." + name
	}
	value := strings.Join(strings.Fields(shownValue(e)), " ") // on one line
	return symbol(doc, strings.TrimPrefix(name, below), value, lsp.SymbolKindProperty, e.Key.Cover(valueSpan(e.Key, e.Value)), e.Key)
}

// valueSpan is where the value of a key stands; where there is none, the key.
func valueSpan(key text.Span, value syntax.Value) text.Span {
	if value.Kind == syntax.Missing {
		return key
	}
	return value.Span
}

func symbol(doc *session.Document, name, detail string, kind lsp.SymbolKind, span, selection text.Span) lsp.DocumentSymbol {
	s := lsp.DocumentSymbol{Name: name, Kind: kind, Range: doc.Map.Range(span), SelectionRange: doc.Map.Range(selection)}
	if strings.TrimSpace(name) == "" {
		s.Name = `""` // editors refuse a symbol without a name
	}
	if detail != "" {
		s.Detail = &detail
	}
	return s
}

// flat are the symbols of a tree, one after the other, each with the name of what holds it.
func flat(uri, container string, tree []lsp.DocumentSymbol, list []lsp.SymbolInformation) []lsp.SymbolInformation {
	for _, s := range tree {
		information := lsp.SymbolInformation{Name: s.Name, Kind: s.Kind, Location: lsp.Location{URI: uri, Range: s.Range}}
		if container != "" {
			information.ContainerName = &container
		}
		list = flat(uri, s.Name, s.Children, append(list, information))
	}
	return list
}

// A table is a header and what stands below it.
type table struct {
	key    []syntax.KeyPart
	header text.Span
	span   text.Span // from the header to the end of the last statement
}

// tablesOf are the tables of a TOML file, in file order.
func tablesOf(f *profiles.File) []table {
	if f.TOML == nil {
		return nil
	}
	var tables []table
	for i := range f.TOML.Statements {
		s := &f.TOML.Statements[i]
		if s.IsHeader() {
			tables = append(tables, table{s.Key, s.Span, s.Span})
		} else if n := len(tables); n > 0 {
			tables[n-1].span.End = s.Span.End
		}
	}
	return tables
}
