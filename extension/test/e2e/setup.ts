import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import type { TestProject } from "vitest/node";
import { installVSCode } from "../../workbench/install";
import { cache, root } from "../../workbench/paths";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of VS Code. */
    vscode: string;
    /** The path of a browser. */
    chromium: string;
    /** The path of a Python that can import Prefect. */
    python: string;
  }
}

/** Installs what the tests drive, once for all of them. CHROMIUM and PREFECT_PYTHON name what to use instead. */
export default async function setup(project: TestProject): Promise<void> {
  for (const built of ["bin/prefect-ls", "extension/dist/main.js"]) {
    if (!existsSync(path.join(root, built))) {
      throw new Error(`${built} is missing. Run "make build" first.`);
    }
  }
  project.provide("chromium", process.env["CHROMIUM"] ?? chromium());
  project.provide("python", process.env["PREFECT_PYTHON"] ?? python());
  project.provide(
    "vscode",
    await installVSCode((message) => {
      process.stderr.write(`${message}\n`);
    }),
  );
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
