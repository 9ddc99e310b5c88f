package protocol

// MethodStatus is our own message. As a notification the server sends it whenever a [Status] has changed; as a request
// with [StatusParams] it asks for the status of a folder or file.
const MethodStatus = "prefect/status"

// StatusParams name the folder to tell of: that of a file, or the folder itself.
type StatusParams struct {
	URI string `json:"uri"`
}

// A Status is where code that is started in a folder would run, and why. It never holds a key.
type Status struct {
	Folder     string         `json:"folder"`              // its path
	ServerType string         `json:"serverType"`          // cloud, server, ephemeral or unconfigured
	APIURL     string         `json:"apiUrl"`              // empty where there is none
	UIURL      string         `json:"uiUrl"`               // the page to open in a browser, or empty
	Account    string         `json:"account,omitempty"`   // its id, for Prefect Cloud
	Workspace  string         `json:"workspace,omitempty"` // its id, for Prefect Cloud
	Source     StatusSource   `json:"source"`              // what decides on the target
	Shadows    []StatusSource `json:"shadows"`             // what would decide if that were not there, by rank
	Profile    StatusProfile  `json:"profile"`             // whose values count
	Key        *StatusSource  `json:"key"`                 // where the API key comes from, or null
	Errors     []StatusError  `json:"errors"`              // for which Prefect does not start here
	Prefect    string         `json:"prefect,omitempty"`   // the release in use, where the folder tells it
}

// A StatusSource is a place that gives a setting its value.
type StatusSource struct {
	Kind     string `json:"kind"`               // env, dotenv, prefect.toml, pyproject.toml, profile or default
	Path     string `json:"path,omitempty"`     // of the file
	Line     int    `json:"line,omitempty"`     // from 1
	Variable string `json:"variable,omitempty"` // the name as written there
	Profile  string `json:"profile,omitempty"`  // for the kind profile
}

// A StatusProfile is the profile whose values count.
type StatusProfile struct {
	Name    string       `json:"name"`              // empty where no profile counts
	Missing string       `json:"missing,omitempty"` // the name that was asked for, where there is no such profile
	Bundled bool         `json:"bundled"`           // it comes with Prefect and is in no file
	Path    string       `json:"path,omitempty"`    // of the profiles.toml that is read
	Source  StatusSource `json:"source"`            // what asks for it
}

// A StatusError is a reason for which Prefect does not start.
type StatusError struct {
	Message string       `json:"message"`
	Source  StatusSource `json:"source"`
}

// A SettingStatus is one setting with the value that is in effect, as `prefect-ls settings --format json` lists them.
type SettingStatus struct {
	Name    string         `json:"name"`
	Value   any            `json:"value"` // null where it is unset; a secret is masked
	Set     bool           `json:"set"`   // a source other than the defaults gives the value
	Source  StatusSource   `json:"source"`
	Shadows []StatusSource `json:"shadows"`
}
