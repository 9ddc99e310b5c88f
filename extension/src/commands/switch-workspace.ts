import * as vscode from "vscode";
import { commandLogin, commandSwitch, type Target } from "../protocol";
import { chooseTarget, type Scope } from "../target-list";
import { remember } from "../targets";
import type { Command, Deps } from ".";
import { openProfiles } from "./open-profiles";
import { pinTo } from "./pin-profile";
import { execute } from "./server-command";

/** Under which the ids of the targets chosen last are kept. */
const recentKey = "prefect.recentTargets";

/** Lets the person choose where code runs. */
export const switchWorkspace: Command = (deps) => async () => {
  const recent = deps.memory.get<string[]>(recentKey, []);
  const choice = await chooseTarget(deps, recent);
  switch (choice?.kind) {
    case "login":
      await execute(deps, commandLogin, choice.params);
      return;
    case "profiles":
      await openProfiles(deps)();
      return;
    case "target": {
      const { id } = choice.target;
      const scope = choice.scope ?? (await chooseScope(choice.target));
      if (scope !== undefined && (await switchTo(deps, id, scope))) {
        await deps.memory.update(recentKey, remember(recent, id));
      }
    }
  }
};

/** Switches to the target with an id. Reports whether that was done. */
async function switchTo(
  deps: Deps,
  target: string,
  scope: Scope,
): Promise<boolean> {
  if (scope === "window") {
    return pinTo(deps, { target });
  }
  const { done } = await execute(deps, commandSwitch, { target });
  if (done) {
    // Everywhere means here, too.
    await deps.pin.set(undefined);
  }
  return done;
}

/** The scope that was settled, or that the person chooses now, once for all. */
async function chooseScope(target: Target): Promise<Scope | undefined> {
  if (!vscode.workspace.isTrusted) {
    return "everywhere";
  }
  const settled = configuration().get<Scope | "ask">("switch.scope", "ask");
  if (settled !== "ask") {
    return settled;
  }
  const row = await vscode.window.showQuickPick(scopes, {
    title: `Switch to ${target.label}`,
    placeHolder: "Asked once, then kept as the setting prefect.switch.scope",
    ignoreFocusOut: true,
  });
  if (row !== undefined) {
    await configuration().update(
      "switch.scope",
      row.scope,
      vscode.ConfigurationTarget.Global,
    );
  }
  return row?.scope;
}

const scopes = [
  {
    label: "$(globe) Everywhere",
    detail:
      "Changes 'active' in profiles.toml, for every terminal and every window",
    scope: "everywhere",
  },
  {
    label: "$(pin) This window",
    detail: "Sets PREFECT_PROFILE for new terminals and debug sessions here",
    scope: "window",
  },
] as const;

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("prefect");
}
