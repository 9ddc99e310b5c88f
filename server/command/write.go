package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// Written says what became of a change.
type Written struct {
	Path    string
	Changed bool // false where the file said so already
	Unsaved bool // the change is in the editor, and counts once the person saves the file
}

// Write makes a change to the file at path. Where the editor has it open, the editor makes the edits; else the file is replaced at
// once, as [session.Write] says. Nothing is written to a file that does not parse, or if the new text would mean anything else
// than was meant. What was written can be undone.
func (d *Desk) Write(ctx context.Context, path string, change Change) (Written, error) {
	done, err := d.write(ctx, path, change.Title, func(old *string) (*string, error) {
		next, err := change.apply(path, old)
		if err != nil || old == nil && next == "" {
			return nil, err
		}
		return &next, nil
	})
	if err != nil {
		return Written{}, err
	}
	if done.Changed() {
		d.undo.push(done)
	}
	return Written{Path: path, Changed: done.Changed(), Unsaved: done.open && !isSaved(path, *done.After)}, nil
}

// A step is one change that was made to a file.
type step struct {
	title string
	path  string
	open  bool // in the editor
	session.Written
}

// write rewrites the file at path, in the editor or on disk.
func (d *Desk) write(ctx context.Context, path, title string, rewrite session.Rewrite) (step, error) {
	done := step{title: title, path: path}
	err := d.mayRewrite(ctx, path, rewrite)
	if err != nil {
		return step{}, err
	}
	if doc := d.open(path); doc != nil {
		done.Written, err = d.writeOpen(ctx, doc.URI, title, rewrite)
		done.open = err == nil
	} else {
		err = errors.ErrUnsupported
	}
	if errors.Is(err, errors.ErrUnsupported) {
		done.Written, err = session.Write(ctx, path, rewrite)
		if err == nil && d.Editor != nil && done.Changed() {
			d.Editor.Written(path)
		}
	}
	return done, err
}

// open is the document that the editor has of the file at path, or nil.
func (d *Desk) open(path string) *session.Document {
	if d.Editor == nil {
		return nil
	}
	for _, doc := range d.Editor.Snapshot().Documents() {
		if doc.Open && doc.Path != "" && isSameFile(doc.Path, path) {
			return doc
		}
	}
	return nil
}

// isSameFile reports whether two paths lead to the same place, be there a file or not.
func isSameFile(a, b string) bool {
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// How often the editor is asked for an edit, and how long a newer text is waited for in between.
const (
	editorTries = 5
	editorPause = 2 * time.Second
)

// writeOpen has the editor change a file that it has open. The error is [errors.ErrUnsupported] for an editor that does not do so,
// if all it has is saved.
func (d *Desk) writeOpen(ctx context.Context, uri, title string, rewrite session.Rewrite) (session.Written, error) {
	for range editorTries {
		snap := d.Editor.Snapshot()
		doc := snap.Document(uri)
		if doc == nil || !doc.Open {
			return session.Written{}, errors.ErrUnsupported // it was closed meanwhile: the disk counts
		}
		next, err := rewrite(&doc.Text)
		if err != nil {
			return session.Written{}, err
		}
		if next == nil { // undoing its creation; the editor's text is the person's to throw away
			next = new("")
		}
		if *next == doc.Text {
			return session.Written{Before: &doc.Text, After: next}, nil
		}
		applied, err := d.Editor.ApplyEdit(ctx, title, workspaceEdit(snap, doc, *next))
		switch {
		case errors.Is(err, errors.ErrUnsupported) && isSaved(doc.Path, doc.Text):
			return session.Written{}, err
		case errors.Is(err, errors.ErrUnsupported):
			return session.Written{}, fmt.Errorf("save %s first: your editor lets nobody else change it", filepath.Base(doc.Path))
		case err != nil:
			return session.Written{}, err
		case applied:
			d.awaitChange(ctx, doc)
			return session.Written{Before: &doc.Text, After: next}, nil
		}
		select {
		case <-snap.Superseded():
		case <-ctx.Done():
			return session.Written{}, ctx.Err()
		case <-time.After(editorPause):
		}
	}
	return session.Written{}, fmt.Errorf("the editor did not change %s", protocol.NameOf(uri))
}

// awaitChange returns once the editor has told of a text other than the one that it was just made to change, so that the next edit is
// not made for what is outdated.
func (d *Desk) awaitChange(ctx context.Context, before *session.Document) {
	late := time.After(editorPause)
	for {
		snap := d.Editor.Snapshot()
		if now := snap.Document(before.URI); now == nil || !now.Open || now.Text != before.Text {
			return
		}
		select {
		case <-snap.Superseded():
		case <-ctx.Done():
			return
		case <-late:
			return
		}
	}
}

func isSaved(path, text string) bool {
	saved, ok := session.ReadDisk(path)
	return ok && saved == text
}

// workspaceEdit turns the text of a document into next.
func workspaceEdit(snap *session.Snapshot, doc *session.Document, next string) lsp.WorkspaceEdit {
	var edits []lsp.TextEdit
	var versioned []any
	for _, e := range difference(doc.Text, next) {
		edit := lsp.TextEdit{Range: doc.Map.Range(e.Span), NewText: e.New}
		edits, versioned = append(edits, edit), append(versioned, edit)
	}
	if !snap.Client.DocumentChanges {
		return lsp.WorkspaceEdit{Changes: map[string][]lsp.TextEdit{doc.URI: edits}}
	}
	id := lsp.OptionalVersionedTextDocumentIdentifier{Version: &doc.Version}
	id.URI = doc.URI
	return lsp.WorkspaceEdit{DocumentChanges: []any{lsp.TextDocumentEdit{TextDocument: id, Edits: versioned}}}
}
