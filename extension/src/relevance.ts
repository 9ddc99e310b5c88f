import * as vscode from "vscode";
import { tellingFiles, tellsOfPrefect } from "./prefect-files";

/** Whether something of Prefect is in the window: a file of the workspace or an open one tells. Once it is, it stays. */
export class Relevance implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #relevant = false;

  readonly onDidChange = this.#changed.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher(
      `**/{${tellingFiles.join(",")}}`,
      false,
      false,
      true,
    );
    const look = (uri: vscode.Uri) => {
      void this.#look(uri);
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      watcher,
      watcher.onDidCreate(look),
      watcher.onDidChange(look),
      vscode.workspace.onDidOpenTextDocument((document) => {
        this.#consider(document.fileName, document.getText());
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        void this.#search();
      }),
    );
    for (const document of vscode.workspace.textDocuments) {
      this.#consider(document.fileName, document.getText());
    }
    void this.#search();
  }

  get relevant(): boolean {
    return this.#relevant;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  async #search(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    await Promise.all(
      folders.flatMap(({ uri }) =>
        tellingFiles.map((name) => this.#look(vscode.Uri.joinPath(uri, name))),
      ),
    );
  }

  async #look(uri: vscode.Uri): Promise<void> {
    if (this.#relevant) {
      return;
    }
    const bytes = await vscode.workspace.fs
      .readFile(uri)
      .then(undefined, () => undefined);
    if (bytes !== undefined) {
      this.#consider(uri.path, new TextDecoder().decode(bytes));
    }
  }

  #consider(file: string, text: string): void {
    if (!this.#relevant && tellsOfPrefect(file, text)) {
      this.#relevant = true;
      this.#changed.fire();
      // Nothing more can be found out.
      this.dispose();
    }
  }
}
