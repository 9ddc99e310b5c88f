import { homedir } from "node:os";
import * as vscode from "vscode";
import { serverSettings, type Settings } from "./server-settings";
import { terminalEnvironment, type Variables } from "./terminal-environment";

const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "osx",
  win32: "windows",
};

/** The setting that says which variables terminals get here. */
export const terminalSetting = `terminal.integrated.env.${systems[process.platform] ?? "linux"}`;

/** The settings of this window, as the server is told them. `pinned` is the profile that the window is pinned to. */
export function currentSettings(pinned: string | undefined): object {
  const settings = vscode.workspace
    .getConfiguration()
    .get<Settings>("prefect", { diagnostics: { syntax: "auto" } });
  return serverSettings(settings, {
    isEnabled: (extension) =>
      vscode.extensions.getExtension(extension) !== undefined,
    trusted: vscode.workspace.isTrusted,
    terminal: terminalVariables(),
    pinned,
  });
}

function terminalVariables(): Variables {
  const variables = vscode.workspace
    .getConfiguration()
    .get<Record<string, unknown>>(terminalSetting, {});
  return terminalEnvironment(variables, {
    workspaceFolder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    userHome: homedir(),
    env: process.env,
  });
}
