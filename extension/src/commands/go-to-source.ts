import * as vscode from "vscode";
import type { StatusSource } from "../protocol";
import type { Command } from ".";

/** Shows the line that gives a setting its value. */
export const goToSource: Command =
  () =>
  async ({ path, line }: Pick<StatusSource, "path" | "line">) => {
    if (path === undefined) {
      return;
    }
    const start = new vscode.Position((line ?? 1) - 1, 0);
    await vscode.window.showTextDocument(vscode.Uri.file(path), {
      selection: new vscode.Range(start, start),
    });
  };
