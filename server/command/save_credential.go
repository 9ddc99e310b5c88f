package command

import (
	"cmp"
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
	to := destination{profile: r.Profile}
	if err := checkName(r.Profile); r.Profile != "" && err != nil {
		return protocol.CommandResult{}, err
	}
	suggestion := p.freeName(w.WorkspaceHandle, w.AccountHandle+"-"+w.WorkspaceHandle)
	switch current := p.folder.Result.Displayed.Name; {
	case r.Profile != "":
	case r.Unasked && !isStock(current):
		to = destination{profile: current}
	case r.Unasked:
		to = destination{suggestion, true}
	default:
		var err error
		if to, err = d.placeFor(ctx, p, c.key, w, suggestion, wording{
			title: "Where to save the login", fresh: "New profile '%s'", existing: "Update profile '%s'",
		}); err != nil {
			return protocol.CommandResult{}, err
		}
	}
	written, gone, err := d.saveTo(ctx, p, to, c.key, w)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	message := fmt.Sprintf("Logged in as %s. Profile '%s' now uses %s.", d.holder(ctx, p.folder, c.key, w), to.profile, w.Handle())
	return d.arrived(ctx, r.URI, written, to.profile, message+gone), nil
}

// A destination is a profile to put a key into.
type destination struct {
	profile string
	use     bool // from then on
}

// saveTo writes a key and the URL of a workspace, and tells in a sentence what had to go for them.
func (d *Desk) saveTo(ctx context.Context, p profilesFile, to destination, key cloud.Key, w cloud.Workspace) (Written, string, error) {
	change := saveLogin(to.profile, key, w.APIURL(p.folder.Cloud().API))
	if to.use {
		change = change.and(useProfile(to.profile))
	}
	written, err := d.Write(ctx, p.path, change)
	if gone := p.inTheWay(to.profile); len(gone) > 0 {
		return written, fmt.Sprintf(" %s was in the way and is gone from it.", strings.Join(gone, " and ")), err
	}
	return written, "", err
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
	return cmp.Or(d.Servers.Directory().PlaceName(apiURL), "a temporary server")
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

// A wording is how a person is asked for a place: in formats for the name of a profile, but for the title.
type wording struct {
	title, fresh, existing string
	freshFirst             bool // whatever profile is in use
}

// placeFor is the profile that the person picks to put a key into: the one in use, or a new one, which is to be used from then on.
func (d *Desk) placeFor(ctx context.Context, p profilesFile, key cloud.Key, w cloud.Workspace, suggestion string, words wording) (destination, error) {
	const suggested, other, update = "suggested", "other", "update"
	current := p.folder.Result.Displayed.Name
	items := []protocol.PickItem{
		{ID: suggested, Label: fmt.Sprintf(words.fresh, suggestion), Detail: "It becomes the active profile", Icon: "add"},
		{ID: other, Label: "New profile...", Detail: "With a name of your choice", Icon: "add"},
	}
	existing := protocol.PickItem{ID: update, Label: fmt.Sprintf(words.existing, current), Description: "active", Detail: p.loss(current, key), Icon: "account"}
	if words.freshFirst || isStock(current) {
		items = append(items, existing)
	} else {
		items = append([]protocol.PickItem{existing}, items...)
	}
	choice, err := d.Person.Pick(ctx, protocol.PickParams{Title: words.title, Placeholder: "Which profile should keep the key and the URL of " + w.Handle() + "?", Items: items})
	switch {
	case err != nil:
		return destination{}, err
	case choice == update:
		return destination{profile: current}, nil
	case choice == other:
		name, err := d.name(ctx, "", "New profile for "+w.Handle(), p)
		if !errors.Is(err, errors.ErrUnsupported) {
			return destination{name, true}, err
		}
	}
	return destination{suggestion, true}, nil
}

// isStock reports whether a profile comes with Prefect, so that nobody looks for a login in it.
func isStock(profile string) bool {
	_, bundled := profiles.Bundled(profile)
	return bundled
}

// loss says which key a profile would lose.
func (p profilesFile) loss(profile string, key cloud.Key) string {
	if old := p.keys()[profile]; !old.IsZero() && old != key {
		return fmt.Sprintf("Replaces the key %s in it", old)
	}
	return ""
}

// freeName is the first of the names that no profile has, or else the first one with a number.
func (p profilesFile) freeName(names ...string) string {
	taken := p.known()
	names = slices.DeleteFunc(names, func(name string) bool { return checkName(name) != nil })
	names = append(names, "cloud")
	for _, name := range names {
		if !slices.Contains(taken, name) {
			return name
		}
	}
	for n := 2; ; n++ {
		if name := fmt.Sprintf("%s-%d", names[0], n); !slices.Contains(taken, name) {
			return name
		}
	}
}
