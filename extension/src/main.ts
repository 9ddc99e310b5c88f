import * as vscode from "vscode";
import { commands } from "./commands";
import { RedactedLog } from "./redacted-log";
import { Session } from "./session";

let session: Session | undefined;

/** Called by VS Code once in every window. Starts no process: the session does, once a file is ours. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new RedactedLog(
    vscode.window.createOutputChannel("Prefect Language Server", { log: true }),
  );
  session = new Session(context.extensionPath, log);
  context.subscriptions.push(log, session);
  for (const [id, command] of Object.entries(commands)) {
    const run = command({ log, session });
    context.subscriptions.push(vscode.commands.registerCommand(id, run));
  }
  session.watch();
}

/** VS Code waits for the server to end. */
export async function deactivate(): Promise<void> {
  await session?.stop();
}
