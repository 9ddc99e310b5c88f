// The demo: VS Code in the browser on sample files with typical mistakes, in a temporary home.
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { installVSCode } from "../workbench/install";
import { packHere } from "../workbench/pack";
import { address, startVSCode } from "../workbench/start";

const settings = {
  "editor.minimap.enabled": false,
  "editor.wordWrap": "on",
  // VS Code brings no TOML. This is near enough for colours.
  "files.associations": { "*.toml": "ini" },
  "workbench.startupEditor": "readme",
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      "no-open": { type: "boolean", default: false },
    },
  });
  const vscode = await installVSCode(say);

  const temporary = await mkdtemp(path.join(tmpdir(), "prefect-ls-demo-"));
  const interrupted = untilInterrupted();
  try {
    await show(
      vscode,
      temporary,
      Number(values.port),
      !values["no-open"],
      interrupted,
    );
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Shows VS Code on a copy of the sample files, until it ends or is `interrupted`. */
async function show(
  vscode: string,
  temporary: string,
  port: number,
  open: boolean,
  interrupted: Promise<unknown>,
): Promise<void> {
  const folder = path.join(temporary, "demo");
  await cp(path.join(__dirname, "files"), folder, { recursive: true });
  const running = await startVSCode({
    vscode,
    vsix: await packHere(temporary),
    data: path.join(temporary, "vscode"),
    home: path.join(temporary, "home"),
    settings,
    environment: { PREFECT_HOME: path.join(folder, ".prefect") },
    port,
  });
  try {
    const url = address(running.port, folder);
    say(`\n  Open ${url}\n\n  Ctrl-C ends the demo.\n`);
    if (open) {
      openOnDesktop(url);
    }
    await Promise.race([interrupted, running.ended]);
  } finally {
    await running.stop();
  }
}

function untilInterrupted(): Promise<unknown> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, resolve);
    }
  });
}

/** Opens `url` in the person's browser if there is a desktop. */
function openOnDesktop(url: string): void {
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  const desktop =
    process.platform === "darwin" ||
    process.env["DISPLAY"] !== undefined ||
    process.env["WAYLAND_DISPLAY"] !== undefined;
  if (!desktop) {
    return;
  }
  // The address has been printed, so an opener that fails costs nothing.
  spawn(opener, [url], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
