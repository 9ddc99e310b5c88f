import * as vscode from "vscode";
import { methodTargets, type Target, type Targets } from "../protocol";
import type { Deps } from ".";

/** A profile in a list of them. */
export interface ProfileRow extends vscode.QuickPickItem {
  /** Its name. */
  readonly label: string;
  /** Where it leads. */
  readonly target: Target;
}

/** The profiles that can be used in the folder that the person works in, by what is known. */
export async function profileRows({
  session,
  current,
}: Pick<Deps, "session" | "current">): Promise<ProfileRow[]> {
  const { targets } = await session.request<Targets>(methodTargets, {
    uri: current.uri,
    refresh: false,
  });
  const used = current.status?.profile.name;
  return targets.flatMap((target) =>
    target.profiles.map((profile) => ({
      label: profile,
      target,
      description: `${placeOf(target)}${profile === used ? " · in use" : ""}`,
    })),
  );
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

/** Lets the person choose one of `rows`. */
export function chooseProfile(
  rows: readonly ProfileRow[],
  title: string,
  placeHolder: string,
): Thenable<ProfileRow | undefined> {
  return vscode.window.showQuickPick(rows, {
    title,
    placeHolder,
    matchOnDescription: true,
  });
}
