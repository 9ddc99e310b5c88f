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
const inEnvironment: StatusSource = {
  kind: "env",
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
const chosen = {
  ...cloud.profile,
  source: { kind: "env", variable: "PREFECT_PROFILE" },
};
const now = new Date("2026-03-01T09:14:00");
const checkedAt = new Date("2026-03-01T09:12:00").toISOString();
const day = new Date(checkedAt).toLocaleDateString([], {
  day: "numeric",
  month: "short",
});
const clock = new Date(checkedAt).toLocaleTimeString([], {
  hour: "2-digit",
  minute: "2-digit",
});
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
  /** The paragraphs of the tooltip but the last. */
  readonly says: readonly string[];
  /** The last one, where it is not {@link commonLinks}. */
  readonly links?: string;
  readonly label: string;
}

const commonLinks =
  "[Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]";

/** The paragraphs of a tooltip as a person reads them. */
function read(tooltip: string): string[] {
  return tooltip
    .replaceAll(/\(command:[^)]*\)/g, "")
    .replaceAll(/&#(\d+);/g, (_, sign: string) =>
      String.fromCharCode(Number(sign)),
    )
    .split("\n\n");
}

const states: Readonly<Record<string, Row>> = {
  "before anything is known": {
    view: { status: undefined, server: "starting" },
    text: "$(cloud) Prefect",
    says: ["Checking..."],
    links: "[Switch workspace] · [Effective settings]",
    label: "Prefect. Button, switches workspace.",
  },
  Cloud: {
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · not checked yet",
      "From [.prefect/profiles.toml:8]",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "Cloud, verified": {
    status: { check: verified },
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · checked 2 min ago",
      "From [.prefect/profiles.toml:8]",
    ],
    links: "[Switch workspace] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "Cloud, verified just now": {
    view: { now: new Date(checkedAt) },
    status: { check: verified, uiUrl: "" },
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · checked just now",
      "From [.prefect/profiles.toml:8]",
    ],
    links: "[Switch workspace] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "Cloud, verified long ago": {
    view: { now: new Date("2026-03-01T10:12:00") },
    status: { check: verified },
    text: "$(cloud) acme/prod",
    says: [
      `**acme/prod** - profile \`prod\` · API key set (hidden) · checked at ${clock}`,
      "From [.prefect/profiles.toml:8]",
    ],
    links: "[Switch workspace] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "Cloud, verified on another day": {
    view: { now: new Date("2026-03-02T10:12:00") },
    status: { check: verified },
    text: "$(cloud) acme/prod",
    says: [
      `**acme/prod** - profile \`prod\` · API key set (hidden) · checked on ${day} at ${clock}`,
      "From [.prefect/profiles.toml:8]",
    ],
    links: "[Switch workspace] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "Cloud, verified before the clock was set back": {
    view: { now: new Date("2026-03-01T09:02:00") },
    status: { check: verified },
    text: "$(cloud) acme/prod",
    says: [
      `**acme/prod** - profile \`prod\` · API key set (hidden) · checked at ${clock}`,
      "From [.prefect/profiles.toml:8]",
    ],
    links: "[Switch workspace] · [Open in browser] · [Effective settings]",
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
      "**acme/prod** - profile `prod` · API key set (hidden)",
      "Not reached 2 min ago (offline). There is no network. Last known to be valid.",
      "From [.prefect/profiles.toml:8]",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod, offline. Button, switches workspace.",
  },
  "Cloud, offline with a key that was refused": {
    view: { now: new Date("2026-03-01T09:13:00") },
    status: {
      check: { ...verified, reached: false, valid: false, message: "Why?" },
    },
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden)",
      "Not reached 1 min ago (offline). Why?",
      "From [.prefect/profiles.toml:8]",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod, offline. Button, switches workspace.",
  },
  "Cloud, without a name": {
    status: { handle: undefined as never },
    text: "$(cloud) workspace 12345678",
    says: [
      "**workspace 12345678** - profile `prod` · API key set (hidden) · not checked yet",
      "`https://api.prefect.cloud/api/accounts/A/workspaces/W` from [.prefect/profiles.toml:8]",
    ],
    label:
      "Prefect workspace 12345678, profile prod. Button, switches workspace.",
  },
  "Cloud, without a workspace": {
    status: { handle: undefined as never, workspace: undefined as never },
    text: "$(cloud) Prefect Cloud",
    says: [
      "**Prefect Cloud** - profile `prod` · API key set (hidden) · not checked yet",
      "`https://api.prefect.cloud/api/accounts/A/workspaces/W` from [.prefect/profiles.toml:8]",
    ],
    label: "Prefect Cloud, profile prod. Button, switches workspace.",
  },
  overridden: {
    status: { source: inDotEnv, shadows: [inProfile], handle: "acme/dev" },
    text: "$(layers) acme/dev",
    says: ["**acme/dev** - from [.env:3], over profile `prod`"],
    links:
      "[Go to .env:3] · [Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash dev, profile prod, from .env:3. Button, switches workspace.",
  },
  "by a file that hides nothing": {
    status: { source: inDotEnv },
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · not checked yet",
      "From [.env:3]",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "by a profile that hides another value of its own": {
    status: { shadows: [inProfile] },
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · not checked yet",
      "From [.prefect/profiles.toml:8]",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "by a variable": {
    status: {
      source: inEnvironment,
      shadows: [inDotEnv, { ...inProfile, profile: "hidden" }],
    },
    text: "$(layers) acme/prod",
    says: [
      "**acme/prod** - from PREFECT_API_URL in the environment, over profile `hidden`",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod, from PREFECT_API_URL in the environment. Button, switches workspace.",
  },
  "by a variable that hides a file": {
    status: { source: inEnvironment, shadows: [inDotEnv] },
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · not checked yet",
      "From PREFECT_API_URL in the environment",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  "without a profile": {
    status: { profile: { ...cloud.profile, name: "" } },
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** · API key set (hidden) · not checked yet",
      "From [.prefect/profiles.toml:8]",
    ],
    label: "Prefect workspace acme slash prod. Button, switches workspace.",
  },
  "with a profile that a variable chooses": {
    status: { profile: chosen },
    text: "$(cloud) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · not checked yet",
      "From [.prefect/profiles.toml:8]",
      "The profile is chosen by PREFECT_PROFILE in the environment.",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod. Button, switches workspace.",
  },
  pinned: {
    view: { pinned: "prod" },
    status: { profile: chosen },
    text: "$(pinned) acme/prod",
    says: [
      "**acme/prod** - pinned in this window to profile `prod` (PREFECT_PROFILE)",
      "From [.prefect/profiles.toml:8]",
    ],
    links:
      "[Unpin] · [Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod, pinned in this window. Button, switches workspace.",
  },
  "pinned, but overridden": {
    view: { pinned: "prod" },
    status: { source: inDotEnv, shadows: [inProfile] },
    text: "$(layers) acme/prod",
    says: ["**acme/prod** - from [.env:3], over profile `prod`"],
    links:
      "[Go to .env:3] · [Unpin] · [Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod, from .env:3. Button, switches workspace.",
  },
  "self-hosted": {
    status: self,
    text: "$(server) localhost:4200",
    says: [
      "Prefect server **localhost:4200** - profile `local`",
      "From [.prefect/profiles.toml:8]",
    ],
    label: "Prefect localhost:4200, profile local. Button, switches workspace.",
  },
  "self-hosted, verified": {
    status: { ...self, check: verified },
    text: "$(server) localhost:4200",
    says: [
      "Prefect server **localhost:4200** - profile `local` · checked 2 min ago",
      "From [.prefect/profiles.toml:8]",
    ],
    links: "[Switch workspace] · [Open in browser] · [Effective settings]",
    label: "Prefect localhost:4200, profile local. Button, switches workspace.",
  },
  "self-hosted, where nobody could tell": {
    status: { ...self, apiUrl: "localhost" },
    text: "$(server) server",
    says: [
      "Prefect server **server** - profile `local`",
      "From [.prefect/profiles.toml:8]",
    ],
    label: "Prefect server, profile local. Button, switches workspace.",
  },
  ephemeral: {
    status: { ...self, serverType: "ephemeral", apiUrl: "", uiUrl: "" },
    text: "$(beaker) ephemeral",
    says: [
      "Prefect starts a temporary local server for each run - profile `local`",
    ],
    links: "[Switch workspace] · [Effective settings]",
    label:
      "Prefect ephemeral, profile local, temporary local server. Button, switches workspace.",
  },
  "without any server": {
    status: { ...self, serverType: "unconfigured", apiUrl: "", uiUrl: "" },
    text: "$(warning) Prefect: no server",
    background: "warning",
    says: [
      "Nothing names a server, and Prefect fails as soon as it needs one - profile `local`",
    ],
    links: "[Switch workspace] · [Effective settings]",
    label:
      "Prefect no server, profile local, needs action. Button, switches workspace.",
  },
  "without a login": {
    status: { key: null },
    text: "$(cloud) Prefect: log in",
    says: [
      "No Prefect Cloud key in profile `prod`.",
      "**acme/prod** from [.prefect/profiles.toml:8]",
    ],
    links:
      "[Log in] · [Switch workspace] · [Open in browser] · [Effective settings]",
    label:
      "Prefect log in, profile prod, no Prefect Cloud key. Button, switches workspace.",
  },
  "without a login and a profile": {
    status: { key: null, profile: { ...cloud.profile, name: "" } },
    text: "$(cloud) Prefect: log in",
    says: [
      "No Prefect Cloud key.",
      "**acme/prod** from [.prefect/profiles.toml:8]",
    ],
    links:
      "[Log in] · [Switch workspace] · [Open in browser] · [Effective settings]",
    label: "Prefect log in, no Prefect Cloud key. Button, switches workspace.",
  },
  checking: {
    view: { busy: true },
    text: "$(loading~spin) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · not checked yet",
      "From [.prefect/profiles.toml:8]",
    ],
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
    says: [
      "**Key rejected**: This key was rejected.",
      "**acme/prod** from [.prefect/profiles.toml:8]",
    ],
    links:
      "[Log in] · [Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod, needs action, key rejected. Button, switches workspace.",
  },
  "with a workspace that is gone": {
    status: {
      problem: {
        title: "workspace not found",
        message: "It is gone.",
        command: "prefect.setWorkspace",
        source: inProfile,
      },
    },
    text: "$(warning) acme/prod",
    background: "warning",
    says: [
      "**Workspace not found**: It is gone.",
      "**acme/prod** from [.prefect/profiles.toml:8]",
    ],
    links:
      "[Choose a workspace] · [Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod, needs action, workspace not found. Button, switches workspace.",
  },
  "with a problem that nothing mends": {
    status: {
      problem: { title: "odd", message: "Why?", command: "", source: null },
    },
    text: "$(warning) acme/prod",
    background: "warning",
    says: ["**Odd**: Why?", "**acme/prod** from [.prefect/profiles.toml:8]"],
    label:
      "Prefect workspace acme slash prod, profile prod, needs action, odd. Button, switches workspace.",
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
      "**Bad API URL**: This is a page.",
      "`http://localhost:4200/api` from [.prefect/profiles.toml:8]",
    ],
    links:
      "[Go to .env:3] · [Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]",
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
      "**Prefect does not start here.** PREFECT_X: This is no number. ([.prefect/profiles.toml:4])",
      "**acme/prod** from [.prefect/profiles.toml:8]",
    ],
    links:
      "[Open] · [Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]",
    label:
      "Prefect profiles.toml, profile prod, needs action, Prefect does not start here. Button, switches workspace.",
  },
  "with a variable that cannot be read": {
    status: { errors: [{ message: "No number.", source: inEnvironment }] },
    text: "$(error) Prefect: PREFECT_API_URL",
    background: "error",
    says: [
      "**Prefect does not start here.** PREFECT_API_URL: No number. (PREFECT_API_URL in the environment)",
      "**acme/prod** from [.prefect/profiles.toml:8]",
    ],
    label:
      "Prefect PREFECT_API_URL, profile prod, needs action, Prefect does not start here. Button, switches workspace.",
  },
  protected: {
    status: { protected: true },
    text: "$(lock) acme/prod",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · not checked yet · protected by your settings",
      "From [.prefect/profiles.toml:8]",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod, protected. Button, switches workspace.",
  },
  "protected, but overridden": {
    status: { protected: true, source: inDotEnv, shadows: [inProfile] },
    text: "$(lock) acme/prod",
    says: [
      "**acme/prod** - from [.env:3], over profile `prod` · protected by your settings",
    ],
    links:
      "[Go to .env:3] · [Switch workspace] · [Verify connection] · [Open in browser] · [Effective settings]",
    label:
      "Prefect workspace acme slash prod, profile prod, protected, from .env:3. Button, switches workspace.",
  },
  "protected, to be seen": {
    status: { protected: true },
    view: { highlightProtected: true },
    text: "$(lock) acme/prod",
    background: "warning",
    says: [
      "**acme/prod** - profile `prod` · API key set (hidden) · not checked yet · protected by your settings",
      "From [.prefect/profiles.toml:8]",
    ],
    label:
      "Prefect workspace acme slash prod, profile prod, protected. Button, switches workspace.",
  },
  "with a server that stopped": {
    view: { server: "stopped" },
    text: "$(warning) Prefect: stopped",
    background: "warning",
    says: ["The Prefect language server has stopped."],
    links: "[Restart] · [Show log]",
    label:
      "Prefect stopped, profile prod, needs action. Button, switches workspace.",
  },
};

describe.each(Object.entries(states))("%s", (_, row) => {
  const shown = () =>
    render({ ...view, status: { ...cloud, ...row.status }, ...row.view });

  test("is shown", () => {
    const { text, background, label, tooltip } = shown();
    const lines = read(tooltip);
    expect(text).toBe(row.text);
    expect(background).toBe(row.background);
    expect(label).toBe(row.label);
    expect(lines.slice(0, -1)).toEqual(row.says);
    expect(lines.at(-1)).toBe(row.links ?? commonLinks);
  });

  test("links only to commands that a tooltip may run", () => {
    const links = [...shown().tooltip.matchAll(/\(command:([\w.]+)/g)].map(
      ([, command]) => command,
    );
    expect(new Set(links).size).toBeGreaterThan(1);
    for (const link of links) {
      expect(linkedCommands).toContain(link);
    }
  });
});

test("a link says what its command is about", () => {
  const { tooltip } = render({ ...view, status: { ...cloud, key: null } });
  const links = [...tooltip.matchAll(/\(command:([\w.]+)\?([^)]*)\)/g)].map(
    ([, command, args = ""]) => [command, decodeURIComponent(args)],
  );
  const folder = JSON.stringify([{ uri: "file:///work" }]);
  expect(links).toEqual([
    ["prefect.goToSource", JSON.stringify([{ path: profiles, line: 8 }])],
    ["prefect.login", folder],
    ["prefect.open", folder],
  ]);
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

test("a long name loses its middle", () => {
  const { text } = render({
    ...view,
    status: {
      ...cloud,
      handle: "an-account-of-a-long-name/and-its-production",
    },
  });
  expect(text).toBe("$(cloud) an-account-of-a-…-its-production");
  const handle = "an-account-of-32-signs/its-space";
  expect(render({ ...view, status: { ...cloud, handle } }).text).toBe(
    `$(cloud) ${handle}`,
  );
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
