package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"prefect-ls/profiles"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"
)

// Verify tries to reach the server of Profile, or else of what is in effect for URI, and says how that went.
func Verify(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	folder, err := d.Folder(params.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	w := wayOf(folder)
	if params.Profile != "" {
		if w.Access, err = d.accessOf(folder, params.Profile); err != nil {
			return protocol.CommandResult{}, err
		}
		if w.own = folder.OwnsProfiles(); w.own {
			w.trust = folder.TrustOf(folder.Result.Saved.File, params.Profile)
		}
	}
	ctx, done := d.Person.Progress(ctx, "Checking the connection...")
	defer done()
	if err := d.check(ctx, folder, w); err != nil {
		return protocol.CommandResult{}, d.remedied(err, params)
	}
	return d.say(ctx, protocol.CommandResult{Message: d.verified(folder, w), Profile: params.Profile}), nil
}

// accessOf is how a profile of the folder's profiles.toml gets to its server.
func (d *Desk) accessOf(folder *session.Folder, profile string) (session.Access, error) {
	file := folder.Result.Saved.File
	if file == nil {
		return session.Access{}, errMissing(profile)
	}
	if _, defined := file.Lookup(profile); !defined {
		return session.Access{}, errMissing(profile)
	}
	return session.AccessOf(file, profile), nil
}

func (d *Desk) verified(folder *session.Folder, w way) string {
	u := profiles.ParseAPIURL(w.APIURL)
	handle := d.Servers.Directory().Handle(w.APIURL)
	switch isCloud := folder.Cloud().IsWithin(w.APIURL); {
	case !isCloud && w.trust.SkipVerify && u.Scheme == "https":
		return fmt.Sprintf("The Prefect server at %s answers. Its certificate was not checked, as PREFECT_API_TLS_INSECURE_SKIP_VERIFY is on.", u.Host)
	case !isCloud:
		return fmt.Sprintf("The Prefect server at %s answers.", u.Host)
	case u.Workspace == "":
		return "The key is valid. Choose a workspace for it: the API URL names none."
	}
	return fmt.Sprintf("The key is valid, and %s can be reached with it.", cmp.Or(handle, "the workspace"))
}

// remedied is an error of a server with what can be done about it.
func (d *Desk) remedied(err error, params protocol.CommandParams) error {
	failure, ok := errors.AsType[*cloud.Error](err)
	if !ok || failure.Reason == cloud.Cancelled {
		return err
	}
	var actions []Action
	switch {
	case failure.Reason == cloud.KeyRejected, failure.Reason == cloud.Cloud1Key, failure.Reason == cloud.NotAKey:
		actions = append(actions, d.loggingIn(params))
	case failure.Reason == cloud.NoAccess:
		actions = append(actions, d.acting("Choose a workspace...", SetWorkspace, params))
	case failure.IsUnreachable():
		actions = append(actions, d.acting("Try again", Verify, params))
	}
	return &Failure{Err: err, Actions: actions}
}

// acting is an action that does another deed.
func (d *Desk) acting(title string, deed Deed, params protocol.CommandParams) Action {
	return Action{Title: title, Do: func(ctx context.Context) error {
		_, err := d.Do(ctx, deed, params)
		return err
	}}
}

func (d *Desk) loggingIn(params protocol.CommandParams) Action {
	return d.acting("Log in to Prefect Cloud...", Login, params)
}
