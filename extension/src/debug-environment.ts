import type { DebugConfiguration } from "vscode";

/** Debug sessions that start a Python, by their types. */
export const debugTypes = ["debugpy", "python"] as const;

/** `configuration` with `variables`, unless it sets them itself or joins a program that runs. */
export function withVariables(
  configuration: DebugConfiguration,
  variables: Readonly<Record<string, string>>,
): DebugConfiguration {
  if (configuration.request !== "launch") {
    return configuration;
  }
  const env = configuration["env"] as Record<string, unknown> | undefined;
  return { ...configuration, env: { ...variables, ...env } };
}
