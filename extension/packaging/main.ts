// `npm run build` and `npm run package`.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import manifest from "../../package.json";
import { root } from "../workbench/paths";
import { buildBundle } from "./bundle";
import { bundleComponents, serverComponents } from "./components";
import { sbom } from "./sbom";
import { buildServer } from "./server";
import { ensureSize } from "./size";
import { platforms, thisPlatform } from "./targets";
import { packVsix } from "./vsix";
import { packWheel } from "./wheel";

/** For the largest of the servers. HTTPS alone, which is in Go's library, is 4 MB of it. */
const serverBudgetBytes = 11 * 1024 * 1024;

/** Builds the bundle, and the server for this machine, where a checkout runs them. */
async function build(): Promise<void> {
  await buildBundle();
  const { platform } = thisPlatform();
  await buildServer(platform, path.join(root, "bin", platform.executable));
}

/** Makes all that a release consists of, in `dist`; or what of it is for some `targets` of VS Code. */
async function release(targets: readonly string[]): Promise<void> {
  const all = platforms.flatMap(({ vscode }) => vscode);
  const wanted = targets.length === 0 ? all : targets;
  const unknown = wanted.find((target) => !all.includes(target));
  if (unknown !== undefined) {
    throw new Error(`${unknown} is none of ${all.join(", ")}.`);
  }
  const dist = path.join(root, "dist");
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist);
  const bundle = await buildBundle();
  await packVsix(dist);
  for (const platform of platforms) {
    const vscode = platform.vscode.filter((target) => wanted.includes(target));
    if (vscode.length === 0) {
      continue;
    }
    const { GOOS, GOARCH } = platform.go;
    const server = path.join(
      root,
      "bin",
      `${GOOS}-${GOARCH}`,
      platform.executable,
    );
    await buildServer(platform, server);
    await ensureSize(server, serverBudgetBytes);
    for (const target of vscode) {
      await packVsix(dist, {
        file: server,
        executable: platform.executable,
        target,
      });
    }
    await packWheel(dist, platform, server);
  }
  await writeFile(
    path.join(dist, `${manifest.name}-${manifest.version}.cdx.json`),
    sbom(await serverComponents(), await bundleComponents(bundle)),
  );
  await writeChecksums(dist);
}

/** Lists the files of `folder` as `sha256sum --check` reads them, and prints their sizes. */
async function writeChecksums(folder: string): Promise<void> {
  const lines: string[] = [];
  for (const name of (await readdir(folder)).toSorted()) {
    const bytes = await readFile(path.join(folder, name));
    console.log(`${(bytes.length / 1e6).toFixed(2).padStart(6)} MB  ${name}`);
    const hash = createHash("sha256").update(bytes).digest("hex");
    lines.push(`${hash}  ${name}\n`);
  }
  await writeFile(path.join(folder, "SHA256SUMS"), lines.join(""));
}

async function main([verb, ...args]: readonly string[]): Promise<void> {
  switch (verb) {
    case "build":
      return build();
    case "release":
      return release(args);
    default:
      throw new Error("Usage: main.ts build | release [TARGET...]");
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
