import * as vscode from "vscode";
import {
  commandCreateProfile,
  commandLogin,
  methodStatus,
  type Status,
} from "../protocol";
import type { Command } from ".";
import { execute } from "./server-command";

/** Opens the profiles.toml that Prefect reads. */
export const openProfiles: Command = (deps) => async () => {
  const { session, current } = deps;
  const uri = current.uri ?? "";
  const status = await session.request<Status | null>(methodStatus, { uri });
  const file = status?.profile.path;
  if (file !== undefined) {
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    return;
  }
  const choices = [
    { title: "Log in", command: commandLogin },
    { title: "New profile", command: commandCreateProfile },
  ];
  const choice = await vscode.window.showInformationMessage(
    "Prefect has no profiles.toml yet. Logging in or a first profile creates it.",
    ...choices,
  );
  if (choice !== undefined) {
    await execute(deps, choice.command);
  }
};
