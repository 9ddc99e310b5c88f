// The demo: VS Code in the browser on sample files, in a temporary home, with a small Prefect Cloud to log in to.
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { startCloud, type Cloud } from "../workbench/cloud";
import { installVSCode } from "../workbench/install";
import { packHere } from "../workbench/pack";
import { startProxy, type Proxy } from "../workbench/proxy";
import { address, startVSCode } from "../workbench/start";

const settings = {
  "editor.minimap.enabled": false,
  "editor.wordWrap": "on",
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
    const [cloud, proxy] = [await startCloud(temporary), await startProxy()];
    try {
      await show({
        vscode,
        temporary,
        cloud,
        proxy,
        port: Number(values.port),
        open: !values["no-open"],
        interrupted,
      });
    } finally {
      await Promise.all([cloud.stop(), proxy.stop()]);
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Copies the sample files to `folder`, for a Prefect Cloud of which the address is known only now. */
async function copySamples(folder: string, cloud: Cloud): Promise<void> {
  await cp(path.join(__dirname, "files"), folder, { recursive: true });
  const profiles = path.join(folder, ".prefect/profiles.toml");
  const source = await readFile(profiles, "utf8");
  await writeFile(profiles, source.replaceAll("$CLOUD_API", cloud.api));
}

/** What the demo is shown with. */
interface Stage {
  readonly vscode: string;
  readonly temporary: string;
  readonly cloud: Cloud;
  readonly proxy: Proxy;
  readonly port: number;
  /** Whether to open the person's browser. */
  readonly open: boolean;
  readonly interrupted: Promise<unknown>;
}

/** Shows VS Code on a copy of the sample files, until it ends or is interrupted. */
async function show(stage: Stage): Promise<void> {
  const { vscode, temporary, cloud, proxy, port, open, interrupted } = stage;
  const folder = path.join(temporary, "demo");
  await copySamples(folder, cloud);
  const running = await startVSCode({
    vscode,
    vsix: await packHere(temporary),
    data: path.join(temporary, "vscode"),
    home: path.join(temporary, "home"),
    settings,
    environment: {
      PREFECT_HOME: path.join(folder, ".prefect"),
      PREFECT_CLOUD_API_URL: cloud.api,
      PREFECT_CLOUD_UI_URL: cloud.ui,
      VSCODE_PROXY_URI: proxy.address,
    },
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
