// Generated from protocol/status.go and command.go by `make generate`; do not edit.

/** MethodStatus is our own message. As a notification the server sends it whenever a Status has changed; as a request with StatusParams it asks for the status of a folder or file. */
export const methodStatus = "prefect/status";

/** StatusParams name the folder to tell of: that of a file, or the folder itself. */
export interface StatusParams {
  uri: string;
}

/** A Status is where code that is started in a folder would run, and why. It never holds a key. */
export interface Status {
  /** Its path */
  folder: string;
  /** Cloud, server, ephemeral or unconfigured */
  serverType: string;
  /** Empty where there is none */
  apiUrl: string;
  /** The page to open in a browser, or empty */
  uiUrl: string;
  /** Its id, for Prefect Cloud */
  account?: string;
  /** Its id, for Prefect Cloud */
  workspace?: string;
  /** Acme/prod, where Prefect Cloud once told it */
  handle?: string;
  /** What decides on the target */
  source: StatusSource;
  /** What would decide if that were not there, by rank */
  shadows: StatusSource[];
  /** Whose values count */
  profile: StatusProfile;
  /** The variable that turns test mode on, in which no profile counts */
  testMode?: string;
  /** Where the API key comes from, or null */
  key: StatusSource | null;
  /** For which Prefect does not start here */
  errors: StatusError[];
  /** The target is one of prefect.protectedWorkspaces */
  protected?: boolean;
  /** The release in use, where the folder tells it */
  prefect?: string;
  /** How it went to reach the target, or null where nobody tried */
  check: StatusCheck | null;
  /** What the person must mend, or null */
  problem: StatusProblem | null;
}

/** A StatusCheck is the latest try to reach the target with the key. */
export interface StatusCheck {
  /** As RFC 3339 has it */
  at: string;
  /** False while offline: then Valid is what was known before */
  reached: boolean;
  /** The target answered and took the key */
  valid: boolean;
  /** What is wrong and what to do, or empty */
  message: string;
}

/** A StatusProblem is a reason for which code does not run where it says. */
export interface StatusProblem {
  /** A few words, such as "bad API URL" */
  title: string;
  /** What is wrong and what to do */
  message: string;
  /** That helps, or empty */
  command: string;
  /** Where it is to be mended, or null */
  source: StatusSource | null;
}

/** A StatusSource is a place that gives a setting its value. */
export interface StatusSource {
  /** Env, dotenv, prefect.toml, pyproject.toml, profile or default */
  kind: string;
  /** Of the file */
  path?: string;
  /** From 1 */
  line?: number;
  /** The name as written there */
  variable?: string;
  /** For the kind profile */
  profile?: string;
}

/** A StatusProfile is the profile whose values count. */
export interface StatusProfile {
  /** Empty where no profile counts */
  name: string;
  /** The name that was asked for, where there is no such profile */
  missing?: string;
  /** It comes with Prefect and is in no file */
  bundled: boolean;
  /** Of the profiles.toml that is read */
  path?: string;
  /** The profiles.toml that the prefect command changes, where it is another one */
  saved?: string;
  /** What asks for it */
  source: StatusSource;
}

/** A StatusError is a reason for which Prefect does not start. */
export interface StatusError {
  message: string;
  source: StatusSource;
}

/** MethodSettings asks which settings have a value in a folder, other than by default. The answer is a list of SettingStatus. */
export const methodSettings = "prefect/settings";

/** SettingsParams name the folder to tell of: that of a file, or the folder itself. */
export interface SettingsParams {
  uri: string;
}

/** A SettingStatus is one setting with the value that is in effect, as `prefect-ls settings --format json` lists them. */
export interface SettingStatus {
  name: string;
  /** Null where it is unset; a secret is masked */
  value: unknown;
  /** A source other than the defaults gives the value */
  set: boolean;
  source: StatusSource;
  shadows: StatusSource[];
}

/** MethodAPIURL asks which API belongs to an address that somebody took from the browser. The answer is an APIURLResult, or null for what is no page of Prefect. */
export const methodAPIURL = "prefect/apiUrl";

/** APIURLParams name the page. */
export interface APIURLParams {
  page: string;
}

/** An APIURLResult is what PREFECT_API_URL takes in place of the page. */
export interface APIURLResult {
  apiUrl: string;
}

/** At Prefect Cloud; into Profile, or where the person chooses */
export const commandLogin = "prefect.login";

/** Takes key and URL out of Profile */
export const commandLogout = "prefect.logout";

/** To Target, as prefect/targets lists it, or to Profile */
export const commandSwitch = "prefect.switch";

/** Makes Profile the active one everywhere */
export const commandUseProfile = "prefect.useProfile";

/** Points Profile at Account/Workspace */
export const commandSetWorkspace = "prefect.setWorkspace";

/** Name, empty */
export const commandCreateProfile = "prefect.createProfile";

/** Profile, as Name */
export const commandDuplicateProfile = "prefect.duplicateProfile";

/** Settings of Profile, to a new one called Name */
export const commandExtractProfile = "prefect.extractProfile";

/** Profile, to Name */
export const commandRenameProfile = "prefect.renameProfile";

/** Profile; another becomes active if need be */
export const commandDeleteProfile = "prefect.deleteProfile";

/** The connection and key of Profile, or of what is in effect for URI */
export const commandVerify = "prefect.verify";

/** The key in the file at URI to Profile in profiles.toml */
export const commandMoveKey = "prefect.moveKey";

/** Makes the file at URI readable for its owner alone */
export const commandRestrictMode = "prefect.restrictMode";

/** The page of Profile, or of what is in effect for URI, in the browser */
export const commandOpen = "prefect.open";

/** Of that page */
export const commandCopyLink = "prefect.copyLink";

/** What Profile sets, without secrets, as lines for an .env file */
export const commandCopyAsEnv = "prefect.copyAsEnv";

/** The last change that a command made */
export const commandUndo = "prefect.undo";

/** CommandParams are the argument of every command. */
export interface CommandParams {
  /** Of a file or folder; by default the first folder of the workspace */
  uri?: string;
  /** The name of a profile */
  profile?: string;
  /** A new name for a profile */
  name?: string;
  /** An id */
  account?: string;
  /** An id */
  workspace?: string;
  /** Keys of Profile, as they are written */
  settings?: string[];
  /** The id of a Target */
  target?: string;
  /** To switch one window alone: a profile that leads to Target is found or made, and left for the client to use */
  window?: boolean;
}

/** A CommandResult is what a command did. */
export interface CommandResult {
  /** False where nothing was done: Message says why, or nothing where the person thought better of it */
  done: boolean;
  /** The outcome in words; it was shown already */
  message: string;
  profile?: string;
  /** Of the file that was changed */
  path?: string;
  /** The change is in the editor, and counts once the file is saved */
  unsaved: boolean;
}

/** MethodTargets asks where code could be run: the workspaces, servers and profiles to switch to. */
export const methodTargets = "prefect/targets";

/** TargetsParams name the folder that is to be switched. Only with Refresh is Prefect Cloud asked; otherwise what it said last is told at once. */
export interface TargetsParams {
  uri?: string;
  refresh: boolean;
}

/** Targets are what can be switched to, in the order in which to show them. */
export interface Targets {
  targets: Target[];
  failures: TargetFailure[];
  /** When Prefect Cloud was last asked, as RFC 3339 has it */
  checked?: string;
}

/** A Target is one place where code could be run. */
export interface Target {
  /** For CommandParams */
  id: string;
  /** Acme/prod, localhost:4200, ephemeral */
  label: string;
  /** The name of the account, or "Self-hosted & local" */
  group: string;
  /** Cloud, server, ephemeral or unconfigured */
  serverType: string;
  /** That lead there */
  profiles: string[];
  /** Code started in the folder runs there */
  current: boolean;
  /** The active profile leads there */
  active: boolean;
  /** What wins over the profile in the folder, such as .env:3 */
  overridden?: string;
  apiUrl: string;
  uiUrl: string;
  /** Its id */
  account?: string;
  /** Its id */
  workspace?: string;
}

/** A TargetFailure is an account or server that could not be listed. */
export interface TargetFailure {
  /** Whose key was used */
  profile: string;
  /** What is wrong and what to do */
  message: string;
  /** To log in again would help */
  login: boolean;
}

/** MethodPick is sent to a client that announces experimental.prefectDialogs: let the person choose one. The answer is a PickResult, or null where nothing was chosen. */
export const methodPick = "prefect/pick";

/** PickParams are a question with its answers. */
export interface PickParams {
  title: string;
  /** Why it must be answered before anything else */
  detail?: string;
  placeholder?: string;
  items: PickItem[];
}

/** A PickItem is one answer. */
export interface PickItem {
  id: string;
  label: string;
  description?: string;
  detail?: string;
  /** The name of a VS Code codicon */
  icon?: string;
  /** Items of one group stand together */
  group?: string;
  /** A page that helps with this answer */
  link?: string;
}

/** A PickResult is the answer that was chosen. */
export interface PickResult {
  id: string;
}

/** MethodInput is sent to a client that announces experimental.prefectDialogs: let the person type a line. The answer is an InputResult, or null. The server cancels the request when the answer has come in another way. */
export const methodInput = "prefect/input";

/** InputParams describe the line. */
export interface InputParams {
  title: string;
  prompt: string;
  /** To begin with */
  value?: string;
  /** Not to be shown, kept or logged */
  secret?: boolean;
  /** Values that cannot be given, as they exist already */
  taken?: string[];
  /** What was wrong with the answer before */
  problem?: string;
  /** To be added to the prompt after 15 seconds */
  patience?: string;
}

/** An InputResult is the line. */
export interface InputResult {
  value: string;
}

/** MethodCopy is a notification to a client that announces experimental.prefectDialogs: put a text into the clipboard. */
export const methodCopy = "prefect/copy";

/** CopyParams are the text. */
export interface CopyParams {
  text: string;
}

/** MethodCallback is sent to a client that announces experimental.prefectDialogs: under which address does a browser of the person reach a port of the loopback interface here? The answer is a CallbackResult. */
export const methodCallback = "prefect/callback";

/** CallbackParams name the address here. */
export interface CallbackParams {
  /** Http://localhost:PORT */
  url: string;
}

/** A CallbackResult is the address there. A browser that runs on another machine needs one that is forwarded. */
export interface CallbackResult {
  url: string;
}
