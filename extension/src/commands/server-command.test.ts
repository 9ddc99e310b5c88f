import { expect, test } from "vitest";
import type { Deps } from ".";
import { commandLogin, commandSwitch, commandVerify } from "../protocol";
import { execute } from "./server-command";

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
    expect(await execute(deps, command)).toEqual([
      "workspace/executeCommand",
      { command, arguments: [{ uri: "file:///work" }] },
    ]);
    expect(shown).toBe(want);
  },
);
