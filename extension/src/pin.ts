import * as vscode from "vscode";
import { debugTypes, withVariables } from "./debug-environment";

/** The variable by which Prefect is told a profile. */
const variable = "PREFECT_PROFILE";

/** Under which the profile is kept for the next time that the folder is opened. */
const stateKey = "prefect.pinnedProfile";

/**
 * The profile that this window is pinned to, for new terminals and debug sessions. Only its name is ever set, and nothing while
 * the workspace is not trusted.
 */
export class Pin implements vscode.Disposable {
  readonly #environment: vscode.GlobalEnvironmentVariableCollection;
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<string | undefined>();
  readonly #subscriptions: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor({
    environmentVariableCollection,
    workspaceState,
  }: Pick<
    vscode.ExtensionContext,
    "environmentVariableCollection" | "workspaceState"
  >) {
    this.#environment = environmentVariableCollection;
    this.#state = workspaceState;
    this.#environment.description =
      "The Prefect profile that this window is pinned to.";
    this.#apply();
    const provider = {
      resolveDebugConfiguration: (
        _folder: unknown,
        configuration: vscode.DebugConfiguration,
      ) =>
        this.profile === undefined
          ? configuration
          : withVariables(configuration, { [variable]: this.profile }),
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        this.#apply();
      }),
      ...debugTypes.map((type) =>
        vscode.debug.registerDebugConfigurationProvider(type, provider),
      ),
    );
  }

  get profile(): string | undefined {
    return vscode.workspace.isTrusted
      ? this.#state.get<string>(stateKey)
      : undefined;
  }

  /** Pins the window to `profile`, or unpins it. */
  async set(profile: string | undefined): Promise<void> {
    if (profile !== this.profile) {
      await this.#state.update(stateKey, profile);
      this.#apply();
      this.#changed.fire(profile);
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #apply(): void {
    const { profile } = this;
    if (profile === undefined) {
      this.#environment.delete(variable);
    } else {
      // At both times: what the files of the shell set would win otherwise.
      this.#environment.replace(variable, profile, {
        applyAtProcessCreation: true,
        applyAtShellIntegration: true,
      });
    }
    void vscode.commands.executeCommand(
      "setContext",
      "prefect.pinned",
      profile !== undefined,
    );
  }
}
