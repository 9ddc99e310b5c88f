import type { ExtensionContext, Memento } from "vscode";
import type { CurrentStatus } from "../current-status";
import type { EffectiveSettings } from "../effective-settings";
import type { Pin } from "../pin";
import type { RedactedLog } from "../redacted-log";
import type { Session } from "../session";
import type { StatusBar } from "../status-bar";
import { copyReport } from "./copy-report";
import { goToSource } from "./go-to-source";
import { ignoreRule } from "./ignore-rule";
import { openProfiles } from "./open-profiles";
import { pinProfile } from "./pin-profile";
import { restartServer } from "./restart-server";
import { serverCommand, serverCommands } from "./server-command";
import { showServerLog } from "./show-server-log";
import { showSettings } from "./show-settings";
import { switchWorkspace } from "./switch-workspace";
import { unpinProfile } from "./unpin-profile";
import { useProfile } from "./use-profile";

/** What commands act on. */
export interface Deps {
  readonly extension: ExtensionContext["extension"];
  readonly log: Pick<RedactedLog, "show">;
  readonly session: Session;
  readonly current: CurrentStatus;
  readonly pin: Pin;
  readonly statusBar: Pick<StatusBar, "during">;
  readonly effectiveSettings: EffectiveSettings;
  /** What is kept for all windows. */
  readonly memory: Memento;
}

/** Makes the handler of a command. */
export type Command = (deps: Deps) => (...args: never[]) => unknown;

/** Every command of the extension, by its id. Those of the server may ask something here first. */
export const commands: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(serverCommands.map((id) => [id, serverCommand(id)])),
  "prefect.copyReport": copyReport,
  "prefect.goToSource": goToSource,
  "prefect.ignoreRule": ignoreRule,
  "prefect.openProfiles": openProfiles,
  "prefect.pinProfile": pinProfile,
  "prefect.restartServer": restartServer,
  "prefect.showServerLog": showServerLog,
  "prefect.showSettings": showSettings,
  "prefect.switchWorkspace": switchWorkspace,
  "prefect.unpinProfile": unpinProfile,
  "prefect.useProfile": useProfile,
};
