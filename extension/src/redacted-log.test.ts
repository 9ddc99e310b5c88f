import { expect, test } from "vitest";
import type * as vscode from "vscode";
import { RedactedLog } from "./redacted-log";

function newLog() {
  const written: string[] = [];
  const at = (level: string) => (text: string) =>
    written.push(`${level}: ${text}`);
  const channel: Partial<vscode.LogOutputChannel> = {
    error: at("error"),
    warn: at("warn"),
    info: at("info"),
    clear: () => {
      written.length = 0;
    },
    dispose: () => undefined,
  };
  return { log: new RedactedLog(channel as vscode.LogOutputChannel), written };
}

test.each([
  ["[Error - 10:11:12 AM] gone", "error: gone"],
  ["[Warn  - 10:11:12] odd", "warn: odd"],
  [
    "[Error - 10:11:12 AM] Server process exited with code 0.",
    "info: Server process exited with code 0.",
  ],
  [
    "[Error - 10:11:12 AM] Server process exited with code 2.",
    "error: Server process exited with code 2.",
  ],
  ["[Info  - 10:11:12] fine", "info: fine"],
  [
    "[Trace - 10:11:12] Sending request 'shutdown - (1)'.",
    "info: Sending request 'shutdown - (1)'.",
  ],
  ["[LSP   - 10:11:12] {}", "info: {}"],
  ["panic: why", "info: panic: why"],
  ["[1] [Error - x] y", "info: [1] [Error - x] y"],
])("writes %s", (line, want) => {
  const { log, written } = newLog();
  log.appendLine(line);
  expect(written).toEqual([want]);
});

test("redacts a key that comes in pieces", () => {
  const { log, written } = newLog();
  for (const piece of ["key pnu", "_0123456789", "abcd\nand ", "more\r\n"]) {
    log.append(piece);
  }
  expect(written).toEqual(["info: key pnu_****abcd", "info: and more"]);
});

test("keeps nothing of what was replaced", () => {
  const { log, written } = newLog();
  log.append("gone\nhalf");
  log.replace("new");
  log.append("more\n");
  expect(written).toEqual(["info: new", "info: more"]);
});

test("redacts every line of an entry", () => {
  const { log, written } = newLog();
  log.appendLine('Params: {\n    "text": "pnu_0123456789abcd"\n}');
  expect(written).toEqual([
    'info: Params: {\n    "text": "<18 characters>"\n}',
  ]);
});

test("is silent once it was disposed of, and does not fail", () => {
  const { log, written } = newLog();
  log.dispose();
  log.appendLine("The server of a window that closes ends later.");
  expect(written).toEqual([]);
});
