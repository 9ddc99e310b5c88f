import { expect, test } from "vitest";
import type { Target } from "./protocol";
import { partOfId, remember, rows, type Row } from "./targets";

function target(label: string, more: Partial<Target> = {}): Target {
  const [group = ""] = label.split("/");
  return {
    id: label,
    label,
    group,
    serverType: "cloud",
    profiles: [],
    current: false,
    active: false,
    apiUrl: "",
    uiUrl: "",
    ...more,
  };
}

const local = {
  group: "Self-hosted & local",
  serverType: "server",
  profiles: ["local"],
};
const targets = [
  target("acme/dev", { profiles: ["dev", "old"] }),
  target("acme/prod", { profiles: ["prod"], current: true }),
  target("globex/main"),
  target("localhost:4200", { ...local, overridden: ".env:3" }),
  target("ephemeral", { ...local, serverType: "ephemeral" }),
];

function lines(list: readonly Row[]): string[] {
  return list.map((row) =>
    row.kind === "separator"
      ? `-- ${row.label}`
      : [
          row.label,
          ...("description" in row ? [row.description] : []),
          ...("detail" in row && row.detail ? [row.detail] : []),
        ].join(" | "),
  );
}

test("groups follow each other, each with its size, and what failed stands last", () => {
  const failures = [
    { profile: "x", message: "The key has expired.", login: true },
    { profile: "y", message: "No network.", login: false },
    { profile: "w", message: "No network.", login: false },
    { profile: "", message: "No network at all.", login: false },
    { profile: "z", message: "The key has expired.", login: true },
    { profile: "v", message: "The key has expired.", login: false },
  ];
  expect(lines(rows({ targets, failures }, [], ""))).toEqual([
    "-- acme - 2 workspaces",
    "$(cloud) acme/dev | profiles dev, old",
    "$(check) acme/prod | profile prod · current",
    "-- globex - 1 workspace",
    "$(cloud) globex/main | ",
    "-- Self-hosted & local",
    "$(server) localhost:4200 | profile local | overridden here by .env:3",
    "$(beaker) ephemeral | profile local",
    "$(error) Could not list the workspaces of profile 'x' | select to log in | The key has expired.",
    "$(error) Could not list the workspaces of profiles 'y', 'w' |  | No network.",
    "$(error) Could not list the workspaces of this folder |  | No network at all.",
    "$(error) Could not list the workspaces of profile 'z' | select to log in | The key has expired.",
    "$(error) Could not list the workspaces of profile 'v' |  | The key has expired.",
    "-- ",
    "$(add) Log in to Prefect Cloud...",
  ]);
});

test("a profile that leads nowhere says so", () => {
  const nowhere = { ...local, serverType: "unconfigured", profiles: ["new"] };
  const list = { targets: [target("new", nowhere)], failures: [] };
  expect(lines(rows(list, [], ""))).toContain(
    "$(circle-outline) new | profile new · no API URL",
  );
});

test("what was chosen last stands first, and there alone", () => {
  const recent = ["globex/main", "gone", "acme/prod"];
  expect(
    lines(rows({ targets, failures: [] }, recent, "")).slice(0, 8),
  ).toEqual([
    "-- Recent",
    "$(cloud) globex/main | ",
    "$(check) acme/prod | profile prod · current",
    "-- acme - 2 workspaces",
    "$(cloud) acme/dev | profiles dev, old",
    "-- Self-hosted & local",
    "$(server) localhost:4200 | profile local | overridden here by .env:3",
    "$(beaker) ephemeral | profile local",
  ]);
});

test("a target with a part of an id shows that id", () => {
  const account = "aaaaaaaa-0000-4000-8000-000000000001";
  const workspace = "bbbbbbbb-0000-4000-8000-000000000002";
  const list = [
    target("acme/dev", { account, workspace, overridden: ".env:3" }),
    target("ephemeral"),
  ];
  const details = (id: string) =>
    rows({ targets: list, failures: [] }, [], id).flatMap((row) =>
      row.kind === "target" ? [row.detail] : [],
    );
  expect(details("")).toEqual(["overridden here by .env:3", ""]);
  expect(details("bbbb-0000")).toEqual([
    `overridden here by .env:3 · workspace ${workspace}`,
    "",
  ]);
  expect(details("0000-4000")).toEqual([
    `overridden here by .env:3 · workspace ${workspace} · account ${account}`,
    "",
  ]);
});

test.each([
  ["bbbb", "bbbb"],
  [" 0F1E2D3C-4B5A ", "0f1e2d3c-4b5a"],
  [
    "0f1e2d3c-4b5a-4968-8776-655443322110",
    "0f1e2d3c-4b5a-4968-8776-655443322110",
  ],
  ["bad", ""],
  ["acme", ""],
  ["acme/dev", ""],
  ["globex/beef", ""],
  ["beef/globex", ""],
])("%j is the part %j of an id", (text, part) => {
  expect(partOfId(text)).toBe(part);
});

test("no more than five were chosen last", () => {
  const many = Array.from({ length: 8 }, (_, i) => target(`a/${i}`));
  const recent = many.map(({ id }) => id);
  const list = lines(rows({ targets: many, failures: [] }, recent, ""));
  expect(list.indexOf("-- a - 8 workspaces")).toBe(6);
});

test("the latest choice comes first, and old ones are forgotten", () => {
  expect(remember(["a", "b"], "b")).toEqual(["b", "a"]);
  const many = Array.from({ length: 30 }, (_, i) => `${i}`);
  expect(remember(many, "x")).toHaveLength(10);
});
