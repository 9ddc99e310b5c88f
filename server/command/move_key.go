package command

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/profiles/text"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
)

// MoveKey takes the API key out of the file at URI and puts it into Profile, or else into the one in use, where nobody commits it.
func MoveKey(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	path, isFile := protocol.PathOf(params.URI)
	p, err := d.profilesFile(params.URI)
	switch {
	case err != nil:
		return protocol.CommandResult{}, err
	case !isFile || p.folder.FileAt(path) == nil || p.folder.FileAt(path).Kind == profiles.ProfilesTOML:
		return protocol.CommandResult{}, errors.New("this is no .env, prefect.toml or pyproject.toml that is read here")
	}
	from := p.folder.FileAt(path)
	entry := keyIn(from)
	if entry == nil {
		return protocol.CommandResult{}, fmt.Errorf("%s has no API key", filepath.Base(path))
	}
	key, err := cloud.ParseKey(entry.Value.Text)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	profile, err := d.choose(ctx, params.Profile, "Move the key to profile", p, p.known())
	if err != nil {
		return protocol.CommandResult{}, err
	}
	if old := p.keys()[profile]; !old.IsZero() && old != key {
		question := fmt.Sprintf("Profile '%s' has another key, %s. Replace it?", profile, old)
		if err := d.consent(ctx, question, "Replace it"); err != nil {
			return protocol.CommandResult{}, err
		}
	}
	if err := d.mayKeepKey(ctx, p); err != nil {
		return protocol.CommandResult{}, err
	}
	var undo []Action
	write := func(path string, change Change) (Written, error) {
		written, err := d.Write(ctx, path, change)
		if written.Changed {
			undo = append(undo, d.undoing())
		}
		return written, err
	}
	kept, err := write(p.path, setKey(profile, key)) // first, so that the key is never in no file
	if err != nil {
		return protocol.CommandResult{}, err
	}
	written, err := write(path, removeKey(from.Kind))
	if err != nil {
		return protocol.CommandResult{}, fmt.Errorf("the key is in profile '%s' now, but is not gone from %s: %w", profile, filepath.Base(path), err)
	}
	message := fmt.Sprintf("Moved the key from %s to profile '%s'.", filepath.Base(path), profile)
	if folder, err := d.Folder(params.URI); err == nil && folder.Access().Key != key {
		message += " It is not the key in effect here: another profile is active, or another source comes first."
	}
	switch {
	case kept.Unsaved && written.Unsaved:
		message += fmt.Sprintf(" Save %s first.", filepath.Base(p.path))
	case kept.Unsaved:
		written = kept
	}
	actions := []Action{undoingAll(undo), d.showing("Open profiles.toml", p.path, 0)}
	return d.say(ctx, protocol.CommandResult{Message: message, Profile: profile, Path: written.Path, Unsaved: written.Unsaved}, actions...), nil
}

// keyIn is where a file gives the API key, if it does so by text.
func keyIn(f *profiles.File) *profiles.Entry {
	for i := len(f.Entries) - 1; i >= 0; i-- { // of several, the last counts
		if e := &f.Entries[i]; e.Setting != nil && e.Setting.Name == apiKey && e.Value.Kind == syntax.String {
			return e
		}
	}
	return nil
}

// setKey puts a key into a profile, which is added if it is new.
func setKey(profile string, key cloud.Key) Change {
	change := Change{
		Title: fmt.Sprintf("Move the key to profile '%s'", profile),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			d.define(profile)
			d.set(profile, apiKey, key.Reveal())
			return nil
		},
		Mean: func(values map[string]any) { setIn(tableOf(values, profile), apiKey, key.Reveal()) },
	}
	return change.and(keepInUse(profile))
}

// removeKey takes the API key out of a file other than profiles.toml.
func removeKey(kind profiles.Kind) Change {
	var after map[string]any // what is left; a table that became empty may be so, or be gone, and means the same
	return Change{
		Title: "Remove the API key",
		Kind:  kind,
		Edit: func(d *Draft) (err error) {
			for entry := keyIn(d.File); entry != nil; entry = keyIn(d.File) {
				before := d.Source
				if d.Make(d.removal(entry)); d.Source == before {
					break
				}
			}
			after, err = decode(d.File)
			return err
		},
		Mean: func(values map[string]any) {
			if kind == profiles.DotEnv {
				maps.DeleteFunc(values, func(name string, _ any) bool { return isKeyFor(strings.ToUpper(name), apiKey) })
				return
			}
			removeIn(values, after, kind.PathTo("api.key")...)
		},
	}
}

func (d *Draft) removal(entry *profiles.Entry) []text.Edit {
	if d.Env != nil {
		return d.Env.Delete(entry.Name)
	}
	return d.TOML.Delete(d.Kind.PathTo(entry.Name)...)
}

// removeIn removes the value at a path, and the tables on the way to it that are empty then and not in after.
func removeIn(values, after map[string]any, path ...string) {
	if len(path) == 1 {
		delete(values, path[0])
		return
	}
	table, _ := values[path[0]].(map[string]any)
	left, kept := after[path[0]].(map[string]any)
	removeIn(table, left, path[1:]...)
	if len(table) == 0 && !kept {
		delete(values, path[0])
	}
}
