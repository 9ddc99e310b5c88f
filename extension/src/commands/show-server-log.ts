import type { Command } from ".";

export const showServerLog: Command =
  ({ log }) =>
  () => {
    log.show();
  };
