package session

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/rules"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
)

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
	return HostOf(profiles.ParseAPIURL(apiURL))
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
