import * as vscode from "vscode";
import { isProtected } from "./protected-workspaces";

/** Asks before code runs on a workspace that the person protected; elsewhere the answer is yes. */
export async function mayRunOn(workspace: string): Promise<boolean> {
  const globs = vscode.workspace
    .getConfiguration("prefect")
    .get<string[]>("protectedWorkspaces", []);
  if (!isProtected(workspace, globs)) {
    return true;
  }
  const yes = "Switch";
  const answer = await vscode.window.showWarningMessage(
    `Switch to ${workspace}?`,
    { modal: true, detail: "It matches prefect.protectedWorkspaces." },
    yes,
  );
  return answer === yes;
}
