import * as vscode from "vscode";
import type { Command } from ".";

const setting = "prefect.diagnostics.severity";

/** Has no problem of the rule with this code reported any more, in any folder of the person. */
export const ignoreRule: Command = () => async (code: string) => {
  const settings = vscode.workspace.getConfiguration();
  const { globalValue } = settings.inspect<object>(setting) ?? {};
  await settings.update(
    setting,
    { ...globalValue, [code]: "off" },
    vscode.ConfigurationTarget.Global,
  );
  vscode.window.setStatusBarMessage(
    `${code} is off in your settings now.`,
    10_000,
  );
};
