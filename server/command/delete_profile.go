package command

import (
	"context"
	"fmt"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
)

// DeleteProfile takes Profile out of the file. If it is the active one, Name becomes active instead, or what the person picks.
func DeleteProfile(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, err := d.profilesFile(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	name, err := d.choose(ctx, params.Profile, "Delete profile", p, p.names())
	if err != nil {
		return protocol.CommandResult{}, err
	}
	if pinned, ok := p.pinned(); ok && pinned == name {
		return protocol.CommandResult{}, fmt.Errorf("profile '%s' is in use: PREFECT_PROFILE in the environment names it. Unset the variable first", name)
	}
	next := params.Name
	if name == p.active() && slices.Contains(p.names(), name) {
		others := slices.DeleteFunc(p.usable(), func(other string) bool { return other == name })
		if next, err = d.choose(ctx, next, fmt.Sprintf("Profile '%s' is active. Which one to use instead?", name), p, others); err != nil {
			return protocol.CommandResult{}, err
		}
	}
	written, err := d.Write(ctx, p.path, deleteProfile(name, next))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Deleted profile '%s'.", name)
	if next != "" {
		message += fmt.Sprintf(" Profile '%s' is active now.", next)
	}
	return d.finish(ctx, params, written, next, message, elsewhere), nil
}

// deleteProfile takes a profile out of the file, and makes next the active one if that is not empty.
func deleteProfile(name, next string) Change {
	change := Change{
		Title: fmt.Sprintf("Delete profile '%s'", name),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			_, bundled := profiles.Bundled(name)
			switch {
			case !d.has(name) && bundled:
				return fmt.Errorf("profile '%s' comes with Prefect and is not in the file", name)
			case !d.has(name):
				return errMissing(name)
			case next == "" && activeIn(d.File) == name:
				return fmt.Errorf("profile '%s' is active: choose another one first", name)
			}
			d.Make(d.TOML.DeleteTable("profiles", name))
			return nil
		},
		Mean: func(values map[string]any) { delete(tablesOf(values), name) },
	}
	if next == "" {
		return change
	}
	use := useProfile(next)
	return change.and(use)
}
