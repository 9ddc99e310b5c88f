import type { Variables } from "./terminal-environment";

/** What is set below `prefect`, as far as this extension looks into it. */
export interface Settings {
  readonly diagnostics: { readonly syntax: string };
  readonly network?: object;
  readonly profilesPath?: string;
}

/** The variables of a setting, by who wrote them. Those of the workspace, which may be somebody else's, win. */
export interface Authored {
  readonly person: Variables;
  readonly workspace: Variables;
}

/** How the network is reached. */
export interface Proxy {
  /** The URL of a proxy; empty for none. */
  readonly proxy: string;
  /** The hosts that are spoken to without any. */
  readonly noProxy: readonly string[];
  /** Whether the certificate of the proxy is not checked. */
  readonly proxySkipVerify: boolean;
}

/** What only VS Code knows. */
export interface Surroundings {
  /** Whether the extension with this id is enabled. */
  readonly isEnabled: (extension: string) => boolean;
  /** Whether the person trusts the workspace. */
  readonly trusted: boolean;
  /** What terminals get by VS Code's settings. */
  readonly terminal: Authored;
  /** The setting `prefect.environment`. */
  readonly environment: Authored;
  /** The file with variables for Python, absolute or as seen from the folder of the workspace; empty for none. */
  readonly environmentFile: string;
  /** What the person set up for VS Code. */
  readonly proxy: Proxy;
  /** The profile that this window is pinned to. */
  readonly pinned: string | undefined;
}

/** Extensions that report what is no TOML: Even Better TOML and Tombi. */
const tomlExtensions = ["tamasfe.even-better-toml", "tombi-toml.tombi"];

/**
 * `settings` as the server is told them: with what only VS Code knows settled. The environment is that of a new terminal, by
 * VS Code's settings, over them by ours, and over all by the pin, as that is the order in which they come to count. While the
 * workspace is not trusted, nothing of it counts.
 */
export function serverSettings<S extends Settings>(
  settings: S,
  { isEnabled, ...surroundings }: Surroundings,
): S & ServerSettings {
  const { diagnostics, network, profilesPath } = settings;
  const { trusted, terminal, environment, pinned } = surroundings;
  const syntax =
    diagnostics.syntax === "auto"
      ? tomlExtensions.some(isEnabled)
        ? "off"
        : "on"
      : diagnostics.syntax;
  const variables = (withWorkspace: boolean): Variables => ({
    ...terminal.person,
    ...(withWorkspace ? terminal.workspace : {}),
    ...(profilesPath ? { PREFECT_PROFILES_PATH: profilesPath } : {}),
    ...environment.person,
    ...(withWorkspace ? environment.workspace : {}),
    ...(pinned === undefined ? {} : { PREFECT_PROFILE: pinned }),
  });
  const own = variables(false);
  return {
    ...settings,
    diagnostics: { ...diagnostics, syntax },
    // Even where there is none: no file of the workspace may name one for keys to go through.
    network: { ...network, ...surroundings.proxy },
    environment: own,
    workspaceEnvironment: difference(variables(trusted), own),
    environmentFile: trusted ? surroundings.environmentFile : "",
    trusted,
  };
}

/** What the server is told besides the settings of the same names. */
interface ServerSettings {
  readonly network: Proxy;
  readonly environment: Variables;
  readonly workspaceEnvironment: Variables;
  readonly environmentFile: string;
  readonly trusted: boolean;
}

/** Those of `variables` that `own` has another value for, or none. */
function difference(variables: Variables, own: Variables): Variables {
  return Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => own[name] !== value),
  );
}
