import * as vscode from "vscode";
import type { CurrentStatus } from "./current-status";
import {
  methodSettings,
  methodStatus,
  type SettingStatus,
  type Status,
  type StatusParams,
} from "./protocol";
import type { Session } from "./session";
import { settingsText } from "./settings-text";

const scheme = "prefect-settings";

/** A read-only document with the settings in effect. Its query is the URI of the file or folder that it tells of. */
export class EffectiveSettings
  implements vscode.TextDocumentContentProvider, vscode.Disposable
{
  readonly #session: Session;
  readonly #current: CurrentStatus;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(session: Session, current: CurrentStatus) {
    this.#session = session;
    this.#current = current;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      session.onDidReceiveStatus(() => {
        vscode.workspace.textDocuments
          .filter(({ uri }) => uri.scheme === scheme)
          .forEach(({ uri }) => {
            this.#changed.fire(uri);
          });
      }),
    );
  }

  /** An error becomes the text: VS Code would show one of its own, with the URI. The next status renews it. */
  provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    return this.#text({ uri: query }).catch(
      (error: unknown) => `# ${(error as Error).message}\n`,
    );
  }

  async #text(params: StatusParams): Promise<string> {
    const [status, settings] = await Promise.all([
      this.#session.request<Status | null>(methodStatus, params),
      this.#session.request<SettingStatus[]>(methodSettings, params),
    ]);
    return status === null
      ? "# Open a folder or a file to see the settings that are in effect there.\n"
      : settingsText(status, settings);
  }

  /** Shows the settings in effect in the folder that the person works in. */
  async show(): Promise<void> {
    const uri = vscode.Uri.from({
      scheme,
      path: "/Effective Settings",
      query: this.#current.uri ?? "",
    });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, "properties");
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
