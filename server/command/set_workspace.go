package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"
)

// SetWorkspace points Profile, or else the one in use, at Account/Workspace, or else at the workspace that the person picks.
func SetWorkspace(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	return d.PointProfile(ctx, params, "")
}

// PointProfile is [SetWorkspace] for a workspace that may be given by its handle, such as acme/prod.
func (d *Desk) PointProfile(ctx context.Context, params protocol.CommandParams, handle string) (protocol.CommandResult, error) {
	p, err := d.profilesFile(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	profile := cmp.Or(params.Profile, p.folder.Result.Displayed.Name)
	w, err := d.wantedWorkspace(ctx, p, profile, params, handle)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	written, err := d.Write(ctx, p.path, setURL(profile, w.APIURL(p.folder.Cloud().API)))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	name := d.placeName(w.APIURL(p.folder.Cloud().API))
	return d.arrived(ctx, params.URI, written, profile, fmt.Sprintf("Profile '%s' now uses %s.", profile, name)), nil
}

func (d *Desk) wantedWorkspace(ctx context.Context, p profilesFile, profile string, params protocol.CommandParams, handle string) (cloud.Workspace, error) {
	if params.Account != "" || params.Workspace != "" {
		account, ok := profiles.CanonicalID(params.Account)
		workspace, ok2 := profiles.CanonicalID(params.Workspace)
		if !ok || !ok2 {
			return cloud.Workspace{}, errors.New("an account and a workspace are named by their ids, which are UUIDs")
		}
		return cloud.Workspace{AccountID: account, WorkspaceID: workspace}, nil
	}
	key := p.keys()[profile]
	if key.IsZero() {
		key = p.folder.Access().Key // which is sent where the profile has none
	}
	if key.IsZero() {
		return cloud.Workspace{}, &Failure{
			Err:     fmt.Errorf("profile '%s' has no API key; log in first", profile),
			Actions: []Action{d.loggingIn(protocol.CommandParams{URI: params.URI, Profile: params.Profile})},
		}
	}
	list, err := d.listed(ctx, p.folder, key)
	if err != nil {
		return cloud.Workspace{}, d.remedied(err, params)
	}
	return d.workspaceFor(ctx, fmt.Sprintf("Choose a workspace for profile '%s'", profile), handle, list)
}

// listed is what a key can see: as Prefect Cloud says it, or as it said it last while it cannot be reached.
func (d *Desk) listed(ctx context.Context, folder *session.Folder, key cloud.Key) ([]cloud.Workspace, error) {
	ctx, done := d.Person.Progress(ctx, "Listing workspaces...")
	defer done()
	list, err := d.workspaces(ctx, folder, key)
	if failure, ok := errors.AsType[*cloud.Error](err); ok && failure.IsUnreachable() && failure.Reason != cloud.Cancelled {
		if known, ok := d.known(folder, key); ok {
			return known.Workspaces, nil
		}
	}
	return list, err
}

// setURL points a profile at an API. A profile that is not in the file is added, with what Prefect brings along for it.
func setURL(profile, url string) Change {
	change := Change{
		Title: fmt.Sprintf("Point profile '%s' at another place", profile),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			d.define(profile)
			d.set(profile, apiURL, url)
			return nil
		},
		Mean: func(values map[string]any) { setIn(tableOf(values, profile), apiURL, url) },
	}
	return change.and(keepInUse(profile))
}

// keepInUse makes the profile that is active where none is named active by name. Without, Prefect would not look for it in the
// file.
func keepInUse(profile string) Change {
	return Change{
		Edit: func(d *Draft) error {
			if profile == fallback && (d.Active == nil || d.Active.Value.Text == "") {
				d.activate(profile)
			}
			return nil
		},
		Mean: func(values map[string]any) {
			if active := values["active"]; profile == fallback && (active == nil || active == "") {
				values["active"] = profile
			}
		},
	}
}
