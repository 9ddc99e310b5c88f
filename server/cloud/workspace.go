package cloud

import (
	"context"
	"net/url"
	"strings"
)

// A Workspace is a workspace of Prefect Cloud and the account that it belongs to. Of one that was asked for by its id, the account
// has only its id. The ids are UUIDs.
type Workspace struct {
	AccountID       string `json:"account_id"`
	AccountName     string `json:"account_name"`
	AccountHandle   string `json:"account_handle"`
	WorkspaceID     string `json:"workspace_id"`
	WorkspaceName   string `json:"workspace_name"`
	WorkspaceHandle string `json:"workspace_handle"`
}

// Handle is the only form of a workspace's handle that no other workspace has: account/workspace.
func (w Workspace) Handle() string { return w.AccountHandle + "/" + w.WorkspaceHandle }

// APIURL is the PREFECT_API_URL of the workspace, where base is PREFECT_CLOUD_API_URL.
func (w Workspace) APIURL(base string) string {
	return strings.TrimRight(base, "/") + "/accounts/" + w.AccountID + "/workspaces/" + w.WorkspaceID
}

// UIURL is the address of the workspace in the browser, where base is PREFECT_CLOUD_UI_URL.
func (w Workspace) UIURL(base string) string {
	return strings.TrimRight(base, "/") + "/account/" + w.AccountID + "/workspace/" + w.WorkspaceID
}

// A Person is who a key belongs to, who may be a service account.
type Person struct {
	ID        string `json:"id"`
	Handle    string `json:"handle"`
	Email     string `json:"email"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
}

// Workspaces are those that the key is a member of, in all its accounts. That they can be listed is what makes a key valid.
func (c *Client) Workspaces(ctx context.Context, key Key) ([]Workspace, error) {
	var answer []Workspace
	if err := c.cloud(ctx, key, NoAPI, &answer, "me", "workspaces"); err != nil {
		return nil, err
	}
	known := []Workspace{}
	for _, w := range answer {
		if w.AccountID != "" && w.WorkspaceID != "" {
			known = append(known, w)
		}
	}
	return known, nil
}

// Me is who the key belongs to.
func (c *Client) Me(ctx context.Context, key Key) (me Person, err error) {
	err = c.cloud(ctx, key, NoAPI, &me, "me/")
	return me, err
}

// Workspace is the workspace with an id, in the account with an id.
func (c *Client) Workspace(ctx context.Context, key Key, accountID, workspaceID string) (Workspace, error) {
	var answer struct {
		Name   string `json:"name"`
		Handle string `json:"handle"`
	}
	err := c.cloud(ctx, key, NoAccess, &answer, "accounts", url.PathEscape(accountID), "workspaces", url.PathEscape(workspaceID))
	return Workspace{AccountID: accountID, WorkspaceID: workspaceID, WorkspaceName: answer.Name, WorkspaceHandle: answer.Handle}, err
}

// cloud gets what is at a path of Prefect Cloud; a 404 there means missing.
func (c *Client) cloud(ctx context.Context, key Key, missing Reason, into any, path ...string) error {
	if key.IsZero() {
		return &Error{Reason: NotAKey}
	}
	r := request{through: c.http, authorization: "Bearer " + key.Reveal(), rejected: KeyRejected, missing: missing}
	return c.get(ctx, c.api.JoinPath(path...), r, into)
}

// Version is the version of the self-hosted Prefect server at an API URL. The auth string is the value of PREFECT_API_AUTH_STRING,
// and may be empty.
func (c *Client) Version(ctx context.Context, apiURL, auth string) (version string, err error) {
	address, err := parseAddress(apiURL)
	if err != nil {
		return "", err
	}
	r := request{through: c.own, rejected: AuthRejected, missing: NoAPI}
	if auth != "" {
		r = r.signIn(auth)
	}
	err = c.get(ctx, address.JoinPath("admin", "version"), r, &version)
	return version, err
}
