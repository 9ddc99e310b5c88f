package command

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// The settings that say where to run and as whom.
const (
	apiURL = "PREFECT_API_URL"
	apiKey = "PREFECT_API_KEY" //nolint:gosec // the name of a setting, not a key
)

// Logout takes the key and the URL out of Profile.
func Logout(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	p, err := d.profilesFile(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	if params.Profile == "" && len(p.loggedIn()) == 0 {
		return protocol.CommandResult{}, errors.New("no profile has an API key, so that there is nothing to log out of")
	}
	name, err := d.choose(ctx, params.Profile, "Log out of profile", p, p.loggedIn())
	if err != nil {
		return protocol.CommandResult{}, err
	}
	written, err := d.Write(ctx, p.path, logout(name))
	if err != nil {
		return protocol.CommandResult{}, err
	}
	d.forget(p, name)
	message := fmt.Sprintf("Logged out of profile '%s': its API key and URL are gone from the file.", name)
	return d.finish(ctx, params, written, name, message, stillLoggedIn), nil
}

// stillLoggedIn is a sentence on where else a key comes from in the folder, or empty.
func stillLoggedIn(folder *session.Folder) string {
	if key := folder.Result.Lookup(apiKey); key.Source.Kind > layers.Profile {
		return fmt.Sprintf(" Here %s still gives a key.", folder.NameOf(key.Source))
	}
	return elsewhere(folder)
}

// forget takes what the key of a profile could see out of the cache, unless another profile has the same key.
func (d *Desk) forget(before profilesFile, profile string) {
	keys := before.keys()
	key := keys[profile]
	delete(keys, profile)
	if !slices.Contains(slices.Collect(maps.Values(keys)), key) {
		_ = d.Servers.Cache.Forget(before.folder.Cloud().API, key) // it holds no key
	}
}

// loggedIn are the profiles with a key.
func (p profilesFile) loggedIn() []string {
	return slices.DeleteFunc(p.names(), func(name string) bool { return !(&Draft{p.file}).hasKey(name) })
}

func (d *Draft) hasKey(profile string) bool {
	return slices.ContainsFunc(d.Entries, func(e profiles.Entry) bool { return e.Profile == profile && isMeantFor(e.Name, []string{apiKey}) })
}

func logout(profile string) Change {
	return Change{
		Title: fmt.Sprintf("Log out of profile '%s'", profile),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			switch {
			case !d.has(profile) && !isStock(profile):
				return errMissing(profile)
			case !d.hasKey(profile):
				return fmt.Errorf("profile '%s' is not logged in: it has no API key", profile)
			}
			d.unset(profile, apiKey, apiURL)
			return nil
		},
		Mean: func(values map[string]any) { unsetIn(tableOf(values, profile), apiKey, apiURL) },
	}
}
