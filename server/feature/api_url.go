package feature

import (
	"prefect-ls/profiles"
	"prefect-ls/protocol"
	"prefect-ls/server/session"
)

// APIURL tells which API belongs to a page of Prefect in the browser. It is nil for every other address, and for a page that is
// none of a workspace's.
func APIURL(_ *session.Snapshot, params *protocol.APIURLParams) (*protocol.APIURLResult, error) {
	page := profiles.ParseAPIURL(params.Page)
	if !page.IsCloudApp() && !page.IsServerPage() {
		return nil, nil
	}
	corrected, sure := page.Corrected()
	if !sure {
		return nil, nil
	}
	return &protocol.APIURLResult{APIURL: corrected}, nil
}
