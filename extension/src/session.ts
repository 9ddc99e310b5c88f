import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { coalesce } from "./coalesce";
import { documentSelector } from "./document-selector";
import type { RedactedLog } from "./redacted-log";
import { serverPath } from "./server-path";
import { serverSettings, type Settings } from "./server-settings";

/** The one server of this window and its client. At most one server runs, and none before a file needs it. */
export class Session implements vscode.Disposable {
  readonly #extensionPath: string;
  readonly #log: RedactedLog;
  readonly #subscriptions: vscode.Disposable[] = [];
  #client: LanguageClient | undefined;
  #started = false;

  constructor(extensionPath: string, log: RedactedLog) {
    this.#extensionPath = extensionPath;
    this.#log = log;
  }

  /**
   * From now on starts the server when the first file that is ours opens, starts it again when another one is to be used, and
   * tells it when its settings change.
   */
  watch(): void {
    this.#subscriptions.push(
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#startFor(document);
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("prefect.server.path")) {
          this.#useOtherServer();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#useOtherServer();
      }),
      vscode.extensions.onDidChange(() => {
        void this.#settingsChanged();
      }),
    );
    vscode.workspace.textDocuments.forEach((document) => {
      this.#startFor(document);
    });
  }

  /** Ends the server, if one runs, and starts one. */
  readonly restart = coalesce(async () => {
    this.#started = true;
    await this.#end();
    const command = this.#serverPath();
    if (!existsSync(command)) {
      this.#reportMissing(command);
      return;
    }
    this.#log.appendLine(`Starting ${command}`);
    this.#client = await this.#newClient(command);
    // The client has told the person what went wrong.
    await this.#client.start().catch(() => undefined);
  });

  /** Ends the server for good. */
  async stop(): Promise<void> {
    this.dispose();
    await this.#end();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions.splice(0)).dispose();
  }

  #startFor(document: vscode.TextDocument): void {
    if (
      !this.#started &&
      vscode.languages.match(documentSelector, document) > 0
    ) {
      void this.restart();
    }
  }

  #useOtherServer(): void {
    if (this.#started) {
      void this.restart();
    }
  }

  /** Has the server ask for its settings. */
  async #settingsChanged(): Promise<void> {
    if (this.#client?.isRunning() === true) {
      await this.#client.sendNotification("workspace/didChangeConfiguration", {
        settings: null,
      });
    }
  }

  async #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // A client whose server died, or never lived, has nothing to end and says so by failing.
    await client?.dispose().catch(() => undefined);
  }

  #serverPath(): string {
    return serverPath({
      setting: vscode.workspace
        .getConfiguration("prefect")
        .get("server.path", ""),
      trusted: vscode.workspace.isTrusted,
      extensionPath: this.#extensionPath,
      platform: process.platform,
    });
  }

  async #newClient(command: string): Promise<LanguageClient> {
    // Nearly all of the bundle, and in most windows no file needs it.
    const { LanguageClient, RevealOutputChannelOn } =
      await import("vscode-languageclient/node");
    // The client finds `prefect.trace.server` by the first name.
    return new LanguageClient(
      "prefect",
      "Prefect Language Server",
      { command, args: ["serve"] },
      {
        documentSelector,
        initializationOptions: currentSettings,
        middleware: {
          workspace: {
            // The server asks for all of them at once.
            configuration: ({ items }) => items.map(currentSettings),
          },
        },
        outputChannel: this.#log,
        revealOutputChannelOn: RevealOutputChannelOn.Never,
      },
    );
  }

  #reportMissing(command: string): void {
    const openSettings = "Open Settings";
    void vscode.window
      .showErrorMessage(
        `The Prefect language server is not at ${command}.`,
        openSettings,
      )
      .then((choice) => {
        if (choice === openSettings) {
          void vscode.commands.executeCommand(
            "workbench.action.openSettings",
            "prefect.server.path",
          );
        }
      });
  }
}

/** The settings, as the server is told them. */
function currentSettings(): Settings {
  const settings = vscode.workspace
    .getConfiguration()
    .get<Settings>("prefect", { diagnostics: { syntax: "auto" } });
  return serverSettings(
    settings,
    (extension) => vscode.extensions.getExtension(extension) !== undefined,
  );
}
