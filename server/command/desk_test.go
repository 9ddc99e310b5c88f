package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// A fakeEditor has files open, and makes the edits that it is asked for.
type fakeEditor struct {
	*session.Session
	typed     []string          // what the person makes of the text, each just before an edit arrives, which then does not fit
	late      chan func() error // takes what tells of a change after the answer to an edit; nil for what comes before it
	deaf      bool              // it makes no edits of others
	titles    []string          // of the edits
	untouched bool              // each edit left the first line alone
	written   []string
}

func (e *fakeEditor) Copy(string) error { return errors.ErrUnsupported }

func (e *fakeEditor) Written(path string) { e.written = append(e.written, path) }

func (e *fakeEditor) ApplyEdit(_ context.Context, title string, edit lsp.WorkspaceEdit) (bool, error) {
	if e.deaf {
		return false, errors.ErrUnsupported
	}
	e.titles = append(e.titles, title)
	var uri string
	var edits []any
	for _, change := range edit.DocumentChanges {
		change := change.(lsp.TextDocumentEdit)
		uri, edits = change.TextDocument.URI, change.Edits
		if *change.TextDocument.Version != e.Snapshot().Document(uri).Version {
			return false, nil
		}
	}
	for changed, list := range edit.Changes {
		uri = changed
		for _, one := range list {
			edits = append(edits, one)
		}
	}
	version := e.Snapshot().Document(uri).Version + 1
	if len(e.typed) > 0 {
		_, err := e.Change(uri, version, []any{lsp.TextDocumentContentChangeEventWhole{Text: e.typed[0]}})
		e.typed = e.typed[1:]
		return false, err
	}
	e.untouched = true
	var changes []any
	for _, one := range slices.Backward(edits) {
		one := one.(lsp.TextEdit)
		e.untouched = e.untouched && one.Range.Start.Line > 0
		changes = append(changes, lsp.TextDocumentContentChangeEvent{Range: &one.Range, Text: one.NewText})
	}
	if e.late != nil {
		e.late <- func() error {
			_, err := e.Change(uri, version, changes)
			return err
		}
		return true, nil
	}
	_, err := e.Change(uri, version, changes)
	return true, err
}

// openIn opens the home's profiles.toml with a text in an editor.
func openIn(t *testing.T, h home, text string) (*fakeEditor, string) {
	t.Helper()
	e := &fakeEditor{Session: session.New(h.environment(), session.ReadDisk)}
	e.Connect(session.Client{Encoding: protocol.UTF16, DocumentChanges: true}, nil)
	uri := protocol.URIOf(h.file)
	e.Open(uri, "toml", 7, text)
	return e, uri
}

func wantText(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", path, got, err, want)
	}
}

const (
	twoProfiles = "# ü\nactive = \"a\"\n[profiles.a]\n[profiles.b]\n"
	usingB      = "# ü\nactive = \"b\"\n[profiles.a]\n[profiles.b]\n"
)

func TestWriteInTheEditor(t *testing.T) {
	h := newHome(t, "symlink", new("old = 1\n"))
	editor, uri := openIn(t, h, twoProfiles)
	editor.typed = []string{"# ü\n# typed\nactive = \"a\"\n[profiles.b]\n"}
	desk := h.desk(nil)
	desk.Editor = editor
	written, err := desk.Write(t.Context(), h.target, useProfile("b")) // by its other name
	if err != nil || !written.Changed || !written.Unsaved {
		t.Fatal(written, err)
	}
	if got := editor.Snapshot().Document(uri).Text; got != "# ü\n# typed\nactive = \"b\"\n[profiles.b]\n" || !editor.untouched {
		t.Errorf("the editor has %q", got)
	}
	wantText(t, h.target, "old = 1\n")
	if again, err := desk.Write(t.Context(), h.file, useProfile("b")); err != nil || again.Changed || !again.Unsaved || len(editor.titles) != 2 {
		t.Errorf("%v, %v after %q", again, err, editor.titles)
	}
	must(t, os.WriteFile(h.target, []byte(editor.Snapshot().Document(uri).Text), 0o600))
	if saved, err := desk.Write(t.Context(), h.file, useProfile("b")); err != nil || saved.Changed || saved.Unsaved {
		t.Error(saved, err)
	}
	must(t, os.WriteFile(h.target, []byte("old = 1\n"), 0o600))
	if result, err := Undo(t.Context(), desk, protocol.CommandParams{}); err != nil || !result.Unsaved {
		t.Error(result, err)
	}
	if got := editor.Snapshot().Document(uri).Text; got != "# ü\n# typed\nactive = \"a\"\n[profiles.b]\n" {
		t.Errorf("the editor has %q", got)
	}
}

// TestWriteInALateEditor makes two changes for an editor that does not check versions and tells of a change after it has said so.
func TestWriteInALateEditor(t *testing.T) {
	h := newHome(t, "plain", new(twoProfiles))
	editor, uri := openIn(t, h, twoProfiles)
	editor.Connect(session.Client{Encoding: protocol.UTF16}, nil)
	editor.late = make(chan func() error, 1)
	told := make(chan error, 2)
	go func() {
		for tell := range editor.late {
			told <- tell()
		}
	}()
	desk := h.desk(nil)
	desk.Editor = editor
	for _, change := range []Change{createProfile("c"), createProfile("d")} {
		if _, err := desk.Write(t.Context(), h.file, change); err != nil {
			t.Fatal(err)
		}
	}
	must(t, errors.Join(<-told, <-told))
	close(editor.late)
	if got := editor.Snapshot().Document(uri).Text; got != twoProfiles+"\n[profiles.c]\n\n[profiles.d]\n" {
		t.Errorf("the editor has %q", got)
	}
}

func TestWriteInAnEditorThatNeverRests(t *testing.T) {
	h := newHome(t, "plain", new(twoProfiles))
	editor, _ := openIn(t, h, twoProfiles)
	for range 2 * editorTries {
		editor.typed = append(editor.typed, twoProfiles)
	}
	desk := h.desk(nil)
	desk.Editor = editor
	if _, err := desk.Write(t.Context(), h.file, useProfile("b")); err == nil || len(editor.titles) != editorTries {
		t.Errorf("%v after %d tries", err, len(editor.titles))
	}
	wantText(t, h.file, twoProfiles)
}

func TestWriteForADeafEditor(t *testing.T) {
	h := newHome(t, "plain", new(twoProfiles))
	editor, uri := openIn(t, h, twoProfiles)
	editor.deaf = true
	desk := h.desk(nil)
	desk.Editor = editor
	if written, err := desk.Write(t.Context(), h.file, useProfile("b")); err != nil || written.Unsaved {
		t.Error(written, err)
	}
	wantText(t, h.file, usingB)
	if !slices.Equal(editor.written, []string{h.file}) {
		t.Errorf("the editor was told of %q", editor.written)
	}
	if _, err := editor.Change(uri, 8, []any{lsp.TextDocumentContentChangeEventWhole{Text: "unsaved = 1\n"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Write(t.Context(), h.file, createProfile("c")); err == nil || !strings.Contains(err.Error(), "save profiles.toml first") {
		t.Error(err)
	}
	wantText(t, h.file, usingB)
}

func TestUndo(t *testing.T) {
	h := newHome(t, "0644", nil)
	desk := h.desk(nil)
	undo := func(want string) {
		t.Helper()
		if result, err := Undo(t.Context(), desk, protocol.CommandParams{}); err != nil || !result.Done || result.Message != want {
			t.Errorf("%+v, %v; want %q", result, err, want)
		}
	}
	refused := func(want string) {
		t.Helper()
		if _, err := Undo(t.Context(), desk, protocol.CommandParams{}); err == nil || err.Error() != want {
			t.Errorf("%v, want %q", err, want)
		}
	}
	refused("there is nothing to undo")
	for _, change := range []Change{createProfile("a"), createProfile("b"), useProfile("b"), useProfile("b")} {
		if _, err := desk.Write(t.Context(), h.file, change); err != nil {
			t.Fatal(err)
		}
	}
	theirs := "# theirs\nactive = \"b\"\n"
	before, err := os.ReadFile(h.file)
	if err := errors.Join(err, os.WriteFile(h.file, []byte(theirs), 0o600)); err != nil {
		t.Fatal(err)
	}
	refused("profiles.toml has been changed since and was left as it is")
	wantText(t, h.file, theirs)
	if err := os.Remove(h.file); err != nil {
		t.Fatal(err)
	}
	refused("profiles.toml has been changed since and was left as it is")
	if err := os.WriteFile(h.file, before, 0o600); err != nil {
		t.Fatal(err)
	}
	undo("Undone: Use profile 'b'.")
	wantText(t, h.file, "[profiles.a]\n\n[profiles.b]\n")
	undo("Undone: Create profile 'b'.")
	undo("Undone: Create profile 'a'.")
	if _, err := os.Stat(h.file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file that was made is still there: %v", err)
	}
	refused("there is nothing to undo")
}

// TestUndoInTheEditor takes back changes of a file that is open, of which the disk may know or not.
func TestUndoInTheEditor(t *testing.T) {
	for disk, want := range map[string]string{
		twoProfiles: "Undone: Use profile 'b'.",
		usingB:      "Undone: Use profile 'b'. Save profiles.toml to make it count.",
	} {
		h := newHome(t, "plain", new(twoProfiles))
		editor, _ := openIn(t, h, twoProfiles)
		desk := h.desk(nil)
		desk.Editor = editor
		_, err := desk.Write(t.Context(), h.file, useProfile("b"))
		must(t, errors.Join(err, os.WriteFile(h.file, []byte(disk), 0o600)))
		if result, err := Undo(t.Context(), desk, protocol.CommandParams{}); err != nil || result.Message != want || result.Unsaved != (disk == usingB) {
			t.Errorf("%+v, %v; want %q", result, err, want)
		}
	}
}

// A scripted person answers with what is next.
type scripted struct {
	silent
	answers []string
	asked   []string
	said    []Message
}

func (s *scripted) next(question string) (string, error) {
	s.asked = append(s.asked, question)
	if len(s.answers) == 0 {
		return "", ErrDismissed
	}
	answer := s.answers[0]
	s.answers = s.answers[1:]
	return answer, nil
}

func (s *scripted) Pick(_ context.Context, question protocol.PickParams) (string, error) {
	text := question.Title + ":"
	for _, item := range question.Items {
		text += " " + strings.TrimSpace(item.Label+" "+item.Description)
	}
	return s.next(text)
}

func (s *scripted) Input(_ context.Context, question protocol.InputParams) (string, error) {
	return s.next(strings.TrimSpace(question.Title + ": " + question.Prompt + " " + question.Problem))
}

func (s *scripted) Say(_ context.Context, message Message) { s.said = append(s.said, message) }

// TestDeeds is what people are asked, and told.
func TestDeeds(t *testing.T) {
	text := twoProfiles + "PREFECT_API_KEY = \"" + someKey + "\"\nPREFECT_API_URL = \"http://b/api\"\n"
	dev := "dev"
	for name, test := range map[string]struct {
		command string
		params  protocol.CommandParams
		answers []string
		pinned  *string
		env     string // the text of .env
		asked   []string
		said    string
		offered []string // besides to undo it
		fails   string
	}{
		"use": {command: protocol.CommandUseProfile, answers: []string{"b"},
			asked: []string{"Switch to profile: a active b ephemeral local test"}, said: "Profile 'b' is active now."},
		"use the active": {command: protocol.CommandUseProfile, params: protocol.CommandParams{Profile: "a"}, said: "Profile 'a' is active already."},
		"use against a variable": {command: protocol.CommandUseProfile, params: protocol.CommandParams{Profile: "b"}, pinned: &dev,
			said: "Profile 'b' is active now. Here PREFECT_PROFILE in the environment names 'dev', which counts."},
		"use against .env": {command: protocol.CommandUseProfile, params: protocol.CommandParams{Profile: "b"}, env: "\nPREFECT_API_URL=http://e/api\n",
			said: "Profile 'b' is active now. Here .env:2 decides where code runs, and not the profile."},
		"use nothing":         {command: protocol.CommandUseProfile, asked: []string{"Switch to profile: a active b ephemeral local test"}},
		"use what is missing": {command: protocol.CommandUseProfile, params: protocol.CommandParams{Profile: "c"}, fails: "there is no profile 'c'"},
		"create": {command: protocol.CommandCreateProfile, answers: []string{" ", "a", "c"},
			asked: []string{"New profile: Name of the profile", "New profile: Name of the profile A profile needs a name, on one line.",
				"New profile: Name of the profile There is a profile 'a' already."}, said: "Created profile 'c'.", offered: []string{"Open profiles.toml"}},
		"duplicate": {command: protocol.CommandDuplicateProfile, answers: []string{"b", "c"},
			asked: []string{"Duplicate profile: a active b", "Duplicate profile 'b' as: Name of the profile"}, said: "Created profile 'c' with the settings of 'b'."},
		"extract": {command: protocol.CommandExtractProfile, params: protocol.CommandParams{Profile: "b", Settings: []string{"PREFECT_API_KEY", "PREFECT_API_URL"}}, answers: []string{"c"},
			asked: []string{"Extract settings of profile 'b' to a new one: Name of the profile"},
			said:  "Moved PREFECT_API_KEY, PREFECT_API_URL from profile 'b' to the new profile 'c'."},
		"rename": {command: protocol.CommandRenameProfile, params: protocol.CommandParams{Profile: "a", Name: "c"}, pinned: new("a"),
			said: "Renamed profile 'a' to 'c'. PREFECT_PROFILE in the environment still says 'a': change it, too."},
		"delete": {command: protocol.CommandDeleteProfile, params: protocol.CommandParams{Profile: "b"}, said: "Deleted profile 'b'."},
		"delete the active": {command: protocol.CommandDeleteProfile, answers: []string{"a", "b"},
			asked: []string{"Delete profile: a active b", "Profile 'a' is active. Which one to use instead?: b ephemeral local test"}, said: "Deleted profile 'a'. Profile 'b' is active now."},
		"delete the active and nothing instead": {command: protocol.CommandDeleteProfile, params: protocol.CommandParams{Profile: "a"},
			asked: []string{"Profile 'a' is active. Which one to use instead?: b ephemeral local test"}},
		"delete what a variable names": {command: protocol.CommandDeleteProfile, params: protocol.CommandParams{Profile: "b"}, pinned: new("b"),
			fails: "profile 'b' is in use: PREFECT_PROFILE in the environment names it. Unset the variable first"},
		"log out with a key in .env": {command: protocol.CommandLogout, params: protocol.CommandParams{Profile: "b"}, env: "PREFECT_API_KEY=pnu_x\n",
			said: "Logged out of profile 'b': its API key and URL are gone from the file. Here .env:1 still gives a key."},
		"log out": {command: protocol.CommandLogout, answers: []string{"b"}, asked: []string{"Log out of profile: b"},
			said: "Logged out of profile 'b': its API key and URL are gone from the file."},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHome(t, "plain", &text)
			if test.env != "" {
				must(t, os.WriteFile(filepath.Join(h.root, "work", ".env"), []byte(test.env), 0o600))
			}
			person, desk := &scripted{answers: test.answers}, h.desk(test.pinned)
			desk.Person = person
			result, err := desk.Do(t.Context(), Deeds()[test.command], test.params)
			if !slices.Equal(person.asked, test.asked) {
				t.Errorf("was asked %q", person.asked)
			}
			if test.fails != "" || err != nil {
				if err == nil || err.Error() != test.fails {
					t.Errorf("%v, want %q", err, test.fails)
				}
				return
			}
			if result.Done != (test.said != "") || result.Message != test.said || test.said != "" && person.said[0].Text != test.said {
				t.Errorf("%+v, said %+v, want %q", result, person.said, test.said)
			}
			if !result.Done || strings.Contains(result.Message, "already") {
				wantText(t, h.file, text)
				return
			}
			var offered []string
			for _, action := range person.said[0].Actions {
				offered = append(offered, action.Title)
			}
			if result.Path != h.file || !slices.Equal(offered, append([]string{"Undo"}, test.offered...)) {
				t.Fatalf("%+v, offered %q", result, offered)
			}
			must(t, person.said[0].Actions[0].Do(t.Context()))
			wantText(t, h.file, text)
		})
	}
}

// TestLogoutOfNothing is told so, and not that there are no profiles.
func TestLogoutOfNothing(t *testing.T) {
	h := newHome(t, "plain", new(twoProfiles))
	_, err := Logout(t.Context(), h.desk(nil), protocol.CommandParams{})
	if want := "no profile has an API key, so that there is nothing to log out of"; err == nil || err.Error() != want {
		t.Errorf("%v, want %q", err, want)
	}
}

// TestProfilesSavedElsewhere uses a profile where the prefect command keeps profiles in another file than the one that counts.
func TestProfilesSavedElsewhere(t *testing.T) {
	h := newHome(t, "plain", new(twoProfiles))
	other := filepath.Join(h.root, "other")
	must(t, os.WriteFile(filepath.Join(h.root, "work", ".env"), []byte("PREFECT_HOME="+other+"\n"), 0o600))
	result, err := UseProfile(t.Context(), h.desk(nil), protocol.CommandParams{Profile: "local"})
	want := "Profile 'local' is active now. It is in " + filepath.Join(other, "profiles.toml") +
		", where the prefect command keeps profiles; but what counts here is read from " + h.file + "."
	if err != nil || result.Message != want {
		t.Errorf("%q, %v; want %q", result.Message, err, want)
	}
	wantText(t, h.file, twoProfiles)
}
