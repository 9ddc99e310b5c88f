import * as vscode from "vscode";
import { commandSwitch, type CommandParams } from "../protocol";
import type { Command, Deps } from ".";
import { chooseProfile } from "./choose-profile";
import { execute } from "./server-command";

/** Uses a profile in this window alone: the one that is named, or that the person chooses. */
export const pinProfile: Command =
  (deps) =>
  async ({ profile }: CommandParams = {}) => {
    const wanted =
      profile ??
      (await chooseProfile(
        deps,
        "Use profile in this window",
        "Sets PREFECT_PROFILE for new terminals and debug sessions here",
      ));
    if (wanted !== undefined) {
      await pinTo(deps, { profile: wanted });
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
