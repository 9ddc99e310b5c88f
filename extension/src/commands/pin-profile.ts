import * as vscode from "vscode";
import { mayRunOn } from "../confirm-protected";
import { methodTargets, type Targets } from "../protocol";
import type { Command, Deps } from ".";

/** Lets the person choose a profile for this window alone. */
export const pinProfile: Command =
  (deps) => async (params?: { readonly profile?: string }) => {
    const profile = params?.profile ?? (await choose(deps));
    if (profile !== undefined) {
      await pinTo(deps, profile);
    }
  };

/** Pins the window to `profile`. */
export async function pinTo(
  { pin }: Pick<Deps, "pin">,
  profile: string,
): Promise<void> {
  await pin.set(profile);
  if (vscode.window.terminals.length > 0) {
    vscode.window.setStatusBarMessage(
      "Terminals opened earlier keep the old profile.",
      10_000,
    );
  }
}

async function choose({
  session,
  current,
  pin,
}: Deps): Promise<string | undefined> {
  const { targets } = await session.request<Targets>(methodTargets, {
    uri: current.uri,
    refresh: false,
  });
  const rows = targets.flatMap(({ label, profiles }) =>
    profiles.map((profile) => ({
      label: profile,
      workspace: label,
      description: profile === pin.profile ? `${label} · pinned` : label,
    })),
  );
  const row = await vscode.window.showQuickPick(rows, {
    title: "Use Profile in This Window",
    placeHolder:
      "Sets PREFECT_PROFILE for new terminals and debug sessions here",
    matchOnDescription: true,
  });
  return row !== undefined && (await mayRunOn(row.workspace))
    ? row.label
    : undefined;
}
