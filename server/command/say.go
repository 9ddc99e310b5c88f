package command

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"prefect-ls/profiles/layers"
	"prefect-ls/protocol"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// say tells the person what a deed has done, and is its result.
func (d *Desk) say(ctx context.Context, result protocol.CommandResult, actions ...Action) protocol.CommandResult {
	result.Done = true
	if result.Unsaved {
		result.Message += fmt.Sprintf(" Save %s to make it count.", filepath.Base(result.Path))
	}
	d.Person.Say(ctx, Message{Type: lsp.MessageTypeInfo, Text: result.Message, Actions: actions})
	return result
}

// finish says that a profiles.toml was changed, with a note on what that means in the folder if it is the one that deeds there change,
// and offers to undo it, and more.
func (d *Desk) finish(ctx context.Context, params protocol.CommandParams, written Written, profile, message string, note func(*session.Folder) string, more ...Action) protocol.CommandResult {
	if folder, err := d.Folder(params.URI); err == nil && written.Path == folder.SavedPath() {
		message += note(folder)
	}
	result := protocol.CommandResult{Message: message, Profile: profile, Path: written.Path, Unsaved: written.Unsaved}
	if !written.Changed {
		return d.say(ctx, result)
	}
	return d.say(ctx, result, append([]Action{d.undoing()}, more...)...)
}

// elsewhere is a sentence on the file that was changed, where that is not the one that counts in the folder.
func elsewhere(folder *session.Folder) string {
	loaded, saved := folder.Result.Loaded, folder.Result.Saved
	if loaded.Path == "" || folder.Full(loaded.Path) == folder.SavedPath() {
		return ""
	}
	const text = " It is in %s, where the prefect command keeps profiles; but what counts here is read from %s."
	return fmt.Sprintf(text, saved.Path, loaded.Path)
}

// overruled is a sentence on what keeps a profile from deciding where code runs in the folder, or empty.
func overruled(folder *session.Folder, profile string) string {
	result := folder.Result
	decides := result.Target().Decides
	switch {
	case result.TestMode != "":
		return fmt.Sprintf(" Here no profile counts, as %s is set.", result.TestMode)
	case result.Displayed.From.Kind == layers.Environment && result.Displayed.Asked != profile:
		return fmt.Sprintf(" Here PREFECT_PROFILE in the environment names '%s', which counts.", result.Displayed.Asked)
	case result.Active.Name == profile && decides != nil && decides.Source.Kind > layers.Profile:
		return fmt.Sprintf(" Here %s decides where code runs, and not the profile.", folder.NameOf(decides.Source))
	}
	return elsewhere(folder)
}

// undoingAll is the action that does several of [Desk.undoing], the latest first. It ends with the first that cannot be done.
func undoingAll(undo []Action) Action {
	return Action{Title: "Undo", Do: func(ctx context.Context) error {
		for _, step := range slices.Backward(undo) {
			if err := step.Do(ctx); err != nil {
				return err
			}
		}
		return nil
	}}
}

// undoing is the action that takes back the last change, as long as it is the last.
func (d *Desk) undoing() Action {
	last, _ := d.undo.last()
	return Action{Title: "Undo", Do: func(ctx context.Context) error {
		_, err := d.takeBack(ctx, last)
		return err
	}}
}
