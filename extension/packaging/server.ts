import { execFile } from "node:child_process";
import * as path from "node:path";
import { promisify } from "node:util";
import manifest from "../../package.json";
import { root } from "../workbench/paths";
import type { Platform } from "./targets";

/** The package that is the server's command. */
export const serverPackage = "./server/cmd/prefect-ls";

/** Writes the server for `platform` to `file`. The same sources and the same Go give the same bytes, wherever it is built. */
export async function buildServer(
  platform: Platform,
  file: string,
): Promise<void> {
  await go(
    platform.go,
    ...["build", "-trimpath", "-buildvcs=false"],
    ...["-ldflags", `-s -w -X main.version=${manifest.version}`],
    ...["-o", path.resolve(file), serverPackage],
  );
}

/** Runs the `go` command with `environment` besides that of this process, and returns what it prints. */
export async function go(
  environment: Partial<Platform["go"]>,
  ...args: string[]
): Promise<string> {
  const { stdout } = await promisify(execFile)("go", args, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      ...environment,
      // A program of its own: it runs with any C library, or with none.
      CGO_ENABLED: "0",
      // Nothing that is set on this machine decides for which processors it is.
      GOAMD64: "v1",
      GOARM64: "v8.0",
      GOARM: "7",
    },
  }).catch((error: unknown) => {
    throw isMissing(error)
      ? new Error("Go was not found. Install Go 1.26.")
      : error;
  });
  return stdout;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
