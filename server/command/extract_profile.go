package command

import (
	"context"
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
)

// ExtractProfile moves Settings of Profile, as they are written, to a new profile called Name.
func ExtractProfile(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, from, name, err := d.oldAndNew(ctx, params, "Extract from profile", "Extract settings of profile '%s' to a new one")
	if err != nil {
		return protocol.CommandResult{}, err
	}
	written, err := d.Write(ctx, p.path, extractProfile(from, name, params.Settings))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Moved %s from profile '%s' to the new profile '%s'.", strings.Join(params.Settings, ", "), from, name)
	return d.finish(ctx, params, written, name, message, elsewhere), nil
}

func extractProfile(from, name string, keys []string) Change {
	return Change{
		Title: fmt.Sprintf("Extract profile '%s' from '%s'", name, from),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			if len(keys) == 0 {
				return fmt.Errorf("no settings of profile '%s' were named", from)
			}
			if err := d.mayDerive(name, from); err != nil {
				return err
			}
			d.addProfile(name)
			for _, key := range keys {
				if d.TOML.Find("profiles", from, key) == nil {
					return fmt.Errorf("profile '%s' has no %s", from, key)
				}
				d.move([]string{"profiles", from, key}, []string{"profiles", name, key})
			}
			d.Make(d.restored(from))
			return nil
		},
		Mean: func(values map[string]any) {
			old, extracted := tableOf(values, from), map[string]any{}
			for _, key := range keys {
				extracted[key] = old[key]
				delete(old, key)
			}
			tablesOf(values)[name] = extracted
		},
	}
}
