import * as vscode from "vscode";
import { methodStatus, type Status, type StatusParams } from "./protocol";
import type { Session } from "./session";

/** The status of the folder that the person works in: that of the active editor, or else of the one before. */
export class CurrentStatus implements vscode.Disposable {
  readonly #session: Session;
  readonly #changed = new vscode.EventEmitter<Status | undefined>();
  readonly #subscriptions: vscode.Disposable;
  #uri: vscode.Uri | undefined;
  #status: Status | undefined;
  #asked = 0;

  readonly onDidChange = this.#changed.event;

  constructor(session: Session) {
    this.#session = session;
    this.#uri = place(vscode.window.activeTextEditor);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      session.onDidReceiveStatus((status) => {
        if (status.folder === this.#status?.folder) {
          this.#set(status);
        }
      }),
      session.onDidChangeState(() => {
        void this.#ask();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        void this.#ask();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.#uri = place(editor) ?? this.#uri;
        void this.#ask();
      }),
    );
  }

  get status(): Status | undefined {
    return this.#status;
  }

  /** The URI by which the server knows the folder, if one is open. */
  get uri(): string | undefined {
    return (
      this.#uri ?? vscode.workspace.workspaceFolders?.[0]?.uri
    )?.toString();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** Asks a server that runs; a later question makes an earlier one's answer void. */
  async #ask(): Promise<void> {
    const { uri } = this;
    const asked = ++this.#asked;
    if (uri === undefined) {
      return;
    }
    const params: StatusParams = { uri };
    const status = await this.#session.query<Status>(methodStatus, params);
    if (asked === this.#asked && status !== null) {
      this.#set(status);
    }
  }

  #set(status: Status): void {
    this.#status = status;
    this.#changed.fire(status);
    for (const [key, holds] of Object.entries({
      "prefect.hasProfiles": status.profile.path !== undefined,
      "prefect.hasPage": status.uiUrl !== "",
    })) {
      void vscode.commands.executeCommand("setContext", key, holds);
    }
  }
}

/** Where the file in an editor lies; undefined for what is no file. */
function place(editor: vscode.TextEditor | undefined): vscode.Uri | undefined {
  const uri = editor?.document.uri;
  return uri?.scheme === "file" ? uri : undefined;
}
