package command

import (
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/server/cloud"
)

// The settings that stand in the way of a login: with the one, code may run on a server of its own; the other is sent in place of
// the key.
const (
	ephemeralEnabled = "PREFECT_SERVER_EPHEMERAL_ENABLED"
	authString       = "PREFECT_API_AUTH_STRING"
)

// saveLogin puts a key and the URL of a workspace into a profile, which is added if it is new, and takes out what [inTheWay] tells.
func saveLogin(profile string, key cloud.Key, url string) Change {
	change := Change{
		Title: fmt.Sprintf("Log in with profile '%s'", profile),
		Kind:  profiles.ProfilesTOML,
		Edit: func(d *Draft) error {
			d.define(profile)
			d.unset(profile, ephemeralEnabled, authString)
			d.set(profile, apiURL, url)
			d.set(profile, apiKey, key.Reveal())
			return nil
		},
		Mean: func(values map[string]any) {
			table := tableOf(values, profile)
			unsetIn(table, ephemeralEnabled, authString)
			setIn(table, apiURL, url)
			setIn(table, apiKey, key.Reveal())
		},
	}
	return change.and(keepInUse(profile))
}

// inTheWay are the settings of a profile that [saveLogin] takes out, by the names that they have there.
func (p profilesFile) inTheWay(profile string) []string {
	var names []string
	if p.file == nil {
		return nil
	}
	for _, e := range p.file.Entries {
		if e.Profile == profile && isMeantFor(e.Name, []string{ephemeralEnabled, authString}) {
			names = append(names, e.Name)
		}
	}
	return names
}
