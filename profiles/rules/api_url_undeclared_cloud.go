package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/syntax"
)

//go:embed api_url_undeclared_cloud.md
var apiURLUndeclaredCloudPage string

var apiURLUndeclaredCloud = &Rule{
	Code:     "api-url-undeclared-cloud",
	Severity: Warning,
	Page:     apiURLUndeclaredCloudPage,
	Check: func(f *profiles.File, report func(Problem)) {
		moves := mostMoves
		for e := range given(f, "PREFECT_API_URL") {
			u := profiles.ParseAPIURL(e.Value.Text)
			if !u.IsCloud() || u.IsCloudApp() || u.Scheme != "https" || strings.EqualFold(u.Host, "api.prefect.cloud") || scopeOf(f, e).entry("PREFECT_CLOUD_API_URL") != nil {
				continue
			}
			declared := "https://" + strings.ToLower(u.Host) + "/api"
			p := Problem{
				Span:    e.Value.Span,
				Message: fmt.Sprintf("Unless PREFECT_CLOUD_API_URL is %s, Prefect takes this for a server of your own and not for Prefect Cloud.", declared),
			}
			if f.Kind == profiles.ProfilesTOML && moves > 0 {
				moves--
				edits := f.TOML.Insert([]string{"profiles", e.Profile, "PREFECT_CLOUD_API_URL"}, syntax.Quote(declared))
				p.Fixes = []Fix{{Title: "Set 'PREFECT_CLOUD_API_URL' as well", Preferred: len(edits) > 0, Edits: edits}}
			}
			report(p)
		}
	},
}
