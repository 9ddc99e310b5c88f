package protocol

// The commands of the server, for workspace/executeCommand. Each takes one [CommandParams], asks the person for what is
// missing in it, says what it did, and answers with a [CommandResult].
const (
	CommandLogin            = "prefect.login"            // at Prefect Cloud; into Profile, or where the person chooses
	CommandLogout           = "prefect.logout"           // takes key and URL out of Profile
	CommandSwitch           = "prefect.switch"           // to Target, as prefect/targets lists it, or to Profile
	CommandUseProfile       = "prefect.useProfile"       // makes Profile the active one everywhere
	CommandSetWorkspace     = "prefect.setWorkspace"     // points Profile at Account/Workspace
	CommandCreateProfile    = "prefect.createProfile"    // Name, empty
	CommandDuplicateProfile = "prefect.duplicateProfile" // Profile, as Name
	CommandExtractProfile   = "prefect.extractProfile"   // Settings of Profile, to a new one called Name
	CommandRenameProfile    = "prefect.renameProfile"    // Profile, to Name
	CommandDeleteProfile    = "prefect.deleteProfile"    // Profile; another becomes active if need be
	CommandVerify           = "prefect.verify"           // the connection and key of Profile, or of what is in effect for URI
	CommandMoveKey          = "prefect.moveKey"          // the key in the file at URI to Profile in profiles.toml
	CommandRestrictMode     = "prefect.restrictMode"     // makes the file at URI readable for its owner alone
	CommandOpen             = "prefect.open"             // the page of Profile, or of what is in effect for URI, in the browser
	CommandCopyLink         = "prefect.copyLink"         // of that page
	CommandCopyAsEnv        = "prefect.copyAsEnv"        // what Profile sets, without secrets, as lines for an .env file
	CommandUndo             = "prefect.undo"             // the last change that a command made
)

// CommandParams are the argument of every command.
type CommandParams struct {
	URI       string   `json:"uri,omitempty"`       // of a file or folder; by default the first folder of the workspace
	Profile   string   `json:"profile,omitempty"`   // the name of a profile
	Name      string   `json:"name,omitempty"`      // a new name for a profile
	Account   string   `json:"account,omitempty"`   // an id
	Workspace string   `json:"workspace,omitempty"` // an id
	Settings  []string `json:"settings,omitempty"`  // keys of Profile, as they are written
	Target    string   `json:"target,omitempty"`    // the id of a [Target]
	Window    bool     `json:"window,omitempty"`    // to switch one window alone: a profile that leads to Target is found or made, and left for the client to use
}

// A CommandResult is what a command did.
type CommandResult struct {
	Done    bool   `json:"done"`    // false where nothing was done: Message says why, or nothing where the person thought better of it
	Message string `json:"message"` // the outcome in words; it was shown already
	Profile string `json:"profile,omitempty"`
	Path    string `json:"path,omitempty"` // of the file that was changed
	Unsaved bool   `json:"unsaved"`        // the change is in the editor, and counts once the file is saved
}

// MethodTargets asks where code could be run: the workspaces, servers and profiles to switch to.
const MethodTargets = "prefect/targets"

// TargetsParams name the folder that is to be switched. Only with Refresh is Prefect Cloud asked; otherwise what it said
// last is told at once.
type TargetsParams struct {
	URI     string `json:"uri,omitempty"`
	Refresh bool   `json:"refresh"`
}

// Targets are what can be switched to, in the order in which to show them.
type Targets struct {
	Targets  []Target        `json:"targets"`
	Failures []TargetFailure `json:"failures"`
	Checked  string          `json:"checked,omitempty"` // when Prefect Cloud was last asked, as RFC 3339 has it
}

// A Target is one place where code could be run.
type Target struct {
	ID         string   `json:"id"`                   // for [CommandParams]
	Label      string   `json:"label"`                // acme/prod, localhost:4200, ephemeral
	Group      string   `json:"group"`                // the name of the account, or "Self-hosted & local"
	ServerType string   `json:"serverType"`           // cloud, server, ephemeral or unconfigured
	Profiles   []string `json:"profiles"`             // that lead there
	Current    bool     `json:"current"`              // code started in the folder runs there
	Active     bool     `json:"active"`               // the active profile leads there
	Overridden string   `json:"overridden,omitempty"` // what wins over the profile in the folder, such as .env:3
	APIURL     string   `json:"apiUrl"`
	UIURL      string   `json:"uiUrl"`
	Account    string   `json:"account,omitempty"`   // its id
	Workspace  string   `json:"workspace,omitempty"` // its id
}

// A TargetFailure is an account or server that could not be listed.
type TargetFailure struct {
	Profile string `json:"profile"` // whose key was used
	Message string `json:"message"` // what is wrong and what to do
	Login   bool   `json:"login"`   // to log in again would help
}

// MethodPick is sent to a client that announces experimental.prefectDialogs: let the person choose one. The answer is a
// [PickResult], or null where nothing was chosen.
const MethodPick = "prefect/pick"

// PickParams are a question with its answers.
type PickParams struct {
	Title       string     `json:"title"`
	Detail      string     `json:"detail,omitempty"` // why it must be answered before anything else
	Placeholder string     `json:"placeholder,omitempty"`
	Items       []PickItem `json:"items"`
}

// A PickItem is one answer.
type PickItem struct {
	ID          string `json:"id"`
	Label       string `json:"label"`
	Description string `json:"description,omitempty"`
	Detail      string `json:"detail,omitempty"`
	Icon        string `json:"icon,omitempty"`  // the name of a VS Code codicon
	Group       string `json:"group,omitempty"` // items of one group stand together
	Link        string `json:"link,omitempty"`  // a page that helps with this answer
}

// A PickResult is the answer that was chosen.
type PickResult struct {
	ID string `json:"id"`
}

// MethodInput is sent to a client that announces experimental.prefectDialogs: let the person type a line. The answer is an
// [InputResult], or null. The server cancels the request when the answer has come in another way.
const MethodInput = "prefect/input"

// InputParams describe the line.
type InputParams struct {
	Title    string   `json:"title"`
	Prompt   string   `json:"prompt"`
	Value    string   `json:"value,omitempty"`    // to begin with
	Secret   bool     `json:"secret,omitempty"`   // not to be shown, kept or logged
	Taken    []string `json:"taken,omitempty"`    // values that cannot be given, as they exist already
	Problem  string   `json:"problem,omitempty"`  // what was wrong with the answer before
	Patience string   `json:"patience,omitempty"` // to be added to the prompt after 15 seconds
}

// An InputResult is the line.
type InputResult struct {
	Value string `json:"value"`
}

// MethodCopy is a notification to a client that announces experimental.prefectDialogs: put a text into the clipboard.
const MethodCopy = "prefect/copy"

// CopyParams are the text.
type CopyParams struct {
	Text string `json:"text"`
}

// MethodCallback is sent to a client that announces experimental.prefectDialogs: under which address does a browser of the
// person reach a port of the loopback interface here? The answer is a [CallbackResult].
const MethodCallback = "prefect/callback"

// CallbackParams name the address here.
type CallbackParams struct {
	URL string `json:"url"` // http://localhost:PORT
}

// A CallbackResult is the address there. A browser that runs on another machine needs one that is forwarded.
type CallbackResult struct {
	URL string `json:"url"`
}
