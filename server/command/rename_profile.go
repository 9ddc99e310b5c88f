package command

import (
	"context"
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/protocol"
)

// RenameProfile gives Profile the new name Name, and the active one stays active.
func RenameProfile(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, old, name, err := d.oldAndNew(ctx, params, "Rename profile", "Rename profile '%s' to")
	if err != nil {
		return protocol.CommandResult{}, err
	}
	pinned, isPinned := p.pinned()
	written, err := d.Write(ctx, p.path, renameProfile(old, name))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Renamed profile '%s' to '%s'.", old, name)
	if isPinned && pinned == old {
		message += fmt.Sprintf(" PREFECT_PROFILE in the environment still says '%s': change it, too.", old)
	}
	return d.finish(ctx, params, written, name, message, elsewhere), nil
}

func renameProfile(old, name string) Change {
	return Change{
		Title: fmt.Sprintf("Rename profile '%s' to '%s'", old, name),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			if err := d.mayDerive(name, old); err != nil {
				return err
			}
			d.Make(d.TOML.Rename([]string{"profiles", old}, name))
			if a := d.Active; a != nil && a.Value.Kind == syntax.String && a.Value.Text == old {
				d.activate(name)
			}
			return nil
		},
		Mean: func(values map[string]any) {
			tables := tablesOf(values)
			tables[name] = tables[old]
			delete(tables, old)
			if values["active"] == old {
				values["active"] = name
			}
		},
	}
}
