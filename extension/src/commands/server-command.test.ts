import { expect, test } from "vitest";
import type { Deps } from ".";
import {
  commandLogin,
  commandMoveKey,
  commandSwitch,
  commandVerify,
  methodPick,
  type CommandParams,
} from "../protocol";
import { serverCommand, serverCommands } from "./server-command";

test("a command of the protocol is one of the server, and a method is not", () => {
  expect(serverCommands).toContain(commandLogin);
  expect(serverCommands).toContain(commandMoveKey);
  expect(serverCommands).not.toContain(methodPick);
});

test.each([
  [commandVerify, true],
  [commandLogin, false],
  [commandSwitch, false],
])(
  "%s, that only waits for a server, is shown to go on: %s",
  async (command, want) => {
    let shown = false;
    const deps = {
      current: { uri: "file:///work" },
      session: { request: (...request: unknown[]) => Promise.resolve(request) },
      statusBar: {
        during: <R>(work: Promise<R>) => {
          shown = true;
          return work;
        },
      },
    } as unknown as Deps;
    const run = serverCommand(command)(deps) as (
      params?: CommandParams,
    ) => Promise<unknown>;
    expect(await run()).toEqual([
      "workspace/executeCommand",
      { command, arguments: [{ uri: "file:///work" }] },
    ]);
    expect(await run({ profile: "dev" })).toMatchObject([
      "workspace/executeCommand",
      { arguments: [{ uri: "file:///work", profile: "dev" }] },
    ]);
    expect(shown).toBe(want);
  },
);
