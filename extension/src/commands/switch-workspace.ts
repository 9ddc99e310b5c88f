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
    case "target":
      if (await offer(deps, choice.target, choice.scope)) {
        await deps.memory.update(recentKey, remember(recent, choice.target.id));
      }
  }
};

/** Reports whether the switch was made. Without a scope the person is asked, unless that is settled. */
async function offer(
  deps: Deps,
  target: Target,
  wanted: Scope | undefined,
): Promise<boolean> {
  const scope = wanted ?? (await chooseScope(target));
  return scope !== undefined && switchTo(deps, target, scope);
}

async function switchTo(
  deps: Deps,
  target: Target,
  scope: Scope,
): Promise<boolean> {
  if (scope === "everywhere") {
    const { done } = await execute(deps, commandSwitch, { target: target.id });
    if (done) {
      // Everywhere means here, too.
      await deps.pin.set(undefined);
    }
    return done;
  }
  return pinTo(deps, { target: target.id });
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
