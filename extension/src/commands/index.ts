import type { RedactedLog } from "../redacted-log";
import type { Session } from "../session";
import { restartServer } from "./restart-server";
import { showServerLog } from "./show-server-log";

/** What commands act on. */
export interface Deps {
  readonly log: Pick<RedactedLog, "show">;
  readonly session: Pick<Session, "restart">;
}

/** Makes the handler of a command. */
export type Command = (deps: Deps) => () => unknown;

/** Every command of the manifest, and no other. */
export const commands: Readonly<Record<string, Command>> = {
  "prefect.restartServer": restartServer,
  "prefect.showServerLog": showServerLog,
};
