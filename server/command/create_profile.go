package command

import (
	"context"
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
)

// CreateProfile adds an empty profile called Name.
func CreateProfile(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, err := d.profilesFile(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	name, err := d.name(ctx, params.Name, "New profile", p)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	written, err := d.Write(ctx, p.path, createProfile(name))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Created profile '%s'.", name)
	return d.finish(ctx, params, written, name, message, elsewhere, d.showing("Open profiles.toml", written.Path, 0)), nil
}

func createProfile(name string) Change {
	return Change{
		Title: fmt.Sprintf("Create profile '%s'", name),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			if d.has(name) {
				return errTaken(name)
			}
			d.addProfile(name)
			return nil
		},
		Mean: func(values map[string]any) { tablesOf(values)[name] = map[string]any{} },
	}
}
