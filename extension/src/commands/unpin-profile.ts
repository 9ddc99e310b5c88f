import type { Command } from ".";

/** New terminals and debug sessions get the active profile again. */
export const unpinProfile: Command =
  ({ pin }) =>
  () =>
    pin.set(undefined);
