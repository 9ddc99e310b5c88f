import type { Status } from "./protocol";
import { describeError, describeSource } from "./source";
import type { ServerState } from "./status-item";
import { nameTarget } from "./target";

/** What stands in the menu of the language, for documents that are ours. */
export interface LanguageStatus {
  readonly text: string;
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly busy: boolean;
  readonly command:
    | {
        readonly title: string;
        readonly command: string;
        readonly arguments?: unknown[];
      }
    | undefined;
}

/** How the language server is. `prefect` is the release that the files are read for. */
export function describeServer(
  state: ServerState,
  prefect: string | undefined,
): LanguageStatus {
  if (state === "stopped") {
    return {
      text: "Prefect Language Server: stopped",
      detail: "",
      severity: "warning",
      busy: false,
      command: { title: "Restart", command: "prefect.restartServer" },
    };
  }
  const running = state === "running";
  return {
    text: running
      ? "Prefect Language Server: running"
      : "Prefect Language Server: starting",
    detail:
      running && prefect !== undefined ? `settings for Prefect ${prefect}` : "",
    severity: "information",
    busy: !running,
    command: { title: "Show log", command: "prefect.showServerLog" },
  };
}

/** Where code of the document's folder runs, and why. */
export function describeEffectiveTarget(status: Status): LanguageStatus {
  const { folder, profile, source, problem } = status;
  const [error] = status.errors;
  const deciding = error?.source ?? problem?.source ?? source;
  const why = [
    `from ${describeSource(source, folder)}`,
    ...(profile.name === "" ? [] : [`profile ${profile.name}`]),
  ];
  return {
    text: error ? "Prefect does not start" : `Runs on ${nameTarget(status)}`,
    detail: error ? describeError(error) : (problem?.title ?? why.join(" · ")),
    severity: error ? "error" : problem ? "warning" : "information",
    busy: false,
    command:
      deciding.path === undefined
        ? undefined
        : {
            title: "Show",
            command: "prefect.goToSource",
            arguments: [{ path: deciding.path, line: deciding.line }],
          },
  };
}
