import * as vscode from "vscode";
import { commands, type Deps } from "./commands";
import { CurrentStatus } from "./current-status";
import { EffectiveSettings } from "./effective-settings";
import { LanguageStatusItems } from "./language-status-items";
import { offerApiUrl } from "./paste";
import { Pin } from "./pin";
import { RedactedLog } from "./redacted-log";
import { Relevance } from "./relevance";
import { ServerUnavailable, Session } from "./session";
import { StatusBar } from "./status-bar";

/** The session of this window, once there is one. */
let running: Session | undefined;

/** Called by VS Code once in every window. Starts no process: the session does, once something of Prefect is in the window. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new RedactedLog(
    vscode.window.createOutputChannel("Prefect Language Server", { log: true }),
  );
  const pin = new Pin(context);
  const { extensionPath } = context;
  const session = (running = new Session({ extensionPath, log, pin }));
  const current = new CurrentStatus(session);
  const relevance = new Relevance();
  const statusBar = new StatusBar({ session, current, pin, relevance });
  const effectiveSettings = new EffectiveSettings(session, current);
  context.subscriptions.push(
    ...[log, pin, session, current, relevance, statusBar, effectiveSettings],
    new LanguageStatusItems(session, current),
    offerApiUrl(session),
    pin.onDidChange(() => session.settingsChanged()),
  );
  register(context, {
    ...{ log, session, current, pin, statusBar, effectiveSettings },
    extension: context.extension,
    memory: context.globalState,
  });
  session.watch();
}

/** VS Code waits for the server to end. */
export async function deactivate(): Promise<void> {
  await running?.stop();
}

function register(context: vscode.ExtensionContext, deps: Deps): void {
  for (const [id, command] of Object.entries(commands)) {
    const run = command(deps) as (...args: unknown[]) => unknown;
    context.subscriptions.push(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await run(...args);
        } catch (error) {
          report(error);
          return undefined;
        }
      }),
    );
  }
}

/** Shows why a command failed, once. */
function report(error: unknown): void {
  if (error instanceof ServerUnavailable) {
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  // VS Code makes links of "[name](command:...)", and names are anybody's.
  void vscode.window.showErrorMessage(message.replaceAll("](", "] ("));
}
