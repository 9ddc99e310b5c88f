import { commandUseProfile, type CommandParams } from "../protocol";
import type { Command } from ".";
import { chooseProfile } from "./choose-profile";
import { execute } from "./server-command";

/** Makes a profile the active one, for every terminal and window: the one that is named, or that the person chooses. */
export const useProfile: Command =
  (deps) =>
  async (params: CommandParams = {}) => {
    const profile =
      params.profile ??
      (await chooseProfile(
        deps,
        "Switch profile",
        "Changes 'active' in profiles.toml, for every terminal and every window",
      ));
    return profile === undefined
      ? undefined
      : execute(deps, commandUseProfile, { ...params, profile });
  };
