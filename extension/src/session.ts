import { existsSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { newClient } from "./client";
import { coalesce } from "./coalesce";
import { currentSettings, settingsOfOthers } from "./current-settings";
import { documentSelector } from "./document-selector";
import { methodStatus, type Status } from "./protocol";
import type { RedactedLog } from "./redacted-log";
import { serverPath } from "./server-path";
import type { ServerState } from "./status-item";

/** A server that ends unasked is started again, but not more often than so many times in so many milliseconds. */
const restarts = { most: 4, within: 180_000 } as const;

/** A server that has not answered within so many milliseconds after its start never will. */
const startPatience = 30_000;

/** What a session needs to know of its window. */
export interface Window {
  readonly extensionPath: string;
  readonly log: RedactedLog;
  /** The profile that the window is pinned to. */
  readonly pin: { readonly profile: string | undefined };
}

/** There is no server to ask, and the person has been told. */
export class ServerUnavailable extends Error {
  override readonly message = "The Prefect language server did not answer.";
}

/** What vscode-languageclient answers in place of a server that has ended. */
const pendingResponseRejected = -32097;

/** The one server of this window and its client. At most one server runs, and none before something needs it. */
export class Session implements vscode.Disposable {
  readonly #window: Window;
  readonly #stateChanged = new vscode.EventEmitter<ServerState>();
  readonly #statusReceived = new vscode.EventEmitter<Status>();
  readonly #subscriptions: { dispose(): unknown }[] = [
    this.#stateChanged,
    this.#statusReceived,
  ];
  #client: LanguageClient | undefined;
  #started: Promise<void> | undefined;
  #ended = Promise.resolve();
  #ends: number[] = [];
  #state: ServerState = "idle";

  readonly onDidChangeState = this.#stateChanged.event;
  /** The server told of a folder. */
  readonly onDidReceiveStatus = this.#statusReceived.event;

  constructor(window: Window) {
    this.#window = window;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The version of the server, once it runs. */
  get version(): string | undefined {
    return this.#client?.initializeResult?.serverInfo?.version;
  }

  /** Whether the server knows the command with this id. */
  supports(command: string): boolean {
    const { executeCommandProvider } =
      this.#client?.initializeResult?.capabilities ?? {};
    return executeCommandProvider?.commands.includes(command) === true;
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
        // Of ours the client tells by itself.
        if (
          settingsOfOthers.some((name) => change.affectsConfiguration(name))
        ) {
          void this.settingsChanged();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#useOtherServer();
      }),
      vscode.extensions.onDidChange(() => {
        void this.settingsChanged();
      }),
    );
    vscode.workspace.textDocuments.forEach((document) => {
      this.#startFor(document);
    });
  }

  /** Starts the server unless that was done. */
  start(): Promise<void> {
    return this.#started ?? this.restart();
  }

  /** Ends the server, if one runs, and starts one. */
  restart(): Promise<void> {
    // One that still starts might do so for long.
    void this.#end();
    return (this.#started = this.#restart());
  }

  /** Ends the server for good. */
  async stop(): Promise<void> {
    this.dispose();
    await this.#end();
  }

  /** Has the server, which is started if need be, answer a request of the person. */
  async request<R>(
    method: string,
    params: unknown,
    token?: vscode.CancellationToken,
  ): Promise<R> {
    await this.start();
    const client = this.#client;
    if (client?.isRunning() !== true) {
      this.#reportStopped("The Prefect language server has stopped.");
      throw new ServerUnavailable();
    }
    try {
      return await send<R>(client, method, params, token);
    } catch (error) {
      if ((error as { code?: unknown }).code !== pendingResponseRejected) {
        throw error;
      }
      // A person who restarts it knows.
      if (client === this.#client) {
        this.#reportStopped(
          "The Prefect language server ended before it answered. Try again.",
        );
      }
      throw new ServerUnavailable();
    }
  }

  /** Has the server answer a request that nobody waits for. The answer is null while it does not run, or where it fails. */
  async query<R>(
    method: string,
    params: unknown,
    token?: vscode.CancellationToken,
  ): Promise<R | null> {
    if (this.#client?.isRunning() !== true) {
      return null;
    }
    return send<R | null>(this.#client, method, params, token).catch(
      () => null,
    );
  }

  /** Has the server ask for its settings. */
  async settingsChanged(): Promise<void> {
    if (this.#client?.isRunning() === true) {
      await this.#client.sendNotification("workspace/didChangeConfiguration", {
        settings: null,
      });
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions.splice(0)).dispose();
  }

  readonly #restart = coalesce(async () => {
    await this.#end();
    const command = this.#serverPath();
    if (!existsSync(command)) {
      this.#enter("stopped");
      // So that the next command looks again.
      this.#started = undefined;
      reportMissing(command);
      return;
    }
    const { log, pin } = this.#window;
    log.appendLine(`Starting ${command}`);
    this.#enter("starting");
    const client = await newClient(command, log, (scope) =>
      currentSettings(pin.profile, scope),
    );
    this.#client = client;
    client.onNotification(methodStatus, (status: Status) => {
      this.#statusReceived.fire(status);
    });
    client.onDidChangeState(({ newState }) => {
      if (client === this.#client) {
        this.#follow(stateNames[newState]);
      }
    });
    const patience = setTimeout(() => {
      client.error("The server does not answer.");
      this.#enter("stopped");
      void this.#end();
    }, startPatience);
    // The log tells what went wrong, and the status that something did.
    await client.start().catch(() => undefined);
    clearTimeout(patience);
  });

  #startFor(document: vscode.TextDocument): void {
    if (
      this.#state === "idle" &&
      vscode.languages.match(documentSelector, document) > 0
    ) {
      void this.start();
    }
  }

  #useOtherServer(): void {
    if (this.#state !== "idle") {
      void this.restart();
    }
  }

  /** Ends the server, and is done when no process of any is left. */
  #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    return (this.#ended = this.#ended
      .then(() => client?.dispose())
      // One that cannot be ended must not hold up the next.
      .catch(() => undefined));
  }

  /** Enters the state that the client is in by itself; a server that has ended is started again. */
  #follow(state: ServerState): void {
    const now = Date.now();
    if (state === "stopped") {
      const recent = this.#ends.filter((at) => now - at < restarts.within);
      this.#ends = [...recent, now];
      if (recent.length < restarts.most) {
        void this.restart();
        return;
      }
    }
    this.#enter(state);
  }

  #enter(state: ServerState): void {
    if (this.#state !== state) {
      this.#state = state;
      this.#stateChanged.fire(state);
    }
  }

  #serverPath(): string {
    return serverPath({
      setting: vscode.workspace
        .getConfiguration("prefect")
        .get("server.path", ""),
      trusted: vscode.workspace.isTrusted,
      extensionPath: this.#window.extensionPath,
      platform: process.platform,
      searched: (process.env["PATH"] ?? "").split(path.delimiter),
      exists: existsSync,
    });
  }

  #reportStopped(message: string): void {
    if (this.#started === undefined) {
      // It is missing, which has been told.
      return;
    }
    const restart = "Restart";
    const showLog = "Show log";
    void vscode.window
      .showErrorMessage(message, restart, showLog)
      .then((choice) => {
        if (choice === restart) {
          void this.restart();
        } else if (choice === showLog) {
          this.#window.log.show();
        }
      });
  }
}

/** The client would count a token that is undefined among the parameters. */
function send<R>(
  client: LanguageClient,
  method: string,
  params: unknown,
  token = new vscode.CancellationTokenSource().token,
): Promise<R> {
  return client.sendRequest<R>(method, params, token);
}

/** What vscode-languageclient calls 1, 2 and 3. */
const stateNames = {
  1: "stopped",
  2: "running",
  3: "starting",
} as const satisfies Record<number, ServerState>;

function reportMissing(command: string): void {
  const openSettings = "Open settings";
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
