import type { Variables } from "./terminal-environment";

/** What is set below `prefect`, as far as this extension looks into it. */
export interface Settings {
  readonly diagnostics: { readonly syntax: string };
  readonly environment?: Variables;
  readonly profilesPath?: string;
}

/** What only VS Code knows. */
export interface Surroundings {
  /** Whether the extension with this id is enabled. */
  readonly isEnabled: (extension: string) => boolean;
  /** Whether the person trusts the workspace. */
  readonly trusted: boolean;
  /** What terminals get by VS Code's settings. */
  readonly terminal: Variables;
  /** The profile that this window is pinned to. */
  readonly pinned: string | undefined;
}

/** Extensions that report what is no TOML: Even Better TOML and Tombi. */
const tomlExtensions = ["tamasfe.even-better-toml", "tombi-toml.tombi"];

/**
 * `settings` as the server is told them: with what only VS Code knows settled. The environment is that of a new terminal, by
 * VS Code's settings, over them by ours, and over all by the pin, as that is the order in which they come to count.
 */
export function serverSettings<S extends Settings>(
  settings: S,
  { isEnabled, trusted, terminal, pinned }: Surroundings,
): S & { readonly environment: Variables; readonly trusted: boolean } {
  const { diagnostics, environment, profilesPath } = settings;
  const syntax =
    diagnostics.syntax === "auto"
      ? tomlExtensions.some(isEnabled)
        ? "off"
        : "on"
      : diagnostics.syntax;
  return {
    ...settings,
    diagnostics: { ...diagnostics, syntax },
    environment: {
      ...terminal,
      ...(profilesPath ? { PREFECT_PROFILES_PATH: profilesPath } : {}),
      ...environment,
      ...(pinned === undefined ? {} : { PREFECT_PROFILE: pinned }),
    },
    trusted,
  };
}
