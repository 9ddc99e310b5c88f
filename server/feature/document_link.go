package feature

import (
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
	"prefect-ls/server/session"

	lsp "github.com/tliron/glsp/protocol_3_16"
)

// DocumentLink leads from each setting to its place in Prefect's reference, and from each API URL to its page in the browser.
func DocumentLink(snap *session.Snapshot, params *lsp.DocumentLinkParams) ([]lsp.DocumentLink, error) {
	links := []lsp.DocumentLink{}
	doc := open(snap, params.TextDocument.URI)
	if doc == nil {
		return links, nil
	}
	for i := range doc.File.Entries {
		e := &doc.File.Entries[i]
		if e.Setting == nil {
			continue
		}
		links = append(links, lsp.DocumentLink{Range: doc.Map.Range(e.Key), Target: new(e.Setting.Reference()), Tooltip: new("Open Prefect's reference")})
		if e.Setting.Name != apiURL || e.Value.Kind != syntax.String {
			continue
		}
		if page := pageOf(profiles.ParseAPIURL(e.Value.Text)); page != "" {
			links = append(links, lsp.DocumentLink{Range: doc.Map.Range(e.Unquoted(doc.Text)), Target: &page, Tooltip: new("Open in the browser")})
		}
	}
	return links, nil
}

// isForeign reports whether the name of a host cannot contain r.
func isForeign(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '-'
}

// pageOf is the page in the browser for an API URL, or empty.
func pageOf(u profiles.APIURL) string {
	if u.IsCloud() {
		account, accountOK := profiles.CanonicalID(u.Account)
		workspace, workspaceOK := profiles.CanonicalID(u.Workspace)
		label, domain, _ := strings.Cut(strings.ToLower(u.Host), ".")
		if !accountOK || !workspaceOK || label != "api" && label != "app" || strings.ContainsFunc(domain, isForeign) {
			return ""
		}
		return fmt.Sprintf("https://app.%s/account/%s/workspace/%s", domain, account, workspace)
	}
	address := u.Text()
	page, isAPI := strings.CutSuffix(strings.TrimSuffix(address, "/"), "/api")
	web := strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
	if !isAPI || !web || u.Host == "" || strings.ContainsAny(address, "@$ ") {
		return ""
	}
	return page
}
