// Stands in for @vscode/spdlog, the compiled part of VS Code that writes its log files. Without it every log is empty.
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

const levels = ["trace", "debug", "info", "warn", "error", "critical"] as const;

type Level = (typeof levels)[number];

/** Appends to a file, at once. The rotation of files that its name promises is not needed for a short life. */
class Logger {
  readonly #file: string;
  #level = levels.indexOf("info");
  #plain = false;

  constructor(file: string) {
    this.#file = file;
  }

  readonly trace = this.#writer("trace");
  readonly debug = this.#writer("debug");
  readonly info = this.#writer("info");
  readonly warn = this.#writer("warn");
  readonly error = this.#writer("error");
  readonly critical = this.#writer("critical");

  getLevel(): number {
    return this.#level;
  }

  setLevel(level: number): void {
    this.#level = level;
  }

  setPattern(): void {
    this.#plain = false;
  }

  clearFormatters(): void {
    this.#plain = true;
  }

  /** Every message is written at once. */
  flush(): void {
    return;
  }

  /** No file is kept open. */
  drop(): void {
    return;
  }

  #writer(level: Level): (message: string) => void {
    const rank = levels.indexOf(level);
    return (message) => {
      if (rank < this.#level) {
        return;
      }
      const time = new Date().toISOString().replace("T", " ").slice(0, -1);
      const line = this.#plain ? message : `${time} [${level}] ${message}\n`;
      appendFileSync(this.#file, line);
    };
  }
}

/** Makes a log in the file with this path. */
function createLogger(_name: string, path: string): Promise<Logger> {
  mkdirSync(dirname(path), { recursive: true });
  return Promise.resolve(new Logger(path));
}

/** Levels are set for each log alone. */
export function setFlushOn(): void {
  return;
}

export {
  createLogger as createAsyncRotatingLogger,
  createLogger as createRotatingLogger,
};
