package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"prefect-ls/protocol"
	"prefect-ls/server/cloud"
	"prefect-ls/server/session"
)

// errNoWorkspaces is the error of a key that is good for nothing yet.
var errNoWorkspaces = errors.New("this key has no workspaces yet")

// workspaceFor is the workspace with a handle, or the one that the person picks.
func (d *Desk) workspaceFor(ctx context.Context, title, handle string, list []cloud.Workspace) (cloud.Workspace, error) {
	if handle == "" {
		return d.chooseWorkspace(ctx, title, list)
	}
	i := slices.IndexFunc(list, func(w cloud.Workspace) bool { return w.Handle() == handle })
	if i < 0 {
		return cloud.Workspace{}, fmt.Errorf("the key can see no workspace '%s'; it is named as account/workspace", handle)
	}
	return list[i], nil
}

// chooseWorkspace lets the person pick one of the workspaces that a key can see. There is no question where there is but one.
func (d *Desk) chooseWorkspace(ctx context.Context, title string, list []cloud.Workspace) (cloud.Workspace, error) {
	switch len(list) {
	case 0:
		return cloud.Workspace{}, errNoWorkspaces
	case 1:
		return list[0], nil
	}
	list = slices.SortedFunc(slices.Values(list), compareWorkspaces) // the directory has the same list
	items := make([]protocol.PickItem, len(list))
	for i, w := range list {
		items[i] = protocol.PickItem{ID: w.WorkspaceID, Label: w.Handle(), Description: w.WorkspaceName, Icon: "cloud", Group: accountOf(w)}
	}
	id, err := d.Person.Pick(ctx, protocol.PickParams{Title: title, Placeholder: "account/workspace", Items: items})
	if err != nil {
		return cloud.Workspace{}, err
	}
	i := slices.IndexFunc(list, func(w cloud.Workspace) bool { return w.WorkspaceID == id })
	if i < 0 {
		return cloud.Workspace{}, errors.New("there is no such workspace")
	}
	return list[i], nil
}

func compareWorkspaces(a, b cloud.Workspace) int {
	return cmp.Or(strings.Compare(accountOf(a), accountOf(b)), strings.Compare(a.Handle(), b.Handle()))
}

// accountOf is what the account of a workspace is called.
func accountOf(w cloud.Workspace) string { return cmp.Or(w.AccountName, w.AccountHandle, w.AccountID) }

// creating leads to where a first workspace is made.
func (d *Desk) creating(folder *session.Folder) Action {
	return Action{Title: "Create one in the browser", Do: func(ctx context.Context) error {
		return d.Person.Browse(ctx, folder.Cloud().UI)
	}}
}
