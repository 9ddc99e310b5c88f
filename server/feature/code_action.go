package feature

import (
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/text"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// FixAll is the kind of the action that makes every fix that needs no thought. An editor may run it on save.
const FixAll lsp.CodeActionKind = "source.fixAll.prefect"

// CodeAction offers the fixes of the problems that the selection touches and the commands that solve them, then to leave them as they
// are, then all else that can be done there, and [FixAll].
func CodeAction(snap *session.Snapshot, params *lsp.CodeActionParams) ([]lsp.CodeAction, error) {
	actions := []lsp.CodeAction{}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return actions, nil
	}
	var mending, ignoring []lsp.CodeAction
	if wants(params.Context.Only, lsp.CodeActionKindQuickFix) {
		mending, ignoring = quickFixes(snap, doc, params)
	}
	solving, other := commandActions(snap, doc, params)
	for _, offered := range [][]lsp.CodeAction{mending, solving, ignoring, other} {
		actions = append(actions, offered...)
	}
	if wants(params.Context.Only, FixAll) {
		// Whoever did not ask for it is only shown it where it saves work.
		if edits, fixes := safeEdits(snap, doc); fixes > 1 || fixes == 1 && len(params.Context.Only) > 0 {
			actions = append(actions, action(snap, doc, FixAll, rules.Fix{Title: "Make all safe Prefect fixes", Edits: edits}))
		}
	}
	return actions, nil
}

// quickFixes are those that mend a problem, and those that leave it as it is.
func quickFixes(snap *session.Snapshot, doc *session.Document, params *lsp.CodeActionParams) (mending, ignoring []lsp.CodeAction) {
	add := func(to *[]lsp.CodeAction, p rules.Problem, fix rules.Fix) {
		a, can := remedy(snap, doc, fix)
		if !can {
			return
		}
		a.IsPreferred = new(fix.Preferred)
		a.Diagnostics = shown(doc, p, params.Context.Diagnostics)
		*to = append(*to, a)
	}
	selection := doc.Map.Span(params.Range)
	for _, p := range problems(snap, doc) {
		if !p.Span.Overlaps(selection) || chosen(snap.Settings, p) == 0 {
			continue
		}
		for _, fix := range p.Fixes {
			add(&mending, p, fix)
		}
		if fix, ok := silence(doc, p); ok {
			add(&ignoring, p, fix)
		}
		if fix, ok := ignore(doc, p); ok {
			add(&ignoring, p, fix)
		}
		if slices.Contains(snap.Client.OwnCommands, ignoreRule) {
			title := fmt.Sprintf("Ignore %s in settings", p.Rule.Code)
			ignoring = append(ignoring, lsp.CodeAction{
				Title: title, Kind: new(lsp.CodeActionKindQuickFix), Diagnostics: shown(doc, p, params.Context.Diagnostics),
				Command: commandOf(title, ignoreRule, p.Rule.Code),
			})
		}
	}
	return mending, ignoring
}

func action(snap *session.Snapshot, doc *session.Document, kind lsp.CodeActionKind, fix rules.Fix) lsp.CodeAction {
	uri, version, mapper := doc.URI, new(doc.Version), doc.Map
	if fix.File != nil {
		uri, version, mapper = surroundingOf(snap, doc).at(fix.File)
	}
	changes := make([]lsp.TextEdit, len(fix.Edits))
	for i, e := range fix.Edits {
		changes[i] = lsp.TextEdit{Range: mapper.Range(e.Span), NewText: e.New}
	}
	edit := &lsp.WorkspaceEdit{}
	add(snap, edit, uri, version, changes)
	return lsp.CodeAction{Title: fix.Title, Kind: &kind, Edit: edit}
}

// safeEdits are those of all safe fixes, and how many fixes that are.
func safeEdits(snap *session.Snapshot, doc *session.Document) (edits []text.Edit, fixes int) {
	wrong := slices.DeleteFunc(slices.Clone(problems(snap, doc)), func(p rules.Problem) bool { return chosen(snap.Settings, p) == 0 })
	safe := rules.SafeFixes(wrong)
	for _, fix := range safe {
		edits = append(edits, fix.Edits...)
	}
	return edits, len(safe)
}

// silence is the edit that has Prefect, and with it this program, not warn of the API URL of a profile. It reports false for what Prefect
// does not warn of.
func silence(doc *session.Document, p rules.Problem) (rules.Fix, bool) {
	e := doc.File.EntryAt(p.Span.Start)
	if !p.Rule.Silenced || e == nil || e.Profile == "" {
		return rules.Fix{}, false
	}
	edits := doc.File.TOML.Set([]string{"profiles", e.Profile, "PREFECT_SILENCE_API_URL_MISCONFIGURATION"}, `"true"`)
	return rules.Fix{Title: "Silence Prefect's API URL warning for this profile", Edits: edits}, edits != nil
}

// ignore is the edit that silences the problem's rule on its line: by a comment of its own above it, since one behind the value
// could become a part of it while the line is broken. It reports false inside a value of several lines, which has no room for one.
func ignore(doc *session.Document, p rules.Problem) (rules.Fix, bool) {
	lines := doc.Map.Lines
	at := lines.At(p.Span.Start)
	line := lines.Span(at)
	const comment = rules.Directive + "["
	if startsInside(doc.File, line.Start) {
		return rules.Fix{}, false
	}
	fix := rules.Fix{Title: fmt.Sprintf("Ignore %s on this line", p.Rule.Code)}
	if at > 0 {
		above := lines.Span(at - 1)
		if written := above.Of(doc.Text); strings.HasPrefix(strings.TrimSpace(written), comment) {
			if i := strings.IndexByte(written, ']'); i >= 0 {
				fix.Edits = []text.Edit{insertion(above.Start+i, ", "+p.Rule.Code)}
				return fix, true
			}
		}
	}
	written := line.Of(doc.Text)
	unmarked := strings.TrimPrefix(written, "\ufeff")
	indent := unmarked[:len(unmarked)-len(strings.TrimLeft(unmarked, " \t"))]
	fix.Edits = []text.Edit{insertion(line.Start+len(written)-len(unmarked), indent+comment+p.Rule.Code+"]"+text.LineEnd(doc.Text))}
	return fix, true
}

func insertion(at int, s string) text.Edit {
	return text.Edit{Span: text.Span{Start: at, End: at}, New: s}
}

// wants reports whether a client that asks for the kinds in only, or for any if there are none, wants actions of kind.
func wants(only []lsp.CodeActionKind, kind lsp.CodeActionKind) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(k lsp.CodeActionKind) bool {
		return k == "" || k == kind || strings.HasPrefix(kind, k+".")
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
