package command

import (
	"context"
	"slices"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// mayReach asks before code begins to run at an API that the person protected.
func (d *Desk) mayReach(ctx context.Context, apiURL string) error {
	place := d.Servers.Directory().PlaceName(apiURL)
	if !d.Servers.Settings().Protects(place) {
		return nil
	}
	_, err := d.Person.Pick(ctx, protocol.PickParams{
		Title: "Switch to " + place + "?", Detail: "It matches prefect.protectedWorkspaces.", Items: []protocol.PickItem{{ID: "yes", Label: "Switch"}},
	})
	return err
}

// mayRewrite asks before a rewrite has a file of profiles lead to a place that the person protected. What the rewrite fails for is left
// to the one who writes.
func (d *Desk) mayRewrite(ctx context.Context, path string, rewrite session.Rewrite) error {
	if d.Servers.Settings == nil || len(d.Servers.Settings().ProtectedWorkspaces) == 0 {
		return nil
	}
	old := d.textOf(path)
	next, err := rewrite(old)
	if err != nil {
		return nil //nolint:nilerr // it is met again, and then told
	}
	for _, apiURL := range newlyReached(profilesIn(old), profilesIn(next)) {
		if err := d.mayReach(ctx, apiURL); err != nil {
			return err
		}
	}
	return nil
}

// textOf is the text of a file as it is to be rewritten; nil where there is none.
func (d *Desk) textOf(path string) *string {
	if doc := d.open(path); doc != nil {
		return &doc.Text
	}
	if source, ok := session.ReadDisk(path); ok {
		return &source
	}
	return nil
}

// profilesIn reads a file of profiles. Of any other file it finds none.
func profilesIn(text *string) *profiles.File {
	if text == nil {
		text = new("")
	}
	return profiles.Read(profiles.ProfilesTOML, *text)
}

// newlyReached are the APIs to which the active profile leads after a change of the file, or any other that code may ask for by its
// name, and did not lead before. For a profile that is new nothing asks yet.
func newlyReached(before, after *profiles.File) []string {
	var reached []string
	add := func(was, is string) {
		from, to := session.AccessOf(before, was).APIURL, session.AccessOf(after, is).APIURL
		if to != from && !slices.Contains(reached, to) {
			reached = append(reached, to)
		}
	}
	add(activeIn(before), activeIn(after))
	for _, p := range before.Profiles {
		add(p.Name, p.Name)
	}
	return reached
}
