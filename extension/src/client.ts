import type {
  CloseAction,
  ErrorHandler,
  LanguageClient,
  StaticFeature,
} from "vscode-languageclient/node";
import { answerDialogs, browserIsElsewhere } from "./dialogs";
import { withoutReference } from "./document-links";
import { documentSelector } from "./document-selector";
import type { RedactedLog } from "./redacted-log";

/** A server that ends unasked is started again, but not more often than so many times in so many milliseconds. */
const restarts = { most: 4, within: 180_000 } as const;

/** The client of a server that is started by `command` and asks for the `settings` of the window, or of a folder by its URI. */
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
  }
  // The client finds `prefect.trace.server` by the first name.
  const client = new CalmClient(
    "prefect",
    "Prefect Language Server",
    { command, args: ["serve"] },
    {
      documentSelector,
      initializationOptions: () => settings(),
      errorHandler: errorHandler(library),
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

/** Restarts a server that ends unasked. */
function errorHandler({
  CloseAction,
  ErrorAction,
}: typeof import("vscode-languageclient/node")): ErrorHandler {
  let ends: number[] = [];
  const close = (): CloseAction => {
    const now = Date.now();
    ends = [...ends.filter((at) => now - at < restarts.within), now];
    return ends.length <= restarts.most
      ? CloseAction.Restart
      : CloseAction.DoNotRestart;
  };
  return {
    error: (_error, _message, count = 0) => ({
      action: count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown,
    }),
    closed: () => ({ action: close() }),
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
