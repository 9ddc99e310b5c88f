import type * as vscode from "vscode";
import { readLine } from "./log-line";
import { redact } from "./redact";

/**
 * The log of the server as the language client wants it: a plain channel for its own words, the server's, and the messages
 * between the two. Whatever goes through it is redacted, a whole line at a time. What comes after it was disposed of is lost.
 */
export class RedactedLog implements vscode.OutputChannel {
  readonly #channel: vscode.LogOutputChannel;
  #unfinished = "";
  #disposed = false;

  constructor(channel: vscode.LogOutputChannel) {
    this.#channel = channel;
  }

  get name(): string {
    return this.#channel.name;
  }

  /** Keeps what comes after the last end of line until its own end comes: half a key would not be known for one. */
  append(text: string): void {
    const lines = (this.#unfinished + text).split(/\r?\n/);
    this.#unfinished = lines.pop() ?? "";
    lines.forEach((line) => {
      this.#write(line);
    });
  }

  /** Writes `text` as one entry, though it may hold many lines. */
  appendLine(text: string): void {
    this.#write(this.#unfinished + text);
    this.#unfinished = "";
  }

  replace(text: string): void {
    this.clear();
    this.appendLine(text);
  }

  clear(): void {
    this.#unfinished = "";
    this.#channel.clear();
  }

  /** Shows the log and leaves the cursor where it is. */
  show(): void {
    this.#channel.show(true);
  }

  hide(): void {
    this.#channel.hide();
  }

  dispose(): void {
    this.#disposed = true;
    this.#channel.dispose();
  }

  #write(entry: string): void {
    // The server of a window that closes ends after the window's log.
    if (this.#disposed) {
      return;
    }
    const { level, text } = readLine(entry);
    this.#channel[level](redact(text));
  }
}
