import { execFile, spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { root } from "./paths";

/** A small Prefect Cloud on the loopback address. */
export interface Cloud {
  /** PREFECT_CLOUD_API_URL. */
  readonly api: string;
  /** PREFECT_CLOUD_UI_URL. */
  readonly ui: string;
  stop(): Promise<void>;
}

/** Builds the embedded Prefect Cloud in `folder` and starts it. */
export async function startCloud(folder: string): Promise<Cloud> {
  const binary = path.join(folder, "cloud.exe");
  await promisify(execFile)(
    "go",
    ["build", "-o", binary, "./server/cloud/cloudtest/serve"],
    { cwd: root },
  );
  const child = spawn(binary, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  const stop = async () => {
    child.kill();
    await ended;
  };
  try {
    return { ...(await addresses(child)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the Prefect Cloud is, once it says so. */
async function addresses(
  child: ChildProcessByStdio<null, Readable, null>,
): Promise<Pick<Cloud, "api" | "ui">> {
  const told = new Map<string, string>();
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const [name = "", value = ""] = line.split("=", 2);
      told.set(name, value);
      const api = told.get("PREFECT_CLOUD_API_URL");
      const ui = told.get("PREFECT_CLOUD_UI_URL");
      if (api !== undefined && ui !== undefined) {
        // VS Code in the browser opens no pages of 127.0.0.1 as they are, but those of a name that leads there.
        resolve({ api, ui: ui.replace("127.0.0.1", "prefect.localhost") });
      }
    });
    child.on("error", reject);
    child.on("close", () => {
      reject(new Error("The embedded Prefect Cloud did not start."));
    });
  });
}
