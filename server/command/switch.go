package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
)

// Switch makes the profile active that leads to Target, or to what the person picks; of several that do, Profile or the one that the person
// picks. Profile alone stands for itself. Where there is none, one is made, or pointed there. For one Window alone it stays as active as it was.
func Switch(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	list, err := d.Targets(ctx, protocol.TargetsParams{URI: params.URI})
	if err != nil {
		return protocol.CommandResult{}, err
	}
	id := params.Target
	if id == "" && params.Profile == "" {
		if id, err = d.Person.Pick(ctx, protocol.PickParams{Title: "Switch workspace", Items: targetItems(list.Targets)}); err != nil {
			return protocol.CommandResult{}, err
		}
	}
	i := slices.IndexFunc(list.Targets, func(t protocol.Target) bool {
		return t.ID == id || id == "" && slices.Contains(t.Profiles, params.Profile)
	})
	switch {
	case i < 0 && id == "":
		return protocol.CommandResult{}, errMissing(params.Profile)
	case i < 0:
		return protocol.CommandResult{}, errors.New("this place is not on the list any more; choose another one")
	}
	t := list.Targets[i]
	if params.Window && !t.Current {
		if err := d.mayReach(ctx, t.APIURL); err != nil {
			return protocol.CommandResult{}, err
		}
	}
	switch {
	case slices.Contains(t.Profiles, params.Profile):
	case slices.Contains(t.Profiles, t.Label): // as ephemeral does to ephemeral
		params.Profile = t.Label
	case len(t.Profiles) == 1:
		params.Profile = t.Profiles[0]
	case len(t.Profiles) > 1:
		if params.Profile, err = d.Person.Pick(ctx, protocol.PickParams{Title: "Several profiles lead to " + t.Label, Items: profileItems(t.Profiles)}); err != nil {
			return protocol.CommandResult{}, err
		}
	case t.Workspace == "":
		return protocol.CommandResult{}, fmt.Errorf("no profile leads to %s; create one with its URL", t.Label)
	default:
		return d.newProfileFor(ctx, params, t)
	}
	if params.Window {
		return d.readyForWindow(ctx, params)
	}
	return UseProfile(ctx, d, params)
}

// readyForWindow sees to it that Prefect finds Profile by its name, and says so only if the file had to change for that.
func (d *Desk) readyForWindow(ctx context.Context, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, err := d.profilesFile(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	if params.Profile == fallback || slices.Contains(p.names(), params.Profile) {
		return protocol.CommandResult{Done: true, Profile: params.Profile}, nil
	}
	written, err := d.Write(ctx, p.path, writeBundled(params.Profile))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Profile '%s', which comes with Prefect, is in profiles.toml now.", params.Profile)
	return d.finish(ctx, params, written, params.Profile, message, elsewhere), nil
}

func targetItems(targets []protocol.Target) []protocol.PickItem {
	items := make([]protocol.PickItem, len(targets))
	for i, t := range targets {
		items[i] = protocol.PickItem{ID: t.ID, Label: t.Label, Group: t.Group, Icon: icon(t.ServerType)}
		if len(t.Profiles) > 0 {
			items[i].Description = "profile " + t.Profiles[0]
		}
		if t.Current {
			items[i].Description += " · current"
		}
		if t.Overridden != "" {
			items[i].Detail = "Overridden here by " + t.Overridden
		}
	}
	return items
}

func icon(serverType string) string {
	switch serverType {
	case "cloud":
		return "cloud"
	case "server":
		return "server"
	}
	return "beaker"
}

// newProfileFor makes a profile for a workspace, or points one there, with a key that can see it.
func (d *Desk) newProfileFor(ctx context.Context, params protocol.CommandParams, t protocol.Target) (protocol.CommandResult, error) {
	p, err := d.profilesFile(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	w, _ := d.Servers.Directory().Find(t.Account, t.Workspace)
	users := p.users()
	i := slices.IndexFunc(users, func(u user) bool {
		l, ok := d.known(p.folder, u.key)
		return ok && slices.ContainsFunc(l.Workspaces, func(other cloud.Workspace) bool { return other == w })
	})
	if i < 0 {
		return protocol.CommandResult{}, fmt.Errorf("no key is known that can see %s; log in first", t.Label)
	}
	if users[i].profile == "" { // the key is in no profile yet
		if err := d.mayKeepKey(ctx, p); err != nil {
			return protocol.CommandResult{}, err
		}
	}
	suggestion := p.freeName(w.AccountHandle+"-"+w.WorkspaceHandle, w.WorkspaceHandle)
	to := destination{profile: suggestion}
	if !params.Window {
		if to, err = d.placeFor(ctx, p, users[i].key, w, suggestion, wording{
			title:      "No profile leads to " + t.Label,
			fresh:      "Create profile '%s'",
			existing:   "Point profile '%s' at " + strings.ReplaceAll(t.Label, "%", "%%"),
			freshFirst: true,
		}); err != nil {
			return protocol.CommandResult{}, err
		}
	}
	written, gone, err := d.saveTo(ctx, p, to, users[i].key, w)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	return d.arrived(ctx, params.URI, written, to.profile, fmt.Sprintf("Profile '%s' now uses %s.", to.profile, t.Label)+gone), nil
}
