import { expect, test } from "vitest";
import type { Status } from "./protocol";
import { report } from "./report";
import { settingsText } from "./settings-text";

const id = "0f1e2d3c-4b5a-4968-8776-655443322110";
const status: Status = {
  folder: "/home/ada/work",
  serverType: "cloud",
  apiUrl: `https://api.prefect.cloud/api/accounts/${id}/workspaces/${id}`,
  uiUrl: "",
  account: id,
  source: { kind: "dotenv", path: "/home/ada/work/.env", line: 3 },
  shadows: [],
  profile: { name: "dev", bundled: false, source: { kind: "default" } },
  key: null,
  errors: [
    { message: "pnu_0123456789abcdefwxyz", source: { kind: "default" } },
  ],
  check: null,
  problem: null,
};
const settings = [
  {
    name: "PREFECT_API_URL",
    value: status.apiUrl,
    set: true,
    source: status.source,
    shadows: [{ kind: "env", variable: "PREFECT_API_URL" }],
  },
  {
    name: "PREFECT_DEBUG_MODE",
    value: true,
    set: true,
    source: { kind: "env", variable: "PREFECT_DEBUG_MODE" },
    shadows: [],
  },
  {
    name: "PREFECT_CLIENT_RETRY_EXTRA_CODES",
    value: [404],
    set: true,
    source: { kind: "prefect.toml", path: "/home/ada/work/prefect.toml" },
    shadows: [],
  },
];

test("a report says what runs, and nothing of who runs it", () => {
  const text = report({
    versions: { Extension: "1.2.3", Prefect: undefined },
    server: "running",
    home: "/home/ada",
    status,
    settings,
  });
  expect(text).toContain("Extension: 1.2.3\nPrefect: unknown\n");
  expect(text).toContain("Language server: running\n");
  expect(text).toContain("~/work/.env");
  expect(text).toContain('"name": "PREFECT_DEBUG_MODE"');
  expect(text).toContain("accounts/****2110");
  expect(text).not.toMatch(/ada|0f1e2d3c|9abcdef/);
});

test("without a home folder nothing is one", () => {
  const text = report({
    ...{ versions: {}, server: "stopped", home: "" },
    ...{ status: null, settings: [] },
  });
  expect(text).toContain("Language server: stopped\n");
  expect(text).not.toContain("~");
});

test("settings stand below what gives them their value", () => {
  expect(settingsText({ ...status, handle: "acme/dev" }, settings))
    .toBe(`# Code that is started in /home/ada/work
# runs on acme/dev, from .env:3, with profile 'dev'.
#
# These settings have a value other than by default; the first source named counts.

# .env:3, not PREFECT_API_URL in the environment
PREFECT_API_URL = ${status.apiUrl}

# PREFECT_DEBUG_MODE in the environment
PREFECT_DEBUG_MODE = true

# prefect.toml
PREFECT_CLIENT_RETRY_EXTRA_CODES = [404]
`);
  const profile = { ...status.profile, name: "" };
  expect(settingsText({ ...status, profile }, [])).toContain(
    "from .env:3.\n#\n",
  );
  const bundled = { ...status.profile, name: "ephemeral", bundled: true };
  const source = { kind: "profile", profile: "ephemeral" };
  expect(
    settingsText(
      { ...status, serverType: "ephemeral", profile: bundled, source },
      [],
    ),
  ).toContain(
    "# runs on a temporary local server, from the built-in profile 'ephemeral'.\n",
  );
});
