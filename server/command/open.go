package command

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"prefect-ls/protocol"
)

// Open shows the page of Profile in the browser, or else of what is in effect for URI.
func Open(ctx context.Context, d *Desk, params protocol.CommandParams) (protocol.CommandResult, error) {
	url, err := d.page(params)
	if err != nil {
		return protocol.CommandResult{}, err
	}
	if err := d.Person.Browse(ctx, url); err != nil {
		return protocol.CommandResult{}, err
	}
	return protocol.CommandResult{Done: true, Message: fmt.Sprintf("Opened %s.", url), Profile: params.Profile}, nil
}

// page is the address of the page of Profile, or else of what is in effect for URI.
func (d *Desk) page(params protocol.CommandParams) (string, error) {
	folder, err := d.Folder(params.URI)
	if err != nil {
		return "", err
	}
	page := folder.Result.Target().UIURL
	switch {
	case params.Profile == "" && d.Servers.Settings().Untrusted && !folder.IsOwn():
		return "", errors.New("a file of this folder names the page, and the workspace is not trusted; trust it first")
	case params.Profile != "":
		access, err := d.accessOf(folder, params.Profile)
		if err != nil {
			return "", err
		}
		page = (&targetList{desk: d, cloud: folder.Cloud()}).target(access.APIURL, false, params.Profile).UIURL
	}
	if !isPage(page) {
		return "", errors.New("there is no page to open: no server is set that has one")
	}
	return page, nil
}

// isPage reports whether an address is one for a browser, and not one that the system opens with who knows what.
func isPage(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.Contains(address, "@")
}
