// Generated from protocol/status.go by `make generate`; do not edit.

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
  /** What decides on the target */
  source: StatusSource;
  /** What would decide if that were not there, by rank */
  shadows: StatusSource[];
  /** Whose values count */
  profile: StatusProfile;
  /** Where the API key comes from, or null */
  key: StatusSource | null;
  /** For which Prefect does not start here */
  errors: StatusError[];
  /** The release in use, where the folder tells it */
  prefect?: string;
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
  /** What asks for it */
  source: StatusSource;
}

/** A StatusError is a reason for which Prefect does not start. */
export interface StatusError {
  message: string;
  source: StatusSource;
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
