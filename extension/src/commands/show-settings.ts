import type { Command } from ".";

/** Shows the settings in effect in the folder that the person works in, with their sources. */
export const showSettings: Command =
  ({ effectiveSettings }) =>
  () =>
    effectiveSettings.show();
