import type { Target, TargetFailure, Targets } from "./protocol";

/** A row of the list of workspaces. */
export type Row =
  | { readonly kind: "separator"; readonly label: string }
  | {
      readonly kind: "target";
      readonly target: Target;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    }
  | {
      readonly kind: "failure";
      readonly failure: TargetFailure;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
    }
  | { readonly kind: "login"; readonly label: string };

/** How many targets stand first because they were chosen last. */
const recentRows = 5;

const icons: Readonly<Record<string, string>> = {
  cloud: "cloud",
  server: "server",
  ephemeral: "beaker",
};

/** `text` as a part of an id to look for, or empty where it looks like none. */
export function partOfId(text: string): string {
  const part = text.trim().toLowerCase();
  return /^[0-9a-f-]{4,36}$/.test(part) ? part : "";
}

/**
 * The list of workspaces: those chosen last, by their ids in `recent`, then the groups as the server orders them, then what failed.
 * Every target stands there once. Those with `id` in an id of theirs show it, and are found by it.
 */
export function rows(
  { targets, failures }: Targets,
  recent: readonly string[],
  id: string,
): Row[] {
  const recentTargets = recent
    .map((id) => targets.find((target) => target.id === id))
    .filter((target) => target !== undefined)
    .slice(0, recentRows);
  const others = targets.filter((target) => !recentTargets.includes(target));
  const groups = [...new Set(others.map(({ group }) => group))];
  return [
    ...section("Recent", recentTargets, id),
    ...groups.flatMap((group) =>
      section(
        heading(group, targets),
        others.filter((target) => target.group === group),
        id,
      ),
    ),
    ...failures.filter(isFirst).map((failure) => failureRow(failure, failures)),
    { kind: "separator", label: "" },
    { kind: "login", label: "$(add) Log in to Prefect Cloud..." },
  ];
}

function section(label: string, targets: readonly Target[], id: string): Row[] {
  return targets.length === 0
    ? []
    : [
        { kind: "separator", label },
        ...targets.map((target) => targetRow(target, id)),
      ];
}

function heading(group: string, targets: readonly Target[]): string {
  const members = targets.filter((target) => target.group === group);
  if (!members.every(({ serverType }) => serverType === "cloud")) {
    return group;
  }
  const noun = members.length === 1 ? "workspace" : "workspaces";
  return `${group} - ${members.length} ${noun}`;
}

function targetRow(target: Target, id: string): Row {
  const { current, label, overridden, profiles, serverType } = target;
  const noun = profiles.length === 1 ? "profile" : "profiles";
  const facts = [
    ...(profiles.length === 0 ? [] : [`${noun} ${profiles.join(", ")}`]),
    ...(serverType === "unconfigured" ? ["no API URL"] : []),
    ...(current ? ["current"] : []),
  ];
  const icon = current ? "check" : (icons[serverType] ?? "circle-outline");
  return {
    kind: "target",
    target,
    label: `$(${icon}) ${label}`,
    description: facts.join(" · "),
    detail: [
      ...(overridden ? [`overridden here by ${overridden}`] : []),
      ...idsWith(id, target),
    ].join(" · "),
  };
}

function idsWith(part: string, { account, workspace }: Target): string[] {
  return Object.entries({ workspace, account }).flatMap(([name, id]) =>
    part !== "" && id?.includes(part) ? [`${name} ${id}`] : [],
  );
}

/** Whether a failure is told by a row of its own: several of one cause share one, unless each wants another login. */
function isFirst(
  failure: TargetFailure,
  index: number,
  failures: readonly TargetFailure[],
): boolean {
  return (
    failure.login ||
    failures.findIndex((other) => isAlike(failure, other)) === index
  );
}

function isAlike(one: TargetFailure, other: TargetFailure): boolean {
  return !one.login && !other.login && one.message === other.message;
}

function failureRow(
  failure: TargetFailure,
  failures: readonly TargetFailure[],
): Row {
  const names = failures
    .filter((other) => other === failure || isAlike(failure, other))
    .flatMap(({ profile }) => (profile === "" ? [] : [`'${profile}'`]));
  const noun = names.length === 1 ? "profile" : "profiles";
  // A key that is in no profile is in a file of the folder, or in a variable.
  const whose =
    names.length === 0 ? "this folder" : `${noun} ${names.join(", ")}`;
  return {
    kind: "failure",
    failure,
    label: `$(error) Could not list the workspaces of ${whose}`,
    // Ahead of the detail, of which only the beginning may be in sight.
    description: failure.login ? "select to log in" : "",
    detail: failure.message,
  };
}

/** `recent` with `id` before all others, and no more than are kept. */
export function remember(recent: readonly string[], id: string): string[] {
  return [id, ...recent.filter((other) => other !== id)].slice(
    0,
    2 * recentRows,
  );
}
