import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { code, commandLink, escape } from "./markdown";
import {
  commandLogin,
  commandOpen,
  commandSetWorkspace,
  commandVerify,
  type Status,
  type StatusSource,
} from "./protocol";
import { describeError, describeSource } from "./source";
import { elide, nameTarget } from "./target";

/** What the language server does: `idle` before a file needs it. */
export type ServerState = "idle" | "starting" | "running" | "stopped";

/** All that the status item depends on. */
export interface View {
  readonly server: ServerState;
  /** What the server last said of the folder that the person works in. */
  readonly status: Status | undefined;
  /** Something has been going on for longer than half a second. */
  readonly busy: boolean;
  /** The profile that this window is pinned to. */
  readonly pinned: string | undefined;
  /** `prefect.statusBar.highlightProtected` */
  readonly highlightProtected: boolean;
  /** Whether the server knows the command with this id. */
  readonly supports: (command: string) => boolean;
  readonly now: Date;
}

/** What the status item shows. */
export interface Rendering {
  readonly text: string;
  /** Only where the person must act, or asked for it. */
  readonly background: "warning" | "error" | undefined;
  /** Markdown. */
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly label: string;
}

/** A link in the tooltip: what it says, the command it runs, and with what. */
type Link = readonly [title: string, command: string, ...args: unknown[]];

/** What is most worth knowing. */
interface Situation {
  readonly icon: string;
  readonly name: string;
  readonly background?: Rendering["background"];
  /** The first line of the tooltip, in Markdown. */
  readonly fact: string;
  readonly links?: readonly Link[];
  /** What a screen reader says of it besides the name. */
  readonly spoken?: readonly string[];
}

/** The status item for `view`. */
export function render(view: View): Rendering {
  const situation = situationOf(view);
  const icon = view.busy ? "loading~spin" : situation.icon;
  const { status } = view;
  const lines = [
    situation.fact,
    // What a server said that has stopped may hold no more.
    ...(status === undefined || view.server === "stopped"
      ? []
      : details(view, status, situation)),
    [...(situation.links ?? []), ...commonLinks(view)]
      .map((link) => commandLink(...link))
      .join(" · "),
  ];
  return {
    text: `$(${icon}) ${elide(situation.name)}`,
    background: situation.background,
    tooltip: lines.filter((line) => line !== "").join("\n\n"),
    label: speak(view, situation),
  };
}

function situationOf(view: View): Situation {
  const { status } = view;
  if (view.server === "stopped") {
    return {
      icon: "warning",
      name: "Prefect: stopped",
      background: "warning",
      fact: "The Prefect language server has stopped.",
      links: [restart, showLog],
    };
  }
  if (status === undefined) {
    return { icon: "cloud", name: "Prefect", fact: "Checking..." };
  }
  return (
    unreadable(status) ??
    noLogin(view, status) ??
    needsAction(view, status) ??
    guarded(view, status) ??
    reached(view, status)
  );
}

/** Where code runs, by whatever leads there. */
function reached(view: View, status: Status): Situation {
  return overridden(status) ?? pinned(view, status) ?? usual(view, status);
}

const restart: Link = ["Restart", "prefect.restartServer"];
const showLog: Link = ["Show log", "prefect.showServerLog"];

/** Prefect does not start: every `prefect` command and every flow fails. */
function unreadable(status: Status): Situation | undefined {
  const [error] = status.errors;
  if (error === undefined) {
    return undefined;
  }
  const { source } = error;
  const where =
    source.path === undefined
      ? (source.variable ?? "settings")
      : path.basename(source.path);
  return {
    icon: "error",
    name: `Prefect: ${where}`,
    background: "error",
    fact: `**Prefect does not start here.** ${escape(describeError(error))} (${place(source, status)})`,
    links: goTo("Open", source),
    spoken: ["needs action", "Prefect does not start here"],
  };
}

function needsAction(view: View, status: Status): Situation | undefined {
  const { problem } = status;
  if (problem === null) {
    return undefined;
  }
  const { command, source } = problem;
  const title = commandTitles[command];
  const mend = title === undefined ? [] : offer(title, command, view, status);
  return {
    icon: "warning",
    name: status.handle ?? `Prefect: ${problem.title}`,
    background: "warning",
    spoken: [
      "needs action",
      ...(status.handle === undefined ? [] : [problem.title]),
    ],
    fact: `**${escape(capitalize(problem.title))}**: ${escape(problem.message)}`,
    links:
      mend.length > 0 || source === null
        ? mend
        : goTo(`Go to ${describeSource(source, status.folder)}`, source),
  };
}

/** How the commands that mend a problem are called in a link. */
const commandTitles: Readonly<Record<string, string>> = {
  [commandLogin]: "Log in",
  [commandSetWorkspace]: "Choose a workspace",
};

/** Every command that a tooltip may link to. */
export const linkedCommands: readonly string[] = [
  ...Object.keys(commandTitles),
  commandOpen,
  commandVerify,
  "prefect.goToSource",
  "prefect.restartServer",
  "prefect.showServerLog",
  "prefect.showSettings",
  "prefect.switchWorkspace",
  "prefect.unpinProfile",
];

function noLogin(view: View, status: Status): Situation | undefined {
  if (status.serverType !== "cloud" || status.key !== null) {
    return undefined;
  }
  return {
    icon: "cloud",
    name: "Prefect: log in",
    fact: `No Prefect Cloud key${inProfile(status)}.`,
    links: offer("Log in", commandLogin, view, status),
    spoken: ["no Prefect Cloud key"],
  };
}

function guarded(view: View, status: Status): Situation | undefined {
  if (status.protected !== true) {
    return undefined;
  }
  const reason = reached(view, status);
  return {
    ...reason,
    icon: "lock",
    background: view.highlightProtected ? "warning" : undefined,
    fact: `${reason.fact} · protected by your settings`,
    spoken: ["protected", ...(reason.spoken ?? [])],
  };
}

/** A file of the folder or a variable decides, and not the profile that says something else. */
function overridden(status: Status): Situation | undefined {
  const { source } = status;
  const idle = status.shadows.find(({ kind }) => kind === "profile");
  if (source.kind === "profile" || idle === undefined) {
    return undefined;
  }
  return {
    icon: "layers",
    name: nameTarget(status),
    fact: `${target(status)} - from ${place(source, status)}, over profile ${code(idle.profile ?? status.profile.name)}`,
    spoken: [`from ${describeSource(source, status.folder)}`],
    links: goTo(`Go to ${describeSource(source, status.folder)}`, source),
  };
}

function pinned(view: View, status: Status): Situation | undefined {
  if (!isPinned(view, status)) {
    return undefined;
  }
  return {
    icon: "pinned",
    name: nameTarget(status),
    fact: `${target(status)} - pinned in this window to profile ${code(status.profile.name)} (PREFECT_PROFILE)`,
    spoken: ["pinned in this window"],
  };
}

function isPinned(view: View, { profile }: Status): boolean {
  return profile.name === view.pinned;
}

function usual(view: View, status: Status): Situation {
  const name = nameTarget(status);
  const profile =
    status.profile.name === "" ? "" : ` - profile ${code(status.profile.name)}`;
  switch (status.serverType) {
    case "cloud":
      return {
        icon: "cloud",
        name,
        fact: `${target(status)}${profile} · API key set (hidden)${checked(view, status)}`,
      };
    case "server":
      return {
        icon: "server",
        name,
        fact: `Prefect server ${target(status)}${profile}${status.check === null ? "" : checked(view, status)}`,
      };
    case "ephemeral":
      return {
        icon: "beaker",
        name,
        fact: `Prefect starts a temporary local server for each run${profile}`,
        spoken: ["temporary local server"],
      };
    default:
      return {
        icon: "warning",
        name: `Prefect: ${name}`,
        background: "warning",
        fact: `Nothing names a server, and Prefect fails as soon as it needs one${profile}`,
      };
  }
}

function checked({ now }: View, { check }: Status): string {
  if (check === null) {
    return " · not checked yet";
  }
  return check.reached ? ` · checked ${ago(new Date(check.at), now)}` : "";
}

/** How long before `now` it was `at`, in words; when it was, where that is long ago or the clock was set back. */
function ago(at: Date, now: Date): string {
  const minutes = Math.trunc((now.getTime() - at.getTime()) / 60_000);
  if (minutes === 0) {
    return "just now";
  }
  if (minutes > 0 && minutes < 60) {
    return `${minutes} min ago`;
  }
  const today = at.toDateString() === now.toDateString();
  return today ? `at ${clock(at)}` : `on ${day(at)} at ${clock(at)}`;
}

function day(at: Date): string {
  return at.toLocaleDateString([], { day: "numeric", month: "short" });
}

function clock(at: Date): string {
  return at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/** What else there is to know, a line each. */
function details(
  view: View,
  status: Status,
  { fact }: Situation,
): readonly string[] {
  const { profile } = status;
  const source = place(status.source, status);
  const lines: string[] = [];
  if (isOffline(status)) {
    const { at, message, valid } = status.check;
    const known = valid ? " Last known to be valid." : "";
    lines.push(
      `Not reached ${ago(new Date(at), view.now)} (offline). ${escape(message)}${known}`,
    );
  }
  if (status.testMode !== undefined) {
    lines.push(
      `${code(status.testMode)} turns test mode on, in which no profile counts.`,
    );
  }
  if (profile.saved !== undefined) {
    lines.push(
      `The prefect command saves profiles elsewhere, in ${code(profile.saved)}.`,
    );
  }
  if (profile.missing !== undefined) {
    lines.push(reached(view, status).fact);
  }
  if (status.apiUrl !== "") {
    // The ids in the URL of a workspace say less than its name.
    const name =
      status.handle === undefined ? code(status.apiUrl) : target(status);
    const what = fact.includes(name) ? [] : [name];
    const from = fact.includes(source) ? [] : [`from ${source}`];
    lines.push(capitalize([...what, ...from].join(" ")));
  }
  if (!isPinned(view, status) && profile.source.kind === "env") {
    lines.push(`The profile is chosen by ${place(profile.source, status)}.`);
  }
  if (view.pinned !== undefined && !isPinned(view, status)) {
    lines.push(`This window is pinned to profile ${code(view.pinned)}.`);
  }
  return lines;
}

/** What can be done in most situations. */
function commonLinks(view: View): readonly Link[] {
  const { server, status, pinned } = view;
  if (server === "stopped") {
    return [];
  }
  return [
    ...(pinned === undefined
      ? []
      : [["Unpin", "prefect.unpinProfile"] as const]),
    ["Switch workspace", "prefect.switchWorkspace"],
    ...(status !== undefined && isUnchecked(status)
      ? offer("Verify connection", commandVerify, view, status)
      : []),
    ...(status?.uiUrl
      ? offer("Open in browser", commandOpen, view, status)
      : []),
    ["Effective settings", "prefect.showSettings"],
  ];
}

/** Whether there is a server that could tell more. */
function isUnchecked(status: Status): boolean {
  return (
    status.apiUrl !== "" &&
    (status.key !== null || status.serverType !== "cloud") &&
    status.check?.reached !== true
  );
}

/** Whether the server was reached once, but not the last time. */
function isOffline(
  status: Status,
): status is Status & { readonly check: NonNullable<Status["check"]> } {
  return status.check?.reached === false;
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function target(status: Status): string {
  return `**${escape(nameTarget(status))}**`;
}

function inProfile({ profile }: Status): string {
  return profile.name === "" ? "" : ` in profile ${code(profile.name)}`;
}

/** A source, as a link where it can be gone to. */
function place(source: StatusSource, { folder }: Status): string {
  const name = describeSource(source, folder);
  const [link] = goTo(name, source);
  return link === undefined ? escape(name) : commandLink(...link);
}

function goTo(title: string, { path, line }: StatusSource): readonly Link[] {
  return path === undefined
    ? []
    : [[title, "prefect.goToSource", { path, line }]];
}

/** A link to a command for the folder, if the server knows it. */
function offer(
  title: string,
  command: string,
  { supports }: View,
  { folder }: Status,
): readonly Link[] {
  return supports(command)
    ? [[title, command, { uri: pathToFileURL(folder).href }]]
    : [];
}

/** The situation in words, for people who do not see the icon. */
function speak(
  { status, busy }: View,
  { name, background, spoken }: Situation,
): string {
  const noun = name === status?.handle ? "workspace " : "";
  const profile = status?.profile.name ?? "";
  const facts = [
    `Prefect ${noun}${name.replace(/^Prefect:? ?/, "").replace("/", " slash ")}`,
    ...(profile === "" ? [] : [`profile ${profile}`]),
    ...(spoken ?? (background === undefined ? [] : ["needs action"])),
    ...(status !== undefined && isOffline(status) ? ["offline"] : []),
    ...(busy ? ["checking"] : []),
  ];
  return `${facts.map((fact) => fact.trim()).join(", ")}. Button, switches workspace.`;
}
