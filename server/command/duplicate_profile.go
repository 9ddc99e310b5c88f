package command

import (
	"context"
	"fmt"
	"maps"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/protocol"
)

// DuplicateProfile adds a profile called Name with the settings of Profile.
func DuplicateProfile(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, from, name, err := d.oldAndNew(ctx, params, "Duplicate profile", "Duplicate profile '%s' as")
	if err != nil {
		return protocol.CommandResult{}, err
	}
	written, err := d.Write(ctx, p.path, duplicateProfile(from, name))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	return d.finish(ctx, params, written, name, fmt.Sprintf("Created profile '%s' with the settings of '%s'.", name, from), elsewhere), nil
}

func duplicateProfile(from, name string) Change {
	return Change{
		Title: fmt.Sprintf("Duplicate profile '%s' as '%s'", from, name),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			if err := d.mayDerive(name, from); err != nil {
				return err
			}
			d.addProfile(name, d.pairsOf(from)...)
			return nil
		},
		Mean: func(values map[string]any) { tablesOf(values)[name] = maps.Clone(tableOf(values, from)) },
	}
}

// pairsOf are the settings of a profile with their values as they are written.
func (d *Draft) pairsOf(profile string) []syntax.NewPair {
	var pairs []syntax.NewPair
	for _, e := range d.Entries {
		if e.Profile == profile {
			pairs = append(pairs, syntax.NewPair{Key: []string{e.Name}, Literal: e.Value.Span.Of(d.Source)})
		}
	}
	return pairs
}
