import * as vscode from "vscode";
import type { CurrentStatus } from "./current-status";
import type { Pin } from "./pin";
import { commandLogin, commandVerify } from "./protocol";
import type { Session } from "./session";
import { linkedCommands, render } from "./status-item";

/** After so many milliseconds work is shown to go on. */
const busyAfter = 500;

/** How often what is said of time is renewed, in milliseconds. */
const renewal = 60_000;

/** The commands that would refuse where no server may be asked; the palette leaves them out there, too. */
const asking = [commandLogin, commandVerify];

/** `prefect.statusBar.visibility` */
type Visibility = "auto" | "always" | "never";

/** What the status item follows. */
export interface Followed {
  readonly session: Session;
  readonly current: CurrentStatus;
  readonly pin: Pin;
  /** Whether something of Prefect is in the window. */
  readonly relevance: {
    readonly relevant: boolean;
    readonly onDidChange: vscode.Event<void>;
  };
}

/** The one item in the status bar: where code runs that is started in the folder that the person works in. */
export class StatusBar implements vscode.Disposable {
  readonly #followed: Followed;
  readonly #item = vscode.window.createStatusBarItem(
    "prefect.workspace",
    vscode.StatusBarAlignment.Left,
    -100,
  );
  readonly #subscriptions: vscode.Disposable;
  readonly #renewal: NodeJS.Timeout;
  #busy = 0;

  constructor(followed: Followed) {
    this.#followed = followed;
    this.#item.name = "Prefect Workspace";
    this.#item.command = "prefect.switchWorkspace";
    const renew = () => {
      this.#renew();
    };
    const { session, current, pin, relevance } = followed;
    this.#subscriptions = vscode.Disposable.from(
      this.#item,
      session.onDidChangeState(renew),
      current.onDidChange(renew),
      pin.onDidChange(renew),
      relevance.onDidChange(renew),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("prefect")) {
          renew();
        }
      }),
    );
    this.#renewal = setInterval(renew, renewal);
    renew();
  }

  /** Shows that `work` goes on, once it has for a while. */
  async during<R>(work: Promise<R>): Promise<R> {
    const patience = setTimeout(() => {
      this.#busy++;
      this.#renew();
      void work.then(done, done);
    }, busyAfter);
    const done = () => {
      this.#busy--;
      this.#renew();
    };
    try {
      return await work;
    } finally {
      clearTimeout(patience);
    }
  }

  dispose(): void {
    clearInterval(this.#renewal);
    this.#subscriptions.dispose();
  }

  #renew(): void {
    const { session, current, pin, relevance } = this.#followed;
    const settings = vscode.workspace.getConfiguration("prefect");
    const visibility = settings.get<Visibility>("statusBar.visibility", "auto");
    if (
      visibility === "never" ||
      (visibility === "auto" && !relevance.relevant)
    ) {
      this.#item.hide();
      return;
    }
    if (session.state === "idle") {
      void session.start();
    }
    const online =
      vscode.workspace.isTrusted && settings.get("network.enabled", true);
    const shown = render({
      server: session.state,
      status: current.status,
      busy: this.#busy > 0,
      pinned: pin.profile,
      highlightProtected: settings.get("statusBar.highlightProtected", false),
      supports: (command) =>
        session.supports(command) && (online || !asking.includes(command)),
      now: new Date(),
    });
    this.#item.text = shown.text;
    this.#item.backgroundColor =
      shown.background &&
      new vscode.ThemeColor(`statusBarItem.${shown.background}Background`);
    const tooltip = new vscode.MarkdownString(shown.tooltip);
    tooltip.isTrusted = { enabledCommands: linkedCommands };
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = {
      label: shown.label,
      role: "button",
    };
    this.#item.show();
  }
}
