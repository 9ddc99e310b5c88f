package feature

import (
	"slices"
	"strings"

	"prefect-ls/profiles/rules"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// FixAll is the kind of the action that mends all that can be mended without a thought. An editor may run it on save.
const FixAll lsp.CodeActionKind = "source.fixAll.prefect"

// CodeAction offers the fixes of the problems that the selection touches.
func CodeAction(snap *session.Snapshot, params *lsp.CodeActionParams) ([]lsp.CodeAction, error) {
	actions := []lsp.CodeAction{}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil || !wants(params.Context.Only, lsp.CodeActionKindQuickFix) {
		return actions, nil
	}
	selection := doc.Map.Span(params.Range)
	for _, p := range doc.Problems {
		if !p.Span.Overlaps(selection) || chosen(snap.Settings, p) == 0 {
			continue
		}
		shown := shown(doc, p, params.Context.Diagnostics)
		for _, fix := range p.Fixes {
			actions = append(actions, quickFix(snap, doc, fix, shown))
		}
	}
	return actions, nil
}

func quickFix(snap *session.Snapshot, doc *session.Document, fix rules.Fix, shown []lsp.Diagnostic) lsp.CodeAction {
	changes := make([]lsp.TextEdit, len(fix.Edits))
	for i, e := range fix.Edits {
		changes[i] = lsp.TextEdit{Range: doc.Map.Range(e.Span), NewText: e.New}
	}
	return lsp.CodeAction{
		Title:       fix.Title,
		Kind:        new(lsp.CodeActionKindQuickFix),
		Diagnostics: shown,
		IsPreferred: new(fix.Preferred),
		Edit:        edit(snap, doc, changes),
	}
}

// wants reports whether a client that asks for the kinds in only, or for any if there are none, wants actions of kind.
func wants(only []lsp.CodeActionKind, kind lsp.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k lsp.CodeActionKind) bool {
		return k == "" || k == kind || strings.HasPrefix(string(kind), string(k)+".")
	})
}

// shown are the diagnostics in the editor that stand for the problem.
func shown(doc *session.Document, p rules.Problem, diagnostics []lsp.Diagnostic) []lsp.Diagnostic {
	place := doc.Map.Range(p.Span)
	var same []lsp.Diagnostic
	for _, d := range diagnostics {
		if d.Range == place && d.Code != nil && d.Code.Value == p.Rule.Code {
			same = append(same, d)
		}
	}
	return same
}
