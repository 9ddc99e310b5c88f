package rules

import (
	_ "embed" // the rule's page
	"fmt"
	"strings"

	"prefect-ls/profiles"
	"prefect-ls/profiles/text"
)

//go:embed ui_url_with_api.md
var uiURLWithAPIPage string

// Prefect joins the path of a page to the address as it is (src/prefect/utilities/urls.py, url_for).
var uiURLWithAPI = &Rule{
	Code:     "ui-url-with-api",
	Severity: Warning,
	Page:     uiURLWithAPIPage,
	Check: func(f *profiles.File, report func(Problem)) {
		for e := range given(f, "PREFECT_UI_URL") {
			address, ok := textOf(e)
			if !ok {
				continue
			}
			page, isAPI := strings.CutSuffix(strings.TrimRight(address, "/"), "/api")
			if !isAPI {
				continue
			}
			report(Problem{
				Span: e.Value.Span,
				Message: fmt.Sprintf("This is the address of the API: the links to runs that Prefect makes with it lead nowhere. Leave out /api. Where the UI finds the API is said by %s.",
					shown(f.Kind, "PREFECT_SERVER_UI_API_URL")),
				Fixes: []Fix{{Title: "Remove '/api'", Preferred: true, Edits: []text.Edit{e.Set(f.Source, page)}}},
			})
		}
	},
}
