// Stands in for node-pty, the compiled part of VS Code that terminals run in. The terminal is made by script(1).
import { spawn as start, type ChildProcess } from "node:child_process";

/** What VS Code starts a shell with. */
interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cols?: number;
  readonly rows?: number;
}

type Listener<E> = (event: E) => void;

/** A shell in a terminal. */
class Terminal {
  readonly #child: ChildProcess;
  readonly #shell: string;
  readonly cols: number;
  readonly rows: number;

  constructor(shell: string, args: readonly string[], options: Options) {
    const { cols = 80, rows = 24, cwd, env } = options;
    this.#shell = shell;
    this.cols = cols;
    this.rows = rows;
    const command = [shell, ...args].map(quote).join(" ");
    const sized = `stty cols ${cols} rows ${rows}; exec ${command}`;
    this.#child = start("script", ["-qefc", sized, "/dev/null"], { cwd, env });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What the tab of the terminal is called. */
  get process(): string {
    return this.#shell;
  }

  onData(listener: Listener<string>): void {
    this.#child.stdout?.setEncoding("utf8").on("data", listener);
  }

  onExit(listener: Listener<{ readonly exitCode: number }>): void {
    this.#child.on("exit", (code) => {
      listener({ exitCode: code ?? 1 });
    });
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  kill(signal?: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The size is that of the beginning. */
  resize(): void {
    return;
  }

  /** Nothing is kept that could be cleared. */
  clear(): void {
    return;
  }

  pause(): void {
    this.#child.stdout?.pause();
  }

  resume(): void {
    this.#child.stdout?.resume();
  }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Starts a shell in a terminal. */
export function spawn(
  shell: string,
  args: readonly string[] | string,
  options: Options,
): Terminal {
  return new Terminal(shell, typeof args === "string" ? [args] : args, options);
}
