import { expect, test } from "vitest";
import type { Target } from "./protocol";
import { remember, rows, type Row } from "./targets";

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
  ];
  expect(lines(rows({ targets, failures }, []))).toEqual([
    "-- acme - 2 workspaces",
    "$(cloud) acme/dev | profiles dev, old",
    "$(check) acme/prod | profile prod · current",
    "-- globex - 1 workspace",
    "$(cloud) globex/main | ",
    "-- Self-hosted & local",
    "$(server) localhost:4200 | profile local | overridden here by .env:3",
    "$(beaker) ephemeral | profile local",
    "$(error) Could not list the workspaces of profile 'x' | The key has expired. Select to log in.",
    "$(error) Could not list the workspaces of profile 'y' | No network.",
    "-- ",
    "$(add) Log in to Prefect Cloud...",
  ]);
});

test("what was chosen last stands first, and there alone", () => {
  const recent = ["globex/main", "gone", "acme/prod"];
  expect(lines(rows({ targets, failures: [] }, recent)).slice(0, 8)).toEqual([
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

test("no more than five were chosen last", () => {
  const many = Array.from({ length: 8 }, (_, i) => target(`a/${i}`));
  const recent = many.map(({ id }) => id);
  const list = lines(rows({ targets: many, failures: [] }, recent));
  expect(list.indexOf("-- a - 8 workspaces")).toBe(6);
});

test("the latest choice comes first, and old ones are forgotten", () => {
  expect(remember(["a", "b"], "b")).toEqual(["b", "a"]);
  const many = Array.from({ length: 30 }, (_, i) => `${i}`);
  expect(remember(many, "x")).toHaveLength(10);
});
