/** What is set below `prefect`, as far as this extension looks into it. */
export interface Settings {
  readonly diagnostics: { readonly syntax: string };
}

/** Extensions that report what is no TOML: Even Better TOML and Tombi. */
const tomlExtensions = ["tamasfe.even-better-toml", "tombi-toml.tombi"];

/**
 * `settings` as the server is told them. Only VS Code knows which extensions are enabled, so an `auto` that depends on them is
 * settled here.
 */
export function serverSettings<S extends Settings>(
  settings: S,
  isEnabled: (extension: string) => boolean,
): S {
  const { diagnostics } = settings;
  if (diagnostics.syntax !== "auto") {
    return settings;
  }
  const syntax = tomlExtensions.some(isEnabled) ? "off" : "on";
  return { ...settings, diagnostics: { ...diagnostics, syntax } };
}
