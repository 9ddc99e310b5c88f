package feature

import (
	"strings"

	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// remedy is the action for a fix, which may be one that no edit of a file of Prefect makes. It reports false where this client cannot
// do it.
func remedy(snap *session.Snapshot, doc *session.Document, fix rules.Fix) (lsp.CodeAction, bool) {
	a := lsp.CodeAction{Title: fix.Title, Kind: new(lsp.CodeActionKindQuickFix)}
	switch fix.Remedy {
	case 0:
		return action(snap, doc, lsp.CodeActionKindQuickFix, fix), true
	case rules.IgnoreInGit:
		a.Edit = ignoreInGit(snap, snap.Exposure(doc.Path).Ignore)
		return a, a.Edit != nil
	case rules.RestrictMode:
		a.Command = commandOf(fix.Title, protocol.CommandRestrictMode, protocol.CommandParams{URI: doc.URI})
		return a, snap.Client.Commands
	}
	return a, false
}

// ignoreInGit adds the line to a .gitignore, which is created if need be. It is nil where the client creates no files.
func ignoreInGit(snap *session.Snapshot, file *session.IgnoreFile) *lsp.WorkspaceEdit {
	if file == nil {
		return nil
	}
	edit, uri := &lsp.WorkspaceEdit{}, protocol.URIOf(file.Path)
	if file.Text == nil {
		if !snap.Client.CreateFiles {
			return nil
		}
		edit.DocumentChanges = []any{lsp.CreateFile{Kind: "create", URI: uri, Options: &lsp.CreateFileOptions{IgnoreIfExists: new(true)}}}
		add(snap, edit, uri, nil, []lsp.TextEdit{{NewText: file.Line + "\n"}})
		return edit
	}
	now, version := *file.Text, (*lsp.Integer)(nil)
	if doc := snap.Document(uri); doc != nil && doc.Open {
		now, version = doc.Text, &doc.Version
	}
	line := file.Line + text.LineEnd(now)
	if now != "" && !strings.HasSuffix(now, "\n") {
		line = text.LineEnd(now) + line
	}
	end := protocol.NewMapper(now, snap.Client.Encoding).Position(len(now))
	add(snap, edit, uri, version, []lsp.TextEdit{{Range: lsp.Range{Start: end, End: end}, NewText: line}})
	return edit
}
