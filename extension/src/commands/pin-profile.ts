import * as vscode from "vscode";
import { commandSwitch, type CommandParams } from "../protocol";
import type { Command, Deps } from ".";
import { chooseProfile, profileRows } from "./choose-profile";
import { execute } from "./server-command";

/** Lets the person choose a profile for this window alone. */
export const pinProfile: Command = (deps) => async () => {
  const row = await chooseProfile(
    await profileRows(deps),
    "Use profile in this window",
    "Sets PREFECT_PROFILE for new terminals and debug sessions here",
  );
  if (row !== undefined) {
    await pinTo(deps, { target: row.target.id, profile: row.label });
  }
};

/** Pins the window to the profile that the server finds, or makes, for `params`. Reports whether there is one. */
export async function pinTo(
  deps: Deps,
  params: Pick<CommandParams, "target" | "profile">,
): Promise<boolean> {
  const { done, profile } = await execute(deps, commandSwitch, {
    ...params,
    window: true,
  });
  if (!done || profile === undefined) {
    return false;
  }
  await deps.pin.set(profile);
  if (vscode.window.terminals.length > 0) {
    vscode.window.setStatusBarMessage(
      "Terminals opened earlier keep the old profile.",
      10_000,
    );
  }
  return true;
}
