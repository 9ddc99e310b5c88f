import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import * as path from "node:path";
import type { TestProject } from "vitest/node";
import { installVSCode } from "../../workbench/install";
import { root } from "../../workbench/paths";

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

/** Installs what the tests drive. Once for all of them; what is installed is kept. */
export default async function setup(project: TestProject): Promise<void> {
  for (const built of ["bin/prefect-ls", "extension/dist/main.js"]) {
    if (!existsSync(path.join(root, built))) {
      throw new Error(`${built} is missing. Run "make build" first.`);
    }
  }
  project.provide("chromium", install("install-chromium.sh"));
  project.provide("python", install("install-prefect.sh"));
  project.provide(
    "vscode",
    await installVSCode((message) => {
      process.stderr.write(`${message}\n`);
    }),
  );
}

/** What the script prints: the path of what it found or installed. */
function install(script: string): string {
  return execFileSync(path.join(__dirname, "..", script), {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
}
