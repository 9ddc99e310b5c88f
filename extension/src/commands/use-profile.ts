import { mayRunOn } from "../confirm-protected";
import { commandUseProfile, type CommandParams } from "../protocol";
import type { Command } from ".";
import { chooseProfile, profileRows } from "./choose-profile";
import { execute } from "./server-command";

/** Makes a profile the active one, for every terminal and window: the one that is named, or that the person chooses. */
export const useProfile: Command =
  (deps) =>
  async (params: CommandParams = {}) => {
    const rows = await profileRows(deps);
    const row =
      params.profile === undefined
        ? await chooseProfile(
            rows,
            "Switch Profile",
            "Changes 'active' in profiles.toml, for every terminal and every window",
          )
        : rows.find(({ label }) => label === params.profile);
    const profile = params.profile ?? row?.label;
    // Of a profile that is not known any more the server says so.
    const may = row === undefined || (await mayRunOn(row.target.label));
    return profile !== undefined && may
      ? execute(deps, commandUseProfile, { ...params, profile })
      : undefined;
  };
