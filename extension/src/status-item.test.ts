import { describe, expect, test } from "vitest";
import type { Status, StatusSource } from "./protocol";
import { linkedCommands, render, type View } from "./status-item";

const profiles = "/home/ada/.prefect/profiles.toml";
const inProfile: StatusSource = {
  kind: "profile",
  path: profiles,
  line: 8,
  variable: "PREFECT_API_URL",
  profile: "prod",
};
const inDotEnv: StatusSource = {
  kind: "dotenv",
  path: "/work/.env",
  line: 3,
  variable: "PREFECT_API_URL",
};
const cloud: Status = {
  folder: "/work",
  serverType: "cloud",
  apiUrl: "https://api.prefect.cloud/api/accounts/A/workspaces/W",
  uiUrl: "https://app.prefect.cloud/account/A/workspace/W",
  account: "A",
  workspace: "12345678-aaaa",
  handle: "acme/prod",
  source: inProfile,
  shadows: [],
  profile: {
    name: "prod",
    bundled: false,
    path: profiles,
    source: { kind: "profile", path: profiles, line: 1, variable: "active" },
  },
  key: { ...inProfile, line: 9, variable: "PREFECT_API_KEY" },
  errors: [],
  check: null,
  problem: null,
};
const now = new Date("2026-03-01T09:14:00");
const checkedAt = new Date("2026-03-01T09:12:00").toISOString();
const view: View = {
  server: "running",
  status: cloud,
  busy: false,
  pinned: undefined,
  highlightProtected: false,
  supports: () => true,
  now,
};
const verified = { at: checkedAt, reached: true, valid: true, message: "" };
const self: Partial<Status> = {
  serverType: "server",
  apiUrl: "http://localhost:4200/api",
  uiUrl: "http://localhost:4200",
  key: null,
  profile: { ...cloud.profile, name: "local" },
};

interface Row {
  readonly view?: Partial<View>;
  readonly status?: Partial<Status>;
  readonly text: string;
  readonly background?: "warning" | "error";
  /** Parts of the tooltip. */
  readonly says: readonly string[];
  readonly label: string;
}

const states: Readonly<Record<string, Row>> = {
  "before anything is known": {
    view: { status: undefined, server: "starting" },
    text: "$(cloud) Prefect",
    says: ["Checking..."],
    label: "Prefect. Button, switches workspace.",
  },
  Cloud: {
    text: "$(cloud) acme/prod",
    says: [
      "profile `prod`",
      "API key set (hidden) · not checked yet",
      "[Verify connection](command:prefect.verify",
      "From [&#46;prefect/profiles&#46;toml&#58;8](command:prefect.goToSource",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "Cloud, verified": {
    status: { check: verified },
    text: "$(cloud) acme/prod",
    says: ["checked 2 min ago"],
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "Cloud, offline": {
    status: {
      check: {
        ...verified,
        reached: false,
        message: "There is no network.",
      },
    },
    text: "$(cloud) acme/prod",
    says: [
      "Not reached 2 min ago (offline). There is no network&#46; Last known to be valid.",
      "[Verify connection]",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod, offline. Button, switches workspace.",
  },
  "Cloud, without a name": {
    status: { handle: undefined as never },
    text: "$(cloud) workspace 12345678",
    says: [],
    label:
      "Prefect workspace 12345678, profile prod. Button, switches workspace.",
  },
  "Cloud, without a workspace": {
    status: { handle: undefined as never, workspace: undefined as never },
    text: "$(cloud) Prefect Cloud",
    says: [],
    label: "Prefect Cloud, profile prod. Button, switches workspace.",
  },
  overridden: {
    status: { source: inDotEnv, shadows: [inProfile], handle: "acme/dev" },
    text: "$(layers) acme/dev",
    says: ["[&#46;env&#58;3]", "over profile `prod`", "Go to"],
    label:
      "Prefect workspace acme slash dev, profile prod, from .env:3. Button, switches workspace.",
  },
  "by a file that hides nothing": {
    status: { source: inDotEnv },
    text: "$(cloud) acme/prod",
    says: ["[&#46;env&#58;3]"],
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  pinned: {
    view: { pinned: "prod" },
    text: "$(pinned) acme/prod",
    says: ["pinned in this window", "command:prefect.unpinProfile"],
    label:
      "Prefect workspace acme slash prod, profile prod, pinned in this window. Button, switches workspace.",
  },
  "pinned, but overridden": {
    view: { pinned: "prod" },
    status: { source: inDotEnv, shadows: [inProfile] },
    text: "$(layers) acme/prod",
    says: ["over profile", "command:prefect.unpinProfile"],
    label:
      "Prefect workspace acme slash prod, profile prod, from .env:3. Button, switches workspace.",
  },
  "self-hosted": {
    status: self,
    text: "$(server) localhost:4200",
    says: ["Prefect server", "profile `local`"],
    label: "Prefect localhost:4200, profile local. Button, switches workspace.",
  },
  ephemeral: {
    status: { ...self, serverType: "ephemeral", apiUrl: "", uiUrl: "" },
    text: "$(beaker) ephemeral",
    says: ["Prefect starts a temporary local server for each run"],
    label:
      "Prefect ephemeral, profile local, temporary local server. Button, switches workspace.",
  },
  "without any server": {
    status: { ...self, serverType: "unconfigured", apiUrl: "", uiUrl: "" },
    text: "$(warning) Prefect: no server",
    background: "warning",
    says: ["Prefect fails as soon as it needs one"],
    label:
      "Prefect no server, profile local, needs action. Button, switches workspace.",
  },
  "without a login": {
    status: { key: null },
    text: "$(cloud) Prefect: log in",
    says: ["No Prefect Cloud key in profile `prod`", "command:prefect.login"],
    label:
      "Prefect log in, profile prod, no Prefect Cloud key. Button, switches workspace.",
  },
  checking: {
    view: { busy: true },
    text: "$(loading~spin) acme/prod",
    says: ["acme"],
    label:
      "Prefect workspace acme slash prod, profile prod, checking. Button, switches workspace.",
  },
  "with a rejected key": {
    status: {
      problem: {
        title: "key rejected",
        message: "This key was rejected.",
        command: "prefect.login",
        source: inProfile,
      },
    },
    text: "$(warning) acme/prod",
    background: "warning",
    says: ["This key was rejected", "[Log in](command:prefect.login"],
    label:
      "Prefect workspace acme slash prod, profile prod, needs action, key rejected. Button, switches workspace.",
  },
  "with a bad URL": {
    status: {
      ...self,
      handle: undefined as never,
      problem: {
        title: "bad API URL",
        message: "This is a page.",
        command: "",
        source: inDotEnv,
      },
    },
    text: "$(warning) Prefect: bad API URL",
    background: "warning",
    says: [
      "**Bad API URL**: This is a page",
      "`http://localhost:4200/api`",
      "[Go to &#46;env&#58;3](command:prefect.goToSource",
    ],
    label:
      "Prefect bad API URL, profile local, needs action. Button, switches workspace.",
  },
  "with a file that cannot be read": {
    status: {
      errors: [
        {
          message: "This is no number.",
          source: { ...inProfile, line: 4, variable: "PREFECT_X" },
        },
      ],
    },
    text: "$(error) Prefect: profiles.toml",
    background: "error",
    says: [
      "Prefect does not start here",
      "PREFECT&#95;X&#58; This is no number",
      "**acme/prod** from [&#46;prefect",
      "[Open](command:prefect.goToSource",
    ],
    label:
      "Prefect profiles.toml, profile prod, needs action, Prefect does not start here. Button, switches workspace.",
  },
  protected: {
    status: { protected: true },
    text: "$(lock) acme/prod",
    says: ["profile `prod`", "· protected by your settings"],
    label:
      "Prefect workspace acme slash prod, profile prod, protected. Button, switches workspace.",
  },
  "protected, but overridden": {
    status: { protected: true, source: inDotEnv, shadows: [inProfile] },
    text: "$(lock) acme/prod",
    says: ["over profile `prod` · protected by your settings", "Go to"],
    label:
      "Prefect workspace acme slash prod, profile prod, protected, from .env:3. Button, switches workspace.",
  },
  "protected, to be seen": {
    status: { protected: true },
    view: { highlightProtected: true },
    text: "$(lock) acme/prod",
    background: "warning",
    says: ["protected by your settings"],
    label:
      "Prefect workspace acme slash prod, profile prod, protected. Button, switches workspace.",
  },
  "with a server that stopped": {
    view: { server: "stopped" },
    text: "$(warning) Prefect: stopped",
    background: "warning",
    says: ["command:prefect.restartServer", "command:prefect.showServerLog"],
    label:
      "Prefect stopped, profile prod, needs action. Button, switches workspace.",
  },
};

describe.each(Object.entries(states))("%s", (_, row) => {
  const shown = render({
    ...view,
    status: { ...cloud, ...row.status },
    ...row.view,
  });

  test("is shown", () => {
    expect(shown.text).toBe(row.text);
    expect(shown.background).toBe(row.background);
    expect(shown.label).toBe(row.label);
    for (const part of row.says) {
      expect(shown.tooltip).toContain(part);
    }
  });

  test("links only to commands that a tooltip may run", () => {
    const links = [...shown.tooltip.matchAll(/\(command:([\w.]+)/g)].map(
      ([, command]) => command,
    );
    expect(new Set(links).size).toBeGreaterThan(1);
    for (const link of links) {
      expect(linkedCommands).toContain(link);
    }
  });
});

test("a command that the server does not know is not linked", () => {
  const supports = () => false;
  const { tooltip } = render({ ...view, supports });
  expect(tooltip).not.toMatch(/prefect\.(open|verify)/);
  const status = { ...cloud, key: null };
  expect(render({ ...view, status, supports }).tooltip).not.toContain("login");
});

test("what is unusual of the profile has a line of its own", () => {
  const profile = { ...cloud.profile, missing: "gone", saved: "/else.toml" };
  const status = { ...cloud, profile, testMode: "PREFECT_TEST_MODE" };
  const { tooltip } = render({ ...view, pinned: "other", status });
  expect(tooltip).toContain("`PREFECT_TEST_MODE` turns test mode on");
  expect(tooltip).toContain("saves profiles elsewhere, in `/else.toml`");
  expect(tooltip).toContain("This window is pinned to profile `other`");
});

test("in place of a profile that is not there, what is used instead is told", () => {
  const profile = { ...cloud.profile, name: "ephemeral", missing: "gone" };
  const problem = {
    title: "no profile 'gone'",
    message: "There is none.",
    command: "prefect.switch",
    source: inProfile,
  };
  const status = { ...self, serverType: "ephemeral", apiUrl: "", uiUrl: "" };
  const { tooltip } = render({
    ...view,
    status: { ...cloud, ...status, profile, problem },
  });
  expect(tooltip).toContain(
    "Prefect starts a temporary local server for each run - profile `ephemeral`",
  );
});

test("nothing is verified without a key that Prefect Cloud asks for", () => {
  const { tooltip } = render({ ...view, status: { ...cloud, key: null } });
  expect(tooltip).not.toContain("prefect.verify");
  const server = render({ ...view, status: { ...cloud, ...self } });
  expect(server.tooltip).toContain("prefect.verify");
});

test("what a server said before it stopped is not told", () => {
  const { tooltip } = render({ ...view, server: "stopped" });
  expect(tooltip).not.toContain("profiles");
});

test("a place with a name is not told by its URL", () => {
  expect(render(view).tooltip).not.toContain(cloud.apiUrl);
  const status = { ...cloud, handle: undefined as never };
  expect(render({ ...view, status }).tooltip).toContain(cloud.apiUrl);
});

test("a long name loses its middle", () => {
  const handle = "an-account-of-a-long-name/and-its-production";
  const { text } = render({ ...view, status: { ...cloud, handle } });
  expect(text).toBe("$(cloud) an-account-of-a-…-its-production");
});

test("a name from a file neither formats nor links", () => {
  const name = "**x** [y](command:workbench.action.quit) `z` $(flame)\n# h";
  const { tooltip } = render({
    ...view,
    status: {
      ...cloud,
      handle: name,
      profile: { ...cloud.profile, name: "``a` ![b](c)" },
    },
  });
  expect(tooltip).not.toContain("](command:workbench");
  expect(tooltip).not.toContain("**x**");
  expect(tooltip).toContain("``` ``a` ![b](c) ```");
});
