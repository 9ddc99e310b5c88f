package command

import (
	"fmt"

	"prefect-ls/profiles"
)

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
