package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"
)

// saveCredential writes a key and the URL of a workspace into the profile that the person wants, and says what is in effect then.
func (d *Desk) saveCredential(ctx context.Context, p profilesFile, r LoginRequest, c credential, w cloud.Workspace) (protocol.CommandResult, error) {
	profile, use, err := d.placeFor(ctx, p, r.Profile, c.key, w)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	change := saveLogin(profile, c.key, w.APIURL(p.folder.Cloud().API))
	if use {
		change = change.and(useProfile(profile))
	}
	gone := p.inTheWay(profile)
	written, err := d.Write(ctx, p.path, change)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Logged in as %s. Profile '%s' now uses %s.", d.holder(ctx, p.folder, c.key, w), profile, w.Handle())
	if len(gone) > 0 {
		message += fmt.Sprintf(" %s was in the way and is gone from it.", strings.Join(gone, " and "))
	}
	return d.arrived(ctx, r.URI, written, profile, message), nil
}

// holder is whom a key belongs to, or else the account of a workspace that it can see.
func (d *Desk) holder(ctx context.Context, folder *session.Folder, key cloud.Key, w cloud.Workspace) string {
	client, err := d.client(folder)
	if err != nil {
		return accountOf(w)
	}
	me, err := client.Me(ctx, key)
	if err != nil || me.Handle == "" {
		return accountOf(w)
	}
	return me.Handle
}

// arrived says what a profile uses now, and what is in effect in the folder instead, if anything is.
func (d *Desk) arrived(ctx context.Context, uri string, written Written, profile, message string) protocol.CommandResult {
	result := protocol.CommandResult{Message: message, Profile: profile, Path: written.Path, Unsaved: written.Unsaved}
	var actions []Action
	if written.Changed {
		actions = append(actions, d.undoing())
	}
	actions = append(actions, d.showing("Open profiles.toml", written.Path, 0))
	folder, err := d.Folder(uri)
	if err != nil {
		return d.say(ctx, result, actions...)
	}
	if access, err := d.accessOf(folder, profile); err == nil {
		if l, ok := d.Servers.Directory().Listing(access.Key); ok && slices.ContainsFunc(l.Workspaces, leadsTo(profiles.ParseAPIURL(access.APIURL))) {
			d.note(access, l.Checked, nil)
		}
		override, show := d.override(folder, profile, access)
		result.Message += override
		actions = append(actions, show...)
	}
	return d.say(ctx, result, actions...)
}

// override is a sentence on what is in effect in the folder in place of a profile, and how to look at it.
func (d *Desk) override(folder *session.Folder, profile string, access session.Access) (sentence string, show []Action) {
	if folder.Access() == access {
		return "", nil
	}
	for _, name := range []string{apiURL, apiKey} {
		source := folder.Result.Lookup(name).Source
		if source.Kind <= layers.Profile || name == apiURL && folder.Access().APIURL == access.APIURL {
			continue
		}
		if source.Entry != nil {
			show = []Action{d.showing("Show me", folder.PathOf(source.File), source.Entry.Key.Start)}
		}
		if name == apiKey {
			return fmt.Sprintf(" But %s comes from %s here, and is sent in place of the profile's.", name, folder.NameOf(source)), show
		}
		return fmt.Sprintf(" But %s comes from %s here, so runs in this folder still go to %s.", name, folder.NameOf(source), d.placeName(folder.Access().APIURL)), show
	}
	return overruled(folder, profile), nil
}

// placeName is what the place behind an API URL is called.
func (d *Desk) placeName(apiURL string) string {
	if handle := d.Servers.Directory().Handle(apiURL); handle != "" {
		return handle
	}
	u := profiles.ParseAPIURL(apiURL)
	switch {
	case apiURL == "":
		return "a temporary server"
	case u.Port != "":
		return u.Host + ":" + u.Port
	}
	return u.Host
}

// showing is an action that opens a file at an offset in bytes.
func (d *Desk) showing(title, path string, offset int) Action {
	return Action{Title: title, Do: func(ctx context.Context) error {
		address := protocol.URIOf(path)
		if source, ok := session.ReadDisk(path); ok && offset > 0 && offset <= len(source) {
			address += fmt.Sprintf("#L%d", strings.Count(source[:offset], "\n")+1)
		}
		return d.Person.Browse(ctx, address)
	}}
}

// placeFor is the profile to put a key into: the named one, or what the person picks. A new one is to be used, too.
func (d *Desk) placeFor(ctx context.Context, p profilesFile, named string, key cloud.Key, w cloud.Workspace) (profile string, use bool, err error) {
	if named != "" {
		return named, false, checkName(named)
	}
	const suggested, other, update = "suggested", "other", "update"
	current, suggestion := p.folder.Result.Displayed.Name, p.freeName(w)
	fresh := []protocol.PickItem{
		{ID: suggested, Label: fmt.Sprintf("New profile '%s'", suggestion), Detail: "It becomes the active profile", Icon: "add"},
		{ID: other, Label: "New profile...", Detail: "With a name of your choice", Icon: "add"},
	}
	existing := protocol.PickItem{ID: update, Label: fmt.Sprintf("Update profile '%s' (active)", current), Detail: p.loss(current, key), Icon: "account"}
	items := append([]protocol.PickItem{existing}, fresh...)
	if _, stock := profiles.Bundled(current); stock {
		items = append(fresh, existing)
	}
	choice, err := d.Person.Pick(ctx, protocol.PickParams{Title: "Where to save " + w.Handle(), Items: items})
	switch {
	case err != nil:
		return "", false, err
	case choice == update:
		return current, false, nil
	case choice == other:
		suggestion, err = d.name(ctx, "", "New profile for "+w.Handle(), p)
		if errors.Is(err, errors.ErrUnsupported) {
			return p.freeName(w), true, nil
		}
	}
	return suggestion, true, err
}

// loss says which key a profile would lose.
func (p profilesFile) loss(profile string, key cloud.Key) string {
	if old := p.keys()[profile]; !old.IsZero() && old != key {
		return fmt.Sprintf("Replaces the key %s in it", old)
	}
	return ""
}

// freeName is a name for a new profile for a workspace.
func (p profilesFile) freeName(w cloud.Workspace) string {
	taken := p.known()
	names := []string{w.WorkspaceHandle, w.AccountHandle + "-" + w.WorkspaceHandle}
	for n := 2; ; n++ {
		for _, name := range names {
			if checkName(name) == nil && !slices.Contains(taken, name) {
				return name
			}
		}
		names = []string{fmt.Sprintf("%s-%d", w.WorkspaceHandle, n)}
	}
}
