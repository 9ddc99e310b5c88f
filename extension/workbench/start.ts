import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** What a VS Code is started with. */
export interface Options {
  /** The folder of VS Code. */
  readonly vscode: string;
  /** The package of the extension. */
  readonly vsix: string;
  /** A folder for what VS Code keeps: settings, extensions, caches. */
  readonly data: string;
  /** The user's home folder. */
  readonly home: string;
  /** The user's settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** More of the environment of VS Code and the language server. */
  readonly environment: Readonly<Record<string, string>>;
  /** The port on the loopback address; 0 for one that is free. */
  readonly port: number;
}

/** A VS Code for the browser, with the extension, on the loopback address. */
export interface VSCode {
  readonly port: number;
  /** Ends it and every process it started. */
  stop(): Promise<void>;
  /** Settles when VS Code ends, wanted or not. */
  readonly ended: Promise<unknown>;
}

/** Without what would come between a person and the file: welcome pages, trust, tips, updates. */
const quietSettings = {
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  // As in VS Code outside the browser.
  "files.autoSave": "off",
  "git.enabled": false,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.enableExperiments": false,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/** Starts VS Code and waits until it can be opened. */
export async function startVSCode(options: Options): Promise<VSCode> {
  await mkdir(options.home, { recursive: true });
  await installExtension(options);
  await writeSettings(options);
  const child = spawn(
    process.execPath,
    [
      path.join(options.vscode, "out/server-main.js"),
      ...["--host", "127.0.0.1"],
      ...["--port", `${options.port}`],
      ...["--server-data-dir", options.data],
      "--without-connection-token",
      "--accept-server-license-terms",
      // A login shell may set anything, such as PREFECT_PROFILE.
      "--force-disable-user-env",
    ],
    {
      env: environment(options),
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, to end all of it.
      detached: true,
    },
  );
  const ended = once(child, "close");
  const stop = async () => {
    signalGroup(child, "SIGTERM");
    const patience = setTimeout(() => {
      signalGroup(child, "SIGKILL");
    }, 5_000);
    await ended;
    clearTimeout(patience);
  };
  try {
    return { port: await listening(child), stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address at which VS Code shows `folder`, and `file` in it if there is one. */
export function address(port: number, folder: string, file?: string): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  url.searchParams.set("folder", folder);
  if (file !== undefined) {
    const uri = `vscode-remote://127.0.0.1:${port}${file}`;
    url.searchParams.set("payload", JSON.stringify([["openFile", uri]]));
  }
  return url.href;
}

/** Has VS Code install the extension, as a person does. */
async function installExtension(options: Options): Promise<void> {
  await promisify(execFile)(
    process.execPath,
    [
      path.join(options.vscode, "out/server-main.js"),
      ...["--install-extension", options.vsix],
      ...["--server-data-dir", options.data],
      "--accept-server-license-terms",
    ],
    { env: environment(options) },
  );
}

async function writeSettings({ data, settings }: Options): Promise<void> {
  const folder = path.join(data, "data/User");
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, "settings.json"),
    JSON.stringify({ ...quietSettings, ...settings }, undefined, 2),
  );
}

/** The environment of this process, but with a home of its own and nothing that Prefect or an outer VS Code would go by. */
function environment(options: Options): NodeJS.ProcessEnv {
  const foreign = /^(PREFECT_|VSCODE_|npm_|XDG_)/;
  const own = Object.entries(process.env).filter(
    ([name]) => !foreign.test(name),
  );
  return {
    ...Object.fromEntries(own),
    HOME: options.home,
    ...options.environment,
  };
}

/** The port, once VS Code says on which it listens. */
async function listening(child: ChildProcess): Promise<number> {
  const output: string[] = [];
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) {
        continue;
      }
      createInterface(stream).on("line", (line) => {
        output.push(line);
        const port = /listening on (\d+)/.exec(line)?.[1];
        if (port !== undefined) {
          resolve(Number(port));
        }
      });
    }
    child.on("error", reject);
    child.on("close", () => {
      reject(new Error(`VS Code did not start:\n${output.join("\n")}`));
    });
  });
}

/** Sends `signal` to VS Code and every process it started. */
function signalGroup(
  { pid, exitCode, signalCode }: ChildProcess,
  signal: NodeJS.Signals,
): void {
  if (pid !== undefined && exitCode === null && signalCode === null) {
    process.kill(-pid, signal);
  }
}
