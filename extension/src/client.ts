import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type {
  ErrorHandler,
  LanguageClient,
  StaticFeature,
} from "vscode-languageclient/node";
import { answerDialogs, browserIsElsewhere } from "./dialogs";
import { withoutReference } from "./document-links";
import { documentSelector } from "./document-selector";
import type { RedactedLog } from "./redacted-log";

/** A server that is told to end is killed after so many milliseconds, which is before the client loses patience. */
const endPatience = 1_500;

/**
 * The client of a server that is started by `command` and asks for the `settings` of the window, or of a folder by its URI. It
 * starts once; when it is disposed of, whatever the server does, no process of it is left.
 */
export async function newClient(
  command: string,
  log: RedactedLog,
  settings: (scope?: string) => object,
): Promise<LanguageClient> {
  // Nearly all of the bundle, and in most windows nothing needs it.
  const library = await import("vscode-languageclient/node");
  /** Tells what goes wrong to nobody but the log: the status says how the server is. */
  class CalmClient extends library.LanguageClient {
    override error(message: string, data?: unknown): void {
      super.error(message, data, false);
    }

    /** The library ends none but a server that runs, and otherwise fails. */
    override async stop(): Promise<void> {
      const patience = setTimeout(kill, endPatience);
      await super.stop().catch(kill);
      await ended;
      clearTimeout(patience);
    }
  }
  let server: ChildProcess | undefined;
  let ended: Promise<unknown> | undefined;
  const kill = () => {
    server?.kill("SIGKILL");
    // A child of the server may still hold it.
    server?.stdout?.destroy();
  };
  const start = async () => {
    server = spawn(command, ["serve"], { cwd: workingFolder() });
    await once(server, "spawn");
    ended = once(server, "exit").then(([code, signal]) => {
      client.error(
        `Server process exited with ${signal === null ? "code" : "signal"} ${String(code ?? signal)}.`,
      );
    });
    return server;
  };
  // The client finds `prefect.trace.server` by the first name.
  const client: LanguageClient = new CalmClient(
    "prefect",
    "Prefect Language Server",
    start,
    {
      documentSelector,
      initializationOptions: () => settings(),
      errorHandler: errorHandler(library, () => client),
      // Else the person would be told.
      initializationFailedHandler: () => false,
      middleware: {
        workspace: {
          // The server asks for all of them at once.
          configuration: ({ items }) =>
            items.map(({ scopeUri }) => settings(scopeUri)),
        },
        provideDocumentLinks: async (document, token, next) =>
          withoutReference(await next(document, token)),
        // Where a grammar gives the colours, nobody's change.
        provideDocumentSemanticTokens: (document, token, next) =>
          document.languageId === "plaintext" ? next(document, token) : null,
      },
      outputChannel: log,
      revealOutputChannelOn: library.RevealOutputChannelOn.Never,
    },
  );
  client.registerFeature(announcements);
  answerDialogs(client);
  return client;
}

/** Where the server starts, as far as that is a folder that exists. */
function workingFolder(): string | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return folder?.scheme === "file" && existsSync(folder.fsPath)
    ? folder.fsPath
    : undefined;
}

/** Leaves a server that ends to whoever started it: the library restarts it before the start that failed is over. */
function errorHandler(
  { CloseAction, ErrorAction }: typeof import("vscode-languageclient/node"),
  client: () => LanguageClient,
): ErrorHandler {
  return {
    error: (_error, _message, count = 0) => ({
      action: count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
    }),
    closed: async () => {
      await client()
        .start()
        .catch(() => undefined);
      return {
        action: CloseAction.DoNotRestart,
        message: "The server has ended.",
      };
    },
  };
}

/** What this client can do beyond LSP. */
const announcements: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = {
      prefectStatus: true,
      prefectDialogs: true,
      prefectRemote: browserIsElsewhere(),
      prefectCommands: [
        "prefect.goToSource",
        "prefect.ignoreRule",
        "prefect.pinProfile",
      ],
    };
    // Our own registration of the server's commands works before the server runs.
    (capabilities.workspace ??= {}).executeCommand = {
      dynamicRegistration: false,
    };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};
