import * as vscode from "vscode";
import { methodTargets, type Target, type Targets } from "../protocol";
import type { Deps } from ".";

/** Lets the person choose a profile, among those that can be used in the folder that they work in. */
export async function chooseProfile(
  { session, current }: Deps,
  title: string,
  placeHolder: string,
): Promise<string | undefined> {
  const { targets } = await session.request<Targets>(methodTargets, {
    uri: current.uri,
    refresh: false,
  });
  const used = current.status?.profile.name;
  const rows = targets.flatMap((target) =>
    target.profiles.map((label) => ({
      label,
      description: `${placeOf(target)}${label === used ? " · in use" : ""}`,
    })),
  );
  const row = await vscode.window.showQuickPick(rows, {
    title,
    placeHolder,
    matchOnDescription: true,
  });
  return row?.label;
}

/** Where a profile leads, which its own name does not say. */
function placeOf({ label, serverType }: Target): string {
  switch (serverType) {
    case "ephemeral":
      return "temporary local server";
    case "unconfigured":
      return "no API URL";
    default:
      return label;
  }
}
