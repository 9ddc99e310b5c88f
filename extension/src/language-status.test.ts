import { expect, test } from "vitest";
import { describeEffectiveTarget, describeServer } from "./language-status";
import type { Status } from "./protocol";

test.each([
  ["idle", "3.8.8", "", "starting", true],
  ["starting", "3.8.8", "", "starting", true],
  ["running", "3.8.8", "settings for Prefect 3.8.8", "running", false],
  ["running", undefined, "", "running", false],
] as const)(
  "a server that is %s for %s",
  (state, prefect, detail, word, busy) => {
    expect(describeServer(state, prefect)).toEqual({
      text: `Prefect Language Server: ${word}`,
      detail,
      busy,
      severity: "information",
      command: { title: "Show log", command: "prefect.showServerLog" },
    });
  },
);

test("a server that stopped can be restarted", () => {
  expect(describeServer("stopped", undefined)).toEqual({
    text: "Prefect Language Server: stopped",
    detail: "",
    busy: false,
    severity: "warning",
    command: { title: "Restart", command: "prefect.restartServer" },
  });
});

const status: Status = {
  folder: "/work",
  serverType: "server",
  apiUrl: "http://localhost:4200/api",
  uiUrl: "",
  source: { kind: "dotenv", path: "/work/.env", line: 3 },
  shadows: [],
  profile: { name: "dev", bundled: false, source: { kind: "default" } },
  key: null,
  errors: [],
  check: null,
  problem: null,
};

test("the target and what decides on it", () => {
  expect(describeEffectiveTarget(status)).toEqual({
    text: "Runs on localhost:4200",
    detail: "from .env:3 · profile dev",
    severity: "information",
    busy: false,
    command: {
      title: "Show",
      command: "prefect.goToSource",
      arguments: [{ path: "/work/.env", line: 3 }],
    },
  });
});

test("a target that has no line leads nowhere", () => {
  const source = { kind: "default" };
  const profile = { ...status.profile, name: "" };
  const { command, detail } = describeEffectiveTarget({
    ...status,
    source,
    profile,
  });
  expect(detail).toBe("from Prefect's default");
  expect(command).toBeUndefined();
});

test("what is to be mended", () => {
  const source = { kind: "profile", path: "/p.toml", line: 2 };
  const problem = { title: "bad API URL", message: "", command: "", source };
  expect(describeEffectiveTarget({ ...status, problem })).toMatchObject({
    detail: "bad API URL",
    severity: "warning",
    command: { arguments: [{ path: "/p.toml", line: 2 }] },
  });
  const errors = [{ message: "no TOML", source }];
  expect(describeEffectiveTarget({ ...status, errors })).toMatchObject({
    text: "Prefect does not start",
    detail: "no TOML",
    severity: "error",
  });
});
