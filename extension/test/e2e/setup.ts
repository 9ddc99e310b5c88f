import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { TestProject } from "vitest/node";
import { installVSCode } from "../../workbench/install";
import { packHere } from "../../workbench/pack";
import { cache, root } from "../../workbench/paths";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of VS Code. */
    vscode: string;
    /** The package of the extension, as it is shipped for this machine. */
    vsix: string;
    /** The path of a browser. */
    chromium: string;
    /** The path of a Python that can import Prefect. */
    python: string;
  }
}

/**
 * Packs the extension and installs what the tests drive, once for all of them. CHROMIUM and PREFECT_PYTHON name what to use
 * instead.
 */
export default async function setup(
  project: TestProject,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "prefect-ls-vsix-"));
  project.provide("vsix", await packHere(folder));
  project.provide("chromium", process.env["CHROMIUM"] ?? chromium());
  project.provide("python", process.env["PREFECT_PYTHON"] ?? python());
  project.provide(
    "vscode",
    await installVSCode((message) => {
      process.stderr.write(`${message}\n`);
    }),
  );
  return () => rm(folder, { recursive: true });
}

function chromium(): string {
  install("browser");
  const find = "command -v chromium";
  return execFileSync("sh", ["-c", find], { encoding: "utf8" }).trim();
}

function python(): string {
  install("prefect");
  return path.join(cache, "prefect/bin/python");
}

function install(name: string): void {
  execFileSync(path.join(root, ".ci/install"), [name], { stdio: "inherit" });
}
