package session

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unique"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/profiles/rules"
	"prefect-ls/profiles/settings"
	"prefect-ls/profiles/syntax"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
)

// An Access is a way to a server: the address of its API and what to sign in with. Two are equal if both are.
type Access struct {
	APIURL string    // PREFECT_API_URL as it is in effect; empty for none
	Key    cloud.Key // zero where there is none, and where what there is cannot be a key
	auth   unique.Handle[string]
}

// Auth is PREFECT_API_AUTH_STRING, which is a secret, or empty.
func (a Access) Auth() string {
	if a.auth == (unique.Handle[string]{}) {
		return ""
	}
	return a.auth.Value()
}

func newAccess(apiURL, key, auth string) Access {
	a := Access{APIURL: strings.TrimRight(apiURL, "/"), auth: unique.Make(auth)}
	a.Key, _ = cloud.ParseKey(key) // its rule says what is wrong with it
	return a
}

// Access is how code in the folder gets to its server.
func (f *Folder) Access() Access {
	text := func(name string) string { return f.Result.Lookup(name).Text() }
	return newAccess(f.Result.Target().APIURL, text("PREFECT_API_KEY"), text("PREFECT_API_AUTH_STRING"))
}

// AccessOf is how a profile gets to its server, as far as its file says.
func AccessOf(file *profiles.File, profile string) Access {
	given := map[string]string{}
	for i := range file.Entries {
		if e := &file.Entries[i]; e.Profile == profile && e.Setting != nil && e.Value.Kind == syntax.String {
			given[e.Setting.Name] = e.Value.Text
		}
	}
	return newAccess(given["PREFECT_API_URL"], given["PREFECT_API_KEY"], given["PREFECT_API_AUTH_STRING"])
}

// A CloudAddress is where Prefect Cloud is, without a slash at the end.
type CloudAddress struct {
	API, UI string
}

// Cloud is where Prefect Cloud is for the person, whose keys are sent there. What a file of the folder says of it does not count:
// it may be somebody else's.
func (f *Folder) Cloud() CloudAddress {
	own := f.own()
	text := func(name string) string { return own.Lookup(name).Text() }
	return CloudAddress{
		API: strings.TrimRight(text("PREFECT_CLOUD_API_URL"), "/"),
		UI:  strings.TrimRight(text("PREFECT_CLOUD_UI_URL"), "/"),
	}
}

// A Trust is which certificates of servers are taken, by the person's own word alone.
type Trust struct {
	CAFile     string // PREFECT_API_SSL_CERT_FILE or SSL_CERT_FILE: the authorities to trust besides the system's, or empty
	SkipVerify bool   // PREFECT_API_TLS_INSECURE_SKIP_VERIFY
}

// Trust is which certificates are taken in the folder. A file of the folder can have them checked, but not left unchecked.
func (f *Folder) Trust() Trust {
	own := f.own()
	isOn := func(in *layers.Result) bool { return in.Lookup(skipVerify).Typed == true }
	return Trust{CAFile: own.Lookup(caFile).Text(), SkipVerify: isOn(own) && isOn(f.Result)}
}

// TrustOf is which certificates are taken with a profile, whichever is in use: by its word in the file, or else that of the environment.
func (f *Folder) TrustOf(file *profiles.File, profile string) Trust {
	var trust Trust
	for i := range file.Entries {
		e := &file.Entries[i]
		if e.Profile != profile || e.Setting == nil {
			continue
		}
		switch e.Setting.Name {
		case caFile:
			trust.CAFile = e.Value.Text
		case skipVerify:
			value, _ := e.Setting.Cast(e.Value, settings.Profile)
			trust.SkipVerify = value == true
		}
	}
	own := f.own()
	if s := own.Lookup(caFile); s.Source.Kind == layers.Environment || trust.CAFile == "" && s.Source.Kind != layers.Profile {
		trust.CAFile = s.Text()
	}
	if s := own.Lookup(skipVerify); s.Source.Kind == layers.Environment {
		trust.SkipVerify = s.Typed == true
	}
	return trust
}

const (
	caFile     = "PREFECT_API_SSL_CERT_FILE"
	skipVerify = "PREFECT_API_TLS_INSECURE_SKIP_VERIFY"
)

// IsWithin reports whether the address of an API is one of Prefect Cloud.
func (c CloudAddress) IsWithin(apiURL string) bool {
	return apiURL == c.API || strings.HasPrefix(apiURL, c.API+"/")
}

// IsOwn reports whether the person's own configuration, and no file of the folder, decides on the API URL and its page.
func (f *Folder) IsOwn() bool {
	own, here := f.own().Target(), f.Result.Target()
	return own.APIURL == here.APIURL && own.UIURL == here.UIURL
}

// OwnsProfiles reports whether the person's own configuration, and no file of the folder, decides on where profiles are saved, and names
// a place that does not depend on the folder.
func (f *Folder) OwnsProfiles() bool {
	path := f.Result.Saved.Path
	return f.own().Saved.Path == path && isOwn(path)
}

// A Directory is what servers have said: which workspaces there are, and how the last try to reach each server went. It never
// changes. A nil Directory is empty.
type Directory struct {
	recalled []cloud.Listing // of all keys that were used on this computer, the latest first
	heard    map[cloud.Key]cloud.Listing
	checks   map[Access]Checked
}

// A Checked is how the last try to reach a server went.
type Checked struct {
	protocol.StatusCheck

	Reason cloud.Reason // for which the server did not let us in, or empty
}

func (d *Directory) clone() *Directory {
	if d == nil {
		return &Directory{heard: map[cloud.Key]cloud.Listing{}, checks: map[Access]Checked{}}
	}
	return &Directory{recalled: d.recalled, heard: maps.Clone(d.heard), checks: maps.Clone(d.checks)}
}

// Recall is the directory with what was heard in earlier sessions.
func (d *Directory) Recall(listings []cloud.Listing) *Directory {
	next := d.clone()
	next.recalled = listings
	return next
}

// Hear is the directory after Prefect Cloud listed the workspaces that a key can see.
func (d *Directory) Hear(key cloud.Key, listing cloud.Listing) *Directory {
	next := d.clone()
	next.heard[key] = listing
	return next
}

// Tried is the directory after a server was tried. Where that was not reached, what was known before still holds.
func (d *Directory) Tried(a Access, c Checked) *Directory {
	next := d.clone()
	if before, known := next.checks[a]; known && !c.Reached {
		c.Valid, c.Reason = before.Valid, before.Reason
	}
	next.checks[a] = c
	return next
}

// Listing is the last list of the workspaces that a key can see, if it was heard in this session.
func (d *Directory) Listing(key cloud.Key) (cloud.Listing, bool) {
	if d == nil {
		return cloud.Listing{}, false
	}
	l, ok := d.heard[key]
	return l, ok
}

// Check is how the last try to reach a server went, or nil.
func (d *Directory) Check(a Access) *Checked {
	if d == nil {
		return nil
	}
	if c, ok := d.checks[a]; ok {
		return &c
	}
	return nil
}

// Find is a workspace by the ids of its account and its own.
func (d *Directory) Find(account, workspace string) (cloud.Workspace, bool) {
	if d == nil || workspace == "" {
		return cloud.Workspace{}, false
	}
	for _, l := range slices.Concat(slices.Collect(maps.Values(d.heard)), d.recalled) {
		for _, w := range l.Workspaces {
			if strings.EqualFold(w.WorkspaceID, workspace) && strings.EqualFold(w.AccountID, account) {
				return w, true
			}
		}
	}
	return cloud.Workspace{}, false
}

// Workspaces are those that are known of the Prefect Cloud at an API, by account and handle.
func (d *Directory) Workspaces(api string) []cloud.Workspace {
	if d == nil {
		return nil
	}
	var all []cloud.Workspace
	for _, l := range slices.Concat(slices.Collect(maps.Values(d.heard)), d.recalled) {
		if strings.TrimRight(l.API, "/") == api {
			all = append(all, l.Workspaces...)
		}
	}
	slices.SortFunc(all, func(a, b cloud.Workspace) int {
		return cmp.Or(strings.Compare(a.Handle(), b.Handle()), strings.Compare(a.WorkspaceID, b.WorkspaceID))
	})
	return slices.CompactFunc(all, func(a, b cloud.Workspace) bool { return a.WorkspaceID == b.WorkspaceID })
}

// Handle is account/workspace behind the ids in the address of an API, or empty.
func (d *Directory) Handle(apiURL string) string {
	if d == nil {
		return ""
	}
	u := profiles.ParseAPIURL(apiURL)
	if w, ok := d.Find(u.Account, u.Workspace); ok {
		return w.Handle()
	}
	return ""
}

// PlaceName is what the place behind the address of an API is called: account/workspace, or a host with its port.
func (d *Directory) PlaceName(apiURL string) string {
	if handle := d.Handle(apiURL); handle != "" {
		return handle
	}
	u := profiles.ParseAPIURL(apiURL)
	if u.Port != "" {
		return u.Host + ":" + u.Port
	}
	return u.Host
}

// Answer is what the server of the folder said to the key in effect, as the rules need it.
func (f *Folder) Answer(d *Directory) rules.Answer {
	check := d.Check(f.Access())
	switch {
	case check == nil:
		return rules.NotAsked
	case check.Reason == cloud.KeyRejected:
		return rules.KeyRejected
	case check.Reason == cloud.NoAccess:
		return rules.WorkspaceNotFound
	}
	return rules.NotAsked
}

// Learn takes in what servers say.
func (s *Session) Learn(change func(*Directory) *Directory) *Snapshot {
	return s.update(func(next *Snapshot) { next.Directory = change(next.Directory) })
}
