import * as path from "node:path";

/** What decides which server is started. */
export interface Situation {
  /** `prefect.server.path`; empty where it is not set. */
  readonly setting: string;
  /** Whether the person trusts the workspace. */
  readonly trusted: boolean;
  /** The folder of the extension. */
  readonly extensionPath: string;
  /** `process.platform` */
  readonly platform: NodeJS.Platform;
}

/**
 * The server to start:
 *
 * 1. in a trusted workspace, the one that the setting names;
 * 2. the one that came with the extension.
 */
export function serverPath(situation: Situation): string {
  const { setting, trusted, extensionPath, platform } = situation;
  if (trusted && setting !== "") {
    return setting;
  }
  const name = platform === "win32" ? "prefect-ls.exe" : "prefect-ls";
  return path.join(extensionPath, "bin", name);
}
