import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { arrange, inputProblem } from "./dialog-contents";
import {
  methodCallback,
  methodCopy,
  methodInput,
  methodPick,
  type CallbackParams,
  type CallbackResult,
  type CopyParams,
  type InputParams,
  type InputResult,
  type PickItem,
  type PickParams,
  type PickResult,
} from "./protocol";

/** After so many milliseconds a person who is waiting is told what may be wrong. */
const patience = 15_000;

/** Has `client` ask the person what the server asks. With the server its questions end: nobody would get the answers. */
export function answerDialogs(client: LanguageClient): void {
  const ended = new vscode.EventEmitter<void>();
  client.onDidChangeState(() => {
    if (!client.isRunning()) {
      ended.fire();
    }
  });
  const closing =
    (token: vscode.CancellationToken): Closing =>
    (close) => {
      token.onCancellationRequested(close);
      ended.event(close);
    };
  client.onRequest(
    methodPick,
    (params: PickParams, token: vscode.CancellationToken) =>
      pick(params, closing(token)),
  );
  client.onRequest(
    methodInput,
    (params: InputParams, token: vscode.CancellationToken) =>
      input(params, closing(token)),
  );
  client.onRequest(methodCallback, callback);
  client.onNotification(methodCopy, ({ text }: CopyParams) => {
    void vscode.env.clipboard.writeText(text);
  });
}

/** Whether the browser of the person runs on another machine than we do. */
export function browserIsElsewhere(): boolean {
  const { remoteName, uiKind } = vscode.env;
  return remoteName !== undefined || uiKind === vscode.UIKind.Web;
}

/** Calls its argument when a question is to close by itself. */
type Closing = (close: () => void) => void;

const openLink: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("link-external"),
  tooltip: "Open in browser",
};

/** Lets the person choose one of the items; null where they choose none. */
async function pick(
  { title, detail, placeholder, items }: PickParams,
  closing: Closing,
): Promise<PickResult | null> {
  if (detail !== undefined) {
    const buttons = items.map(({ id, label }) => ({ id, title: label }));
    const modal = { modal: true, detail };
    return vscode.window
      .showWarningMessage(title, modal, ...buttons)
      .then((button) => button ?? null);
  }
  const list = vscode.window.createQuickPick<
    vscode.QuickPickItem & Partial<PickItem>
  >();
  list.title = title;
  list.placeholder = placeholder;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  list.items = arrange(items).map((entry) =>
    "separator" in entry
      ? { label: entry.separator, kind: vscode.QuickPickItemKind.Separator }
      : {
          ...entry,
          label: entry.icon ? `$(${entry.icon}) ${entry.label}` : entry.label,
          buttons: entry.link === undefined ? [] : [openLink],
        },
  );
  list.onDidTriggerItemButton(({ item: { link = "" } }) =>
    vscode.env.openExternal(vscode.Uri.parse(link)),
  );
  const answer = await ask(list, closing, () => list.selectedItems[0]?.id);
  return answer === undefined ? null : { id: answer };
}

/** Lets the person type a line; null where they think better of it. */
async function input(
  params: InputParams,
  closing: Closing,
): Promise<InputResult | null> {
  const box = vscode.window.createInputBox();
  box.title = params.title;
  box.prompt = params.prompt;
  box.value = params.value ?? "";
  box.password = params.secret === true;
  box.validationMessage = params.problem;
  const problem = () => inputProblem(box.value, params.taken ?? []);
  box.onDidChangeValue(() => {
    box.validationMessage = problem();
  });
  const waiting = setTimeout(() => {
    box.prompt = [params.prompt, params.patience].join(" ").trim();
  }, patience);
  const answer = await ask(box, closing, () => {
    box.validationMessage = problem();
    return box.value === "" || problem() !== undefined ? undefined : box.value;
  });
  clearTimeout(waiting);
  return answer === undefined ? null : { value: answer };
}

/**
 * Shows `question`, which stays when a browser comes before it, until `answer` has one, the person closes it, or the server
 * cancels it or ends.
 */
async function ask<A>(
  question: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  closing: Closing,
  answer: () => A | undefined,
): Promise<A | undefined> {
  question.ignoreFocusOut = true;
  try {
    return await new Promise<A | undefined>((resolve) => {
      question.onDidAccept(() => {
        const given = answer();
        if (given !== undefined) {
          resolve(given);
        }
      });
      question.onDidHide(() => {
        resolve(undefined);
      });
      closing(() => {
        resolve(undefined);
      });
      question.show();
    });
  } finally {
    question.dispose();
  }
}

/** Where a browser of the person, on whatever machine, reaches an address here. */
async function callback({ url }: CallbackParams): Promise<CallbackResult> {
  const external = await vscode.env.asExternalUri(vscode.Uri.parse(url));
  return { url: external.toString(true) };
}
