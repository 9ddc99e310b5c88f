import type { Command } from ".";

export const restartServer: Command =
  ({ session }) =>
  () =>
    session.restart();
