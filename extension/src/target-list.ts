import * as vscode from "vscode";
import type { Deps } from "./commands";
import {
  methodTargets,
  type CommandParams,
  type Target,
  type Targets,
} from "./protocol";
import { partOfId, rows, type Row } from "./targets";

/** How far a switch reaches. */
export type Scope = "everywhere" | "window";

/** What a person chose in the list. */
export type Choice =
  | {
      readonly kind: "target";
      readonly target: Target;
      /** Undefined where the person did not say. */
      readonly scope?: Scope;
    }
  | { readonly kind: "login"; readonly params?: CommandParams }
  | { readonly kind: "profiles" };

interface Item extends vscode.QuickPickItem {
  readonly row: Row;
}

const refresh = button("refresh", "Refresh");
const logIn = button("account", "Log in to another account");
const openProfiles = button("go-to-file", "Open profiles.toml");
const openPage = button("link-external", "Open in browser");
const pinHere = button("pin", "Use in this window only");
const copyUrl = button("copy", "Copy API URL");

/**
 * Lets the person choose where code runs. What is known is shown at once, and replaced by what the servers say as soon as they
 * do. `recent` are the ids of the targets chosen last. Undefined where the person thinks better of it.
 */
export function chooseTarget(
  deps: Deps,
  recent: readonly string[],
): Promise<Choice | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = "Switch workspace";
  list.placeholder = "Where should flows run?";
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.keepScrollPosition = true;
  list.buttons = [refresh, logIn, openProfiles];

  let targets: Targets = { targets: [], failures: [] };
  let id = "";
  const show = () => {
    const [active] = list.activeItems;
    list.items = rows(targets, recent, id).map(item);
    const next = list.items.find(({ label, detail }) =>
      id === "" ? label === active?.label : detail?.includes(id),
    );
    if (next !== undefined) {
      list.activeItems = [next];
    }
  };
  list.onDidChangeValue((value) => {
    if (id !== partOfId(value)) {
      id = partOfId(value);
      show();
    }
  });

  const closing = new vscode.CancellationTokenSource();
  const fill = async (fresh: boolean) => {
    list.busy = true;
    targets = await deps.session.request<Targets>(
      methodTargets,
      { uri: deps.current.uri, refresh: fresh },
      closing.token,
    );
    show();
    list.busy = false;
  };

  return new Promise<Choice | undefined>((resolve, reject) => {
    list.onDidAccept(() => {
      const [selected] = list.selectedItems;
      const choice = selected && choiceOf(selected.row);
      if (choice !== undefined) {
        resolve(choice);
      }
    });
    list.onDidHide(() => {
      resolve(undefined);
    });
    list.onDidTriggerButton((button) => {
      if (button === refresh) {
        fill(true).catch(reject);
      } else {
        resolve({ kind: button === logIn ? "login" : "profiles" });
      }
    });
    list.onDidTriggerItemButton(({ button, item: { row } }) => {
      if (row.kind !== "target") {
        return;
      }
      const { target } = row;
      if (button === pinHere) {
        resolve({ kind: "target", target, scope: "window" });
      } else if (button === copyUrl) {
        void vscode.env.clipboard.writeText(target.apiUrl);
      } else {
        void vscode.env.openExternal(vscode.Uri.parse(target.uiUrl));
      }
    });
    list.show();
    fill(false)
      .then(() => fill(true))
      .catch(reject);
  }).finally(() => {
    closing.cancel();
    closing.dispose();
    list.dispose();
  });
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

function item(row: Row): Item {
  switch (row.kind) {
    case "separator":
      return {
        row,
        label: row.label,
        kind: vscode.QuickPickItemKind.Separator,
      };
    case "target":
      return {
        row,
        label: row.label,
        description: row.description,
        detail: row.detail,
        buttons: [
          ...(row.target.uiUrl === "" ? [] : [openPage]),
          ...(vscode.workspace.isTrusted ? [pinHere] : []),
          ...(row.target.apiUrl === "" ? [] : [copyUrl]),
        ],
      };
    case "failure":
      // Also while something is looked for: it may be among what could not be listed.
      return {
        row,
        label: row.label,
        description: row.description,
        detail: row.detail,
        alwaysShow: true,
      };
    case "login":
      return { row, label: row.label, alwaysShow: true };
  }
}

function choiceOf(row: Row): Choice | undefined {
  switch (row.kind) {
    case "separator":
      return undefined;
    case "target":
      return { kind: "target", target: row.target };
    case "failure": {
      const { login, profile } = row.failure;
      return login ? { kind: "login", params: { profile } } : undefined;
    }
    case "login":
      return { kind: "login" };
  }
}
