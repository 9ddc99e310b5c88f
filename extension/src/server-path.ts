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
  /** The folders of the PATH. */
  readonly searched: readonly string[];
  readonly exists: (file: string) => boolean;
}

/**
 * The server to start:
 *
 * 1. in a trusted workspace, the one that the setting names;
 * 2. the one that came with the extension;
 * 3. in a trusted workspace, one on the PATH: the package of the extension for every machine comes without a server.
 *
 * Where there is none, it is the place of the second.
 */
export function serverPath(situation: Situation): string {
  const { setting, trusted, extensionPath, platform, searched, exists } =
    situation;
  if (trusted && setting !== "") {
    return setting;
  }
  const name = platform === "win32" ? "prefect-ls.exe" : "prefect-ls";
  const bundled = path.join(extensionPath, "bin", name);
  if (!trusted || exists(bundled)) {
    return bundled;
  }
  return (
    searched
      .filter((folder) => path.isAbsolute(folder))
      .map((folder) => path.join(folder, name))
      .find(exists) ?? bundled
  );
}
