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
	Handle     string         `json:"handle,omitempty"`    // acme/prod, where Prefect Cloud once told it
	Source     StatusSource   `json:"source"`              // what decides on the target
	Shadows    []StatusSource `json:"shadows"`             // what would decide if that were not there, by rank
	Profile    StatusProfile  `json:"profile"`             // whose values count
	TestMode   string         `json:"testMode,omitempty"`  // the variable that turns test mode on, in which no profile counts
	Key        *StatusSource  `json:"key"`                 // where the API key comes from, or null
	Errors     []StatusError  `json:"errors"`              // for which Prefect does not start here
	Protected  bool           `json:"protected,omitempty"` // the target is one of prefect.protectedWorkspaces
	Prefect    string         `json:"prefect,omitempty"`   // the release in use, where the folder tells it
	Check      *StatusCheck   `json:"check"`               // how it went to reach the target, or null where nobody tried
	Problem    *StatusProblem `json:"problem"`             // what the person must mend, or null
}

// A StatusCheck is the latest try to reach the target with the key.
type StatusCheck struct {
	At      string `json:"at"`      // as RFC 3339 has it
	Reached bool   `json:"reached"` // false while offline: then Valid is what was known before
	Valid   bool   `json:"valid"`   // the target answered and took the key
	Message string `json:"message"` // what is wrong and what to do, or empty
}

// A StatusProblem is a reason for which code does not run where it says.
type StatusProblem struct {
	Title   string        `json:"title"`   // a few words, such as "bad API URL"
	Message string        `json:"message"` // what is wrong and what to do
	Command string        `json:"command"` // that helps, or empty
	Source  *StatusSource `json:"source"`  // where it is to be mended, or null
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
	Saved   string       `json:"saved,omitempty"`   // the profiles.toml that the prefect command changes, where it is another one
	Source  StatusSource `json:"source"`            // what asks for it
}

// A StatusError is a reason for which Prefect does not start.
type StatusError struct {
	Message string       `json:"message"`
	Source  StatusSource `json:"source"`
}

// MethodSettings asks which settings have a value in a folder, other than by default. The answer is a list of [SettingStatus].
const MethodSettings = "prefect/settings"

// SettingsParams name the folder to tell of: that of a file, or the folder itself.
type SettingsParams struct {
	URI string `json:"uri"`
}

// A SettingStatus is one setting with the value that is in effect, as `prefect-ls settings --format json` lists them.
type SettingStatus struct {
	Name    string         `json:"name"`
	Value   any            `json:"value"` // null where it is unset; a secret is masked
	Set     bool           `json:"set"`   // a source other than the defaults gives the value
	Source  StatusSource   `json:"source"`
	Shadows []StatusSource `json:"shadows"`
}

// MethodAPIURL asks which API belongs to an address that somebody took from the browser. The answer is an [APIURLResult], or null
// for what is no page of Prefect.
const MethodAPIURL = "prefect/apiUrl"

// APIURLParams name the page.
type APIURLParams struct {
	Page string `json:"page"`
}

// An APIURLResult is what PREFECT_API_URL takes in place of the page.
type APIURLResult struct {
	APIURL string `json:"apiUrl"`
}
