package command

import (
	"context"
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// UseProfile makes Profile the active one, for every terminal and editor of the person.
func UseProfile(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, err := d.profilesFile(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	name, err := d.choose(ctx, params.Profile, "Switch to profile", p, p.usable())
	if err != nil {
		return protocol.CommandResult{}, err
	}
	written, err := d.Write(ctx, p.path, useProfile(name))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Profile '%s' is active now.", name)
	if !written.Changed {
		message = fmt.Sprintf("Profile '%s' is active already.", name)
	}
	return d.finish(ctx, params, written, name, message, func(here *session.Folder) string { return overruled(here, name) }), nil
}

// useProfile makes a profile active.
func useProfile(name string) Change {
	change := writeBundled(name)
	change.Title = fmt.Sprintf("Use profile '%s'", name)
	return change.and(Change{
		Edit: func(d *Draft) error {
			d.activate(name)
			return nil
		},
		Mean: func(values map[string]any) { values["active"] = name },
	})
}

// writeBundled writes a profile that comes with Prefect into the file, which the prefect command leaves out: without, Prefect takes its
// default profile when a flow runs. That default is the same in the file and out of it. Any other profile has to be in the file.
func writeBundled(name string) Change {
	return Change{
		Title: fmt.Sprintf("Write profile '%s'", name),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			if _, bundled := profiles.Bundled(name); !bundled && !d.has(name) {
				return errMissing(name)
			}
			if name != fallback {
				d.define(name)
			}
			return nil
		},
		Mean: func(values map[string]any) {
			if name != fallback {
				tableOf(values, name)
			}
		},
	}
}
