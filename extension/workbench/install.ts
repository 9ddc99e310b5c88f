import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import {
  mkdir,
  rename,
  rm,
  statfs,
  symlink,
  writeFile,
} from "node:fs/promises";
import * as path from "node:path";
import { build } from "esbuild";
import { cache } from "./paths";

/** The VS Code for the browser that tests and the demo run: code-server, which holds VS Code 1.100. */
const version = "4.100.3";
const folder = path.join(cache, "vscode", version);

/** Installed it takes 290 MB; npm's own cache grows by as much again. */
const neededBytes = 800 * 1024 * 1024;

/** Installs VS Code where it is not yet installed, and returns its folder. */
export async function installVSCode(
  log: (message: string) => void,
): Promise<string> {
  const vscode = path.join(folder, "node_modules/code-server/lib/vscode");
  if (!existsSync(folder)) {
    await download(vscode, log);
  }
  await replace(vscode, "@vscode/spdlog/index.js", "spdlog.ts");
  await replace(vscode, "node-pty/lib/index.js", "node-pty.ts");
  return vscode;
}

async function download(
  vscode: string,
  log: (message: string) => void,
): Promise<void> {
  log(`Installing VS Code (code-server ${version}) in ${folder}`);
  // Only a whole installation gets the name of one, so that an interrupted one is begun again. npm keeps what it downloaded.
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await ensureSpace(partial);
  await writeFile(path.join(partial, "package.json"), "{}");
  await npm(partial, "install", `code-server@${version}`, "--ignore-scripts");
  const inner = path.join(partial, path.relative(folder, vscode));
  await npm(inner, "install", "--omit=dev", "--ignore-scripts");
  await symlink("node_modules", path.join(inner, "node_modules.asar"));
  await rename(partial, folder);
}

/** Puts one of our files where VS Code has a module that would have to be compiled: nothing is compiled here. */
async function replace(
  vscode: string,
  module: string,
  by: string,
): Promise<void> {
  await build({
    entryPoints: [path.join(__dirname, by)],
    outfile: path.join(vscode, "node_modules", module),
    allowOverwrite: true,
    format: "cjs",
    platform: "node",
  });
}

async function ensureSpace(directory: string): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const megabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024);
  if (bavail * bsize < neededBytes) {
    throw new Error(
      `VS Code needs ${megabytes(neededBytes)} MB of disk space, but ${directory} has ${megabytes(bavail * bsize)} MB.`,
    );
  }
}

async function npm(cwd: string, ...args: string[]): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
  const child = spawn("npm", [...args, ...quiet], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    env: outerEnvironment(),
  });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors.push(text);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", (error) => {
      reject(
        new Error("npm was not found. Install Node.js 20 with npm.", {
          cause: error,
        }),
      );
    });
    child.on("close", resolve);
  });
  if (code !== 0) {
    throw new Error(`npm ${args.join(" ")} failed:\n${errors.join("")}`);
  }
}

/** The environment without what an outer `npm run` sets for its own package. */
function outerEnvironment(): NodeJS.ProcessEnv {
  const outer = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("npm_") || name.startsWith("npm_config_user"),
  );
  return Object.fromEntries(outer);
}
