import { homedir } from "node:os";
import * as vscode from "vscode";
import {
  serverSettings,
  type Authored,
  type Proxy,
  type Settings,
} from "./server-settings";
import {
  leadingElsewhere,
  substitute,
  terminalEnvironment,
  type Variables,
} from "./terminal-environment";

const systems: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "osx",
  win32: "windows",
};

const terminalSetting = `terminal.integrated.env.${systems[process.platform] ?? "linux"}`;

/** The setting of the Python extension that names a file with variables. */
const pythonSetting = "python.envFile";

/** The settings of others that {@link currentSettings} depends on. */
export const settingsOfOthers = [
  terminalSetting,
  pythonSetting,
  "http",
] as const;

/**
 * The settings of this window, as the server is told them, or those of a folder, by its URI. `pinned` is the profile that the window is
 * pinned to.
 */
export function currentSettings(
  pinned: string | undefined,
  scope?: string,
): object {
  const folder =
    scope === undefined
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.parse(scope);
  const configuration = vscode.workspace.getConfiguration(
    undefined,
    scope === undefined ? undefined : folder,
  );
  const settings = configuration.get<Settings>("prefect", {
    diagnostics: { syntax: "auto" },
  });
  return serverSettings(settings, {
    isEnabled: (extension) =>
      vscode.extensions.getExtension(extension) !== undefined,
    trusted: vscode.workspace.isTrusted,
    terminal: terminalVariables(configuration, folder),
    environment: authored(configuration, "prefect.environment"),
    environmentFile: environmentFile(configuration),
    proxy: proxy(configuration),
    pinned,
  });
}

function terminalVariables(
  configuration: vscode.WorkspaceConfiguration,
  folder: vscode.Uri | undefined,
): Authored {
  const { person, workspace } = authored(configuration, terminalSetting);
  const substitutions = {
    workspaceFolder: folder?.fsPath,
    userHome: homedir(),
    env: process.env,
  };
  return {
    person: terminalEnvironment(leadingElsewhere(person), substitutions),
    workspace: terminalEnvironment({ ...person, ...workspace }, substitutions),
  };
}

/** As seen from the folder of the workspace: each folder has its own. */
function environmentFile(configuration: vscode.WorkspaceConfiguration): string {
  const file = configuration.get<unknown>(pythonSetting);
  return typeof file === "string"
    ? substitute(file, {
        workspaceFolder: ".",
        userHome: homedir(),
        env: process.env,
      })
    : "";
}

/** What VS Code itself goes through, by the word of the person alone. */
function proxy(configuration: vscode.WorkspaceConfiguration): Proxy {
  const personal = <T>(name: string, otherwise: T): T =>
    configuration.inspect<T>(`http.${name}`)?.globalValue ?? otherwise;
  return {
    proxy:
      personal<string>("proxySupport", "") === "off"
        ? ""
        : personal("proxy", ""),
    noProxy: personal<string[]>("noProxy", []),
    proxySkipVerify: !personal("proxyStrictSSL", true),
  };
}

/** The variables of a setting, as they are written there. */
function authored(
  configuration: vscode.WorkspaceConfiguration,
  setting: string,
): Authored {
  const { defaultValue, globalValue, workspaceValue, workspaceFolderValue } =
    configuration.inspect<Variables>(setting) ?? {};
  return {
    person: { ...defaultValue, ...globalValue },
    workspace: { ...workspaceValue, ...workspaceFolderValue },
  };
}
