package command

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/settings"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"
)

// ownGroup is the group of all targets outside of Prefect Cloud.
const ownGroup = "Self-hosted & local"

// Targets lists where code of a folder could be run. With Refresh, Prefect Cloud is asked with the keys of all profiles first.
func (d *Desk) Targets(ctx context.Context, params protocol.TargetsParams) (protocol.Targets, error) {
	p, err := d.profilesFile(params.URI)
	if err != nil {
		return protocol.Targets{}, err
	}
	users := p.users()
	failures := []protocol.TargetFailure{}
	if params.Refresh {
		failures = d.refresh(ctx, p, users)
	}
	l := targetList{desk: d, profilesFile: p, cloud: p.folder.Cloud()}
	for _, u := range users {
		if listing, ok := d.known(p.folder, u.key); ok {
			l.addListing(listing)
		}
	}
	l.addProfiles()
	l.addCurrent()
	l.sort()
	return protocol.Targets{Targets: l.targets, Failures: failures, Checked: l.checkedAt()}, nil
}

// A user is a key with the profile that has it first; without one, the key that is in effect in the folder.
type user struct {
	key     cloud.Key
	profile string
}

// users are the keys that are known, each once.
func (p profilesFile) users() []user {
	var users []user
	add := func(key cloud.Key, profile string) {
		if !key.IsZero() && !slices.ContainsFunc(users, func(u user) bool { return u.key == key }) {
			users = append(users, user{key, profile})
		}
	}
	keys := p.keys()
	for _, name := range p.names() {
		add(keys[name], name)
	}
	add(p.folder.Access().Key, "")
	return users
}

// atOnce limits how many keys are asked about at the same time.
const atOnce = 8

// refresh asks Prefect Cloud what the keys can see.
func (d *Desk) refresh(ctx context.Context, p profilesFile, users []user) []protocol.TargetFailure {
	failed := make([]error, len(users))
	var wait sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for i, u := range users {
		room <- struct{}{}
		wait.Go(func() {
			defer func() { <-room }()
			_, failed[i] = d.workspaces(ctx, p.folder, u.key)
		})
	}
	wait.Wait()
	failures := []protocol.TargetFailure{}
	for i, err := range failed {
		if err == nil {
			continue
		}
		failure, _ := errors.AsType[*cloud.Error](err)
		login := failure != nil && (failure.Reason == cloud.KeyRejected || failure.Reason == cloud.Cloud1Key)
		failures = append(failures, protocol.TargetFailure{Profile: users[i].profile, Message: Sentence(err), Login: login})
		if access := p.folder.Access(); login && access.Key == users[i].key && p.folder.Cloud().IsWithin(access.APIURL) {
			d.note(access, d.now(), err)
		}
	}
	return failures
}

// A targetList is a list of targets while it is made.
type targetList struct {
	profilesFile

	desk    *Desk
	cloud   session.CloudAddress
	targets []protocol.Target
	checked time.Time // when the oldest list of workspaces in it was heard
}

func (l *targetList) checkedAt() string {
	if l.checked.IsZero() {
		return ""
	}
	return l.checked.Format(time.RFC3339)
}

func (l *targetList) addListing(listing cloud.Listing) {
	if l.checked.IsZero() || listing.Checked.Before(l.checked) {
		l.checked = listing.Checked
	}
	for _, w := range listing.Workspaces {
		l.add(l.workspace(w))
	}
}

// add adds a target, unless it is there already.
func (l *targetList) add(t protocol.Target) *protocol.Target {
	i := slices.IndexFunc(l.targets, func(other protocol.Target) bool { return other.ID == t.ID })
	if i < 0 {
		i = len(l.targets)
		l.targets = append(l.targets, t)
	}
	return &l.targets[i]
}

func (l *targetList) workspace(w cloud.Workspace) protocol.Target {
	return protocol.Target{
		ID: "cloud:" + strings.ToLower(w.AccountID+"/"+w.WorkspaceID), Label: w.Handle(), Group: accountOf(w),
		ServerType: string(layers.Cloud), Profiles: []string{},
		APIURL: w.APIURL(l.cloud.API), UIURL: w.UIURL(l.cloud.UI), Account: w.AccountID, Workspace: w.WorkspaceID,
	}
}

// addProfiles adds where the profiles lead.
func (l *targetList) addProfiles() {
	defined := l.names()
	for _, name := range l.usable() {
		var t *protocol.Target
		if slices.Contains(defined, name) {
			t = l.add(l.target(session.AccessOf(l.file, name).APIURL, Draft{l.file}.startsServer(name), name))
		} else {
			url := bundledURL(name)
			t = l.add(l.target(url, url == "", name))
		}
		t.Profiles = append(t.Profiles, name)
		t.Active = t.Active || name == l.folder.Result.Displayed.Name
	}
}

// bundledURL is the API URL of a usable profile that comes with Prefect; empty for one that has Prefect start a temporary server.
func bundledURL(name string) string {
	pairs, _ := profiles.Bundled(name)
	for _, pair := range pairs {
		if pair.Key[0] == apiURL {
			return strings.Trim(pair.Literal, `"`)
		}
	}
	return ""
}

// startsServer reports whether a profile lets Prefect start a temporary server.
func (d Draft) startsServer(profile string) bool {
	for _, e := range d.Entries {
		if e.Profile == profile && e.Setting != nil && e.Setting.Name == ephemeralEnabled {
			value, _ := e.Setting.Cast(e.Value, settings.Profile)
			return value == true
		}
	}
	return false
}

// target is where an API URL leads, or what happens without one. A profile leads there, if there is one.
func (l *targetList) target(url string, starts bool, profile string) protocol.Target {
	u := profiles.ParseAPIURL(url)
	t := protocol.Target{APIURL: session.ShownURL(url), Group: ownGroup, Profiles: []string{}}
	switch {
	case url == "" && starts:
		t.ID, t.Label, t.ServerType = "ephemeral", "ephemeral", string(layers.Ephemeral)
	case url == "":
		t.ID, t.Label, t.ServerType = "profile:"+profile, profile, string(layers.Unconfigured)
	case !l.cloud.IsWithin(url):
		t.ID, t.Label, t.ServerType = "server:"+t.APIURL, l.desk.placeName(url), string(layers.Server)
		if page := strings.TrimSuffix(t.APIURL, "/api"); isPage(page) {
			t.UIURL = page
		}
	case u.Workspace == "":
		t.ID, t.Label, t.ServerType, t.Group = "profile:"+profile, "Prefect Cloud, no workspace", string(layers.Cloud), "Prefect Cloud"
	default:
		w, known := l.desk.Servers.Directory().Find(u.Account, u.Workspace)
		if !known {
			w = cloud.Workspace{AccountID: u.Account, WorkspaceID: u.Workspace}
		}
		t = l.workspace(w)
		if !known {
			t.Label, t.Group = "workspace "+u.Workspace[:min(8, len(u.Workspace))], "Prefect Cloud"
		}
	}
	return t
}

// addCurrent marks where code of the folder runs, which no profile may lead to.
func (l *targetList) addCurrent() {
	in := l.folder.Result
	target := in.Target()
	current := l.add(l.target(strings.TrimRight(target.APIURL, "/"), target.Type == layers.Ephemeral, in.Active.Name))
	current.Current = true
	if current.Active || target.Decides == nil || target.Decides.Source.Kind <= layers.Profile {
		return
	}
	for i := range l.targets {
		if t := &l.targets[i]; t.Active {
			t.Overridden = l.folder.NameOf(target.Decides.Source)
		}
	}
}

// sort puts the accounts in order, and what is outside of Prefect Cloud last.
func (l *targetList) sort() {
	slices.SortStableFunc(l.targets, func(a, b protocol.Target) int {
		if own := b.Group == ownGroup; own != (a.Group == ownGroup) {
			if own {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(a.Group, b.Group), strings.Compare(a.Label, b.Label))
	})
}
