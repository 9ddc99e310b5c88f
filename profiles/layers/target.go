package layers

import (
	"strings"

	"prefect-ls/profiles"
)

// A ServerType is what Prefect connects to, in the words of src/prefect/client/base.py.
type ServerType string

// The server types.
const (
	Cloud        ServerType = "cloud"
	Server       ServerType = "server"
	Ephemeral    ServerType = "ephemeral"    // a temporary server of each process
	Unconfigured ServerType = "unconfigured" // nothing: Prefect fails when it needs its API
)

// A Target is where flows of the folder run.
type Target struct {
	Type      ServerType
	APIURL    string // empty where it is unset, or set to nothing
	UIURL     string // the page to open in the browser, or empty
	Account   string // its id, of a workspace in Prefect Cloud
	Workspace string
	Decides   *Setting // the setting that makes it so: the API URL, or whether a temporary server is allowed
}

// Target is where flows run with what is in effect.
func (r *Result) Target() Target {
	api := r.Lookup("PREFECT_API_URL")
	t := Target{Type: Server, APIURL: r.text(api.Name), UIURL: r.text("PREFECT_UI_URL"), Decides: api}
	if api.Typed == nil {
		t.Decides = r.Lookup("PREFECT_SERVER_EPHEMERAL_ENABLED")
		t.Type = Unconfigured
		if allowed, _ := t.Decides.Typed.(bool); allowed {
			t.Type = Ephemeral
		}
		return t
	}
	if strings.HasPrefix(t.APIURL, r.text("PREFECT_CLOUD_API_URL")) {
		t.Type = Cloud
		url := profiles.ParseAPIURL(t.APIURL)
		t.Account, t.Workspace = url.Account, url.Workspace
	}
	return t
}

// isCloud reports whether Prefect caps the size of logs for Prefect Cloud.
func (r *Result) isCloud() bool {
	api, cloud := r.text("PREFECT_API_URL"), r.text("PREFECT_CLOUD_API_URL")
	return api != "" && cloud != "" && strings.HasPrefix(api, cloud)
}
