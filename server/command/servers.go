package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"
)

// Servers are what a desk knows of Prefect Cloud and Prefect servers, and whether it may ask them.
type Servers struct {
	Settings  func() protocol.Settings
	Directory func() *session.Directory
	// Learn takes in what a server said.
	Learn func(change func(*session.Directory) *session.Directory)
	// UserAgent is what they are told of this program; empty for its name.
	UserAgent string
	// Cache keeps it for later sessions.
	Cache cloud.Cache
}

// Cache is where the person's cache is; one that remembers nothing where there is no place for it.
func Cache() cloud.Cache {
	folder, err := os.UserCacheDir()
	if err != nil {
		return cloud.Cache{}
	}
	return cloud.Cache{Dir: filepath.Join(folder, "prefect-ls")}
}

// client is how servers are asked for what concerns a folder. Its error says why they are not.
func (d *Desk) client(folder *session.Folder) (*cloud.Client, error) {
	return d.clientWith(folder, folder.Trust())
}

func (d *Desk) clientWith(folder *session.Folder, trust session.Trust) (*cloud.Client, error) {
	s := d.Servers.Settings()
	switch {
	case s.Untrusted:
		return nil, errors.New("no server is asked while this workspace is not trusted; trust it first")
	case s.Network.Off:
		return nil, errors.New("no server is asked, as the setting prefect.network.enabled is off")
	}
	return cloud.New(cloud.Options{
		API: folder.Cloud().API, CAFile: trust.CAFile, SkipVerify: trust.SkipVerify, UserAgent: d.Servers.UserAgent,
		Proxy: cloud.Proxy{URL: s.Network.Proxy, Except: s.Network.NoProxy, SkipVerify: s.Network.ProxySkipVerify},
	})
}

// workspaces asks Prefect Cloud which workspaces a key can see, and remembers them.
func (d *Desk) workspaces(ctx context.Context, folder *session.Folder, key cloud.Key) ([]cloud.Workspace, error) {
	client, err := d.client(folder)
	if err != nil {
		return nil, err
	}
	list, err := client.Workspaces(ctx, key)
	if err != nil {
		return nil, err
	}
	listing := cloud.Listing{API: folder.Cloud().API, Checked: d.now(), Workspaces: list}
	_ = d.Servers.Cache.Put(key, listing) // without it, the handles are missing offline and nothing else
	d.Servers.Learn(func(known *session.Directory) *session.Directory { return known.Hear(key, listing) })
	return list, nil
}

// known is what was heard last of the workspaces that a key can see.
func (d *Desk) known(folder *session.Folder, key cloud.Key) (cloud.Listing, bool) {
	if l, ok := d.Servers.Directory().Listing(key); ok {
		return l, true
	}
	return d.Servers.Cache.Get(folder.Cloud().API, key)
}

func (d *Desk) now() time.Time { return d.Now().UTC().Truncate(time.Second) }

// A way is how a server is got to.
type way struct {
	session.Access

	trust session.Trust
	own   bool // false where a file of the folder names the server
}

// wayOf is how code in the folder gets to its server.
func wayOf(folder *session.Folder) way { return way{folder.Access(), folder.Trust(), folder.IsOwn()} }

// check tries to reach a server and remembers how that went. The error is why it did not let us in.
func (d *Desk) check(ctx context.Context, folder *session.Folder, w way) error {
	err := d.try(ctx, folder, w)
	d.note(w.Access, d.now(), err)
	return err
}

// Recheck tries to reach the server of a folder without a word to the person, if it is Prefect Cloud or one of the person's own.
func (d *Desk) Recheck(ctx context.Context, folder *session.Folder) {
	w := wayOf(folder)
	isCloud := folder.Cloud().IsWithin(w.APIURL) && !w.Key.IsZero()
	if isCloud || w.own && w.APIURL != "" {
		_ = d.check(ctx, folder, w) // which is noted
	}
}

// note remembers how it went to reach a server. What is no answer to that is not noted.
func (d *Desk) note(access session.Access, at time.Time, err error) {
	checked := session.Checked{StatusCheck: protocol.StatusCheck{At: at.Format(time.RFC3339), Reached: true, Valid: err == nil}}
	if err != nil {
		failure, ok := errors.AsType[*cloud.Error](err)
		if !ok || failure.Reason == cloud.Cancelled {
			return
		}
		checked.Reached, checked.Message, checked.Reason = !failure.IsUnreachable(), failure.Error(), failure.Reason
	}
	d.Servers.Learn(func(known *session.Directory) *session.Directory { return known.Tried(access, checked) })
}

// try gets to a server: to Prefect Cloud with the key, to another one with the auth string, if there is one.
func (d *Desk) try(ctx context.Context, folder *session.Folder, w way) error {
	switch {
	case w.APIURL == "":
		return errors.New("there is no server to reach, as no API URL is set")
	case !folder.Cloud().IsWithin(w.APIURL):
		return d.tryServer(ctx, folder, w)
	case w.Key.IsZero():
		return &Failure{Err: errors.New("there is no API key for Prefect Cloud; log in first"), Actions: []Action{d.loggingIn(protocol.CommandParams{})}}
	}
	list, err := d.workspaces(ctx, folder, w.Key)
	u := profiles.ParseAPIURL(w.APIURL)
	if err != nil || u.Workspace == "" {
		return err
	}
	if slices.ContainsFunc(list, leadsTo(u)) {
		return nil
	}
	client, err := d.client(folder)
	if err != nil {
		return err
	}
	_, err = client.Workspace(ctx, w.Key, u.Account, u.Workspace)
	return err
}

// leadsTo tells of a workspace whether it is the one in an address.
func leadsTo(u profiles.APIURL) func(cloud.Workspace) bool {
	return func(w cloud.Workspace) bool {
		return strings.EqualFold(w.WorkspaceID, u.Workspace) && strings.EqualFold(w.AccountID, u.Account)
	}
}

// tryServer gets to a server of one's own. It is not sent the API key of Prefect Cloud, and the auth string only if the person's own
// configuration names the server, or the person says so.
func (d *Desk) tryServer(ctx context.Context, folder *session.Folder, w way) error {
	if w.trust.SkipVerify {
		w.trust.CAFile = "" // which then does not matter, be it there or not
	}
	client, err := d.clientWith(folder, w.trust)
	if err != nil {
		return err
	}
	if w.Auth() != "" && !w.own {
		host := profiles.ParseAPIURL(w.APIURL).Host
		if err := d.consent(ctx, "A file of this folder names the server "+host+". Send it PREFECT_API_AUTH_STRING?", "Send it to "+host); err != nil {
			return err
		}
	}
	_, err = client.Version(ctx, w.APIURL, w.Auth())
	return err
}

// consent asks for leave to do what a file of the folder would have done.
func (d *Desk) consent(ctx context.Context, question, yes string) error {
	_, err := d.Person.Pick(ctx, protocol.PickParams{Title: question, Items: []protocol.PickItem{{ID: "yes", Label: yes}}})
	return err
}
