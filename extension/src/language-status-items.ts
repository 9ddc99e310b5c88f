import * as vscode from "vscode";
import type { CurrentStatus } from "./current-status";
import { documentSelector } from "./document-selector";
import {
  describeEffectiveTarget,
  describeServer,
  type LanguageStatus,
} from "./language-status";
import type { Session } from "./session";

/** The two items in the menu of the language: how the server is, and where code of the open file's folder runs. */
export class LanguageStatusItems implements vscode.Disposable {
  readonly #server = vscode.languages.createLanguageStatusItem(
    "prefect.server",
    documentSelector,
  );
  readonly #target = vscode.languages.createLanguageStatusItem(
    "prefect.target",
    documentSelector,
  );
  readonly #subscriptions: vscode.Disposable;

  constructor(session: Session, current: CurrentStatus) {
    const renew = () => {
      const { status } = current;
      show(this.#server, describeServer(session.state, status?.prefect));
      if (status !== undefined) {
        show(this.#target, describeEffectiveTarget(status));
      }
    };
    this.#server.name = "Prefect Language Server";
    this.#target.name = "Prefect Effective Target";
    this.#subscriptions = vscode.Disposable.from(
      this.#server,
      this.#target,
      session.onDidChangeState(renew),
      current.onDidChange(renew),
    );
    renew();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

const severities = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

function show(item: vscode.LanguageStatusItem, shown: LanguageStatus): void {
  item.text = shown.text;
  item.detail = shown.detail;
  item.severity = severities[shown.severity];
  item.busy = shown.busy;
  item.command = shown.command;
}
