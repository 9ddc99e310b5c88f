package command

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/layers"
	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"
)

// Login gets an API key of Prefect Cloud, from the browser, the person or another profile, and puts it into a profile.
func Login(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	return d.LogIn(ctx, LoginRequest{URI: params.URI, Profile: params.Profile})
}

// A LoginRequest is what a login need not ask for.
type LoginRequest struct {
	URI       string
	Key       cloud.Key // zero if it is to be asked for
	Workspace string    // account/workspace
	Profile   string    // to put the key into; it does not become the active one
	Unasked   bool      // the key goes where it would be offered first to be put
}

// A credential is a key that Prefect Cloud took, with the workspaces that it can see.
type credential struct {
	key        cloud.Key
	workspaces []cloud.Workspace
}

// LogIn is [Login] with more known beforehand.
func (d *Desk) LogIn(ctx context.Context, r LoginRequest) (protocol.CommandResult, error) {
	p, err := d.profilesFile(r.URI)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	if err := d.mayLogIn(ctx, p); err != nil {
		return protocol.CommandResult{}, err
	}
	c, err := d.credential(ctx, p, r.Key)
	if err != nil {
		return protocol.CommandResult{}, d.explained(err, p, r)
	}
	w, err := d.workspaceFor(ctx, "Choose a workspace", r.Workspace, c.workspaces)
	if err != nil {
		return protocol.CommandResult{}, d.explained(err, p, r)
	}
	return d.saveCredential(ctx, p, r, c, w)
}

// mayLogIn refuses a login that would be in vain.
func (d *Desk) mayLogIn(ctx context.Context, p profilesFile) error {
	if key := p.folder.Result.Lookup(apiKey); key.Source.Kind == layers.Environment {
		place := "the environment"
		if key.Source.Entry != nil {
			place = p.folder.NameOf(key.Source)
		}
		return fmt.Errorf("%s is set in %s and would override the new key; unset it there first, then log in", key.Source.Name, place)
	}
	if _, err := d.client(p.folder); err != nil {
		return err
	}
	return d.mayKeepKey(ctx, p)
}

// mayKeepKey asks for leave to write a key to a file that is not the person's own; see [session.Folder.OwnsProfiles].
func (d *Desk) mayKeepKey(ctx context.Context, p profilesFile) error {
	if p.folder.OwnsProfiles() {
		return nil
	}
	return d.consent(ctx, fmt.Sprintf("This folder has profiles kept in %s. Save your API key there?", p.path), "Save it there")
}

// explained is an error of a login with what can be done about it.
func (d *Desk) explained(err error, p profilesFile, r LoginRequest) error {
	switch {
	case errors.Is(err, ErrDismissed), errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, errors.ErrUnsupported):
		return errors.New("your editor has no box to type a key in: write it into profiles.toml as the value of PREFECT_API_KEY, then choose \"Verify this key\" there")
	}
	again := Action{Title: "Try again", Do: func(ctx context.Context) error {
		_, err := d.LogIn(ctx, r)
		if errors.Is(err, ErrDismissed) {
			return nil
		}
		return err
	}}
	actions := []Action{again}
	if errors.Is(err, errNoWorkspaces) {
		actions = []Action{d.creating(p.folder), again}
	}
	return &Failure{Err: err, Actions: actions}
}

// credential is the given key, or one from where the person wants to take it, with what it can see.
func (d *Desk) credential(ctx context.Context, p profilesFile, key cloud.Key) (credential, error) {
	if !key.IsZero() {
		return d.examine(ctx, p.folder, key)
	}
	const browser, paste = "browser", "paste"
	items := []protocol.PickItem{
		{ID: browser, Label: "Continue in browser", Detail: "Opens " + host(p.folder.Cloud().UI) + " and creates a key for this computer", Icon: "globe"},
		{ID: paste, Label: "Paste an API key", Detail: "Starts with pnu_ (user) or pnb_ (service account)", Icon: "key", Link: keysPage(p.folder)},
	}
	if d.isRemote() {
		items[1].Description = "works in remote windows"
		slices.Reverse(items)
	}
	keys := p.keys()
	for _, name := range p.loggedIn() {
		if !keys[name].IsZero() {
			items = append(items, protocol.PickItem{ID: "profile " + name, Label: fmt.Sprintf("Use the key in profile '%s'", name), Icon: "account", Group: "Already on this computer"})
		}
	}
	choice, err := d.Person.Pick(ctx, protocol.PickParams{Title: "Log in to Prefect Cloud", Placeholder: "How do you want to log in?", Items: items})
	switch {
	case err != nil:
		return credential{}, err
	case choice == browser:
		return d.fromBrowser(ctx, p.folder)
	case choice == paste:
		return d.typed(ctx, p.folder, protocol.InputParams{Title: "Log in to Prefect Cloud", Prompt: "Paste an API key from " + keysPage(p.folder)})
	}
	return d.examine(ctx, p.folder, keys[strings.TrimPrefix(choice, "profile ")])
}

// isRemote reports whether the person's browser runs on another machine, from where its answer may not get here.
func (d *Desk) isRemote() bool { return d.Editor != nil && d.Editor.Snapshot().Client.Remote }

// keys are those of the profiles, by name.
func (p profilesFile) keys() map[string]cloud.Key {
	keys := map[string]cloud.Key{}
	for _, name := range p.names() {
		keys[name] = session.AccessOf(p.file, name).Key
	}
	return keys
}

func host(address string) string { return profiles.ParseAPIURL(address).Host }

// keysPage is where a person creates keys.
func keysPage(folder *session.Folder) string { return folder.Cloud().UI + "/my/api-keys" }

// examine asks Prefect Cloud what a key can see.
func (d *Desk) examine(ctx context.Context, folder *session.Folder, key cloud.Key) (credential, error) {
	ctx, done := d.Person.Progress(ctx, "Checking the key...")
	defer done()
	list, err := d.workspaces(ctx, folder, key)
	return credential{key, list}, err
}

// typed lets the person type a key, and again where it is not good.
func (d *Desk) typed(ctx context.Context, folder *session.Folder, question protocol.InputParams) (credential, error) {
	question.Secret = true
	for {
		text, err := d.Person.Input(ctx, question)
		if err != nil {
			return credential{}, err
		}
		key, err := cloud.ParseKey(text)
		var c credential
		if err == nil {
			c, err = d.examine(ctx, folder, key)
		}
		failure, refused := errors.AsType[*cloud.Error](err)
		if err == nil || !refused || failure.IsUnreachable() {
			return c, err
		}
		question.Problem = Sentence(err)
		if failure.Reason == cloud.KeyRejected { // who could but log in again does so already
			question.Problem = "This key was rejected (401). It may be expired or revoked. Paste another one."
		}
	}
}

// fromBrowser has the person approve a new key in the browser, or paste one meanwhile: what comes first ends the other.
func (d *Desk) fromBrowser(ctx context.Context, folder *session.Folder) (credential, error) {
	question := protocol.InputParams{
		Title: "Waiting for your browser...", Prompt: "Approve the request in the browser - or paste an API key here.",
		Patience: "Nothing yet? Chrome may ask to allow \"local network access\"; Safari blocks it. You can paste a key from " + keysPage(folder) + ".",
	}
	listener, err := d.openBrowser(ctx, folder)
	if err != nil {
		question.Title, question.Prompt, question.Problem = "Log in to Prefect Cloud", "Paste an API key from "+keysPage(folder), Sentence(err)
		return d.typed(ctx, folder, question)
	}
	defer listener.Close()
	approved, typed := make(chan outcome, 1), make(chan outcome, 1)
	go func() {
		key, err := listener.Wait(ctx)
		approved <- outcome{credential{key: key}, err}
	}()
	asking, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		c, err := d.typed(asking, folder, question)
		typed <- outcome{c, err}
	}()
	var cancelled <-chan struct{}
	for {
		select {
		case o := <-approved:
			stop()
			if o.err != nil {
				return credential{}, o.err
			}
			return d.examine(ctx, folder, o.key)
		case o := <-typed:
			if !errors.Is(o.err, errors.ErrUnsupported) {
				return o.credential, o.err
			}
			running, done := d.Person.Progress(ctx, question.Title)
			defer done()
			cancelled = running.Done()
		case <-cancelled:
			return credential{}, ErrDismissed
		}
	}
}

// An outcome is a credential or why there is none.
type outcome struct {
	credential
	err error
}

// openBrowser opens the page that asks for approval, and listens for its answer.
func (d *Desk) openBrowser(ctx context.Context, folder *session.Folder) (*cloud.Listener, error) {
	listener, err := cloud.Listen(ctx, folder.Cloud().UI)
	if err != nil {
		return nil, err
	}
	callback, err := d.Person.Callback(ctx, listener.Callback())
	if err == nil {
		var external *url.URL
		if external, err = url.Parse(callback); err == nil {
			if !cloud.IsLoopback(external.Hostname()) {
				err = errors.New("your browser runs on another computer, from where its answer does not get here; paste a key instead")
			}
			listener.Forwarded(external)
		}
	}
	if err == nil {
		err = d.Person.Browse(ctx, cloud.AuthURL(folder.Cloud().UI, strings.TrimRight(callback, "/")))
	}
	if err != nil {
		listener.Close()
		return nil, err
	}
	return listener, nil
}
