import { execFile } from "node:child_process";
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import manifest from "../../package.json";
import { root } from "../workbench/paths";
import { bundleFile } from "./bundle";
import { readmeWithImages } from "./readme";
import { ensureSize } from "./size";

/** What every package of the extension holds besides the README and the server. */
const contents = [
  "package.json",
  "CHANGELOG.md",
  "LICENSE",
  "docs/notices.md",
  bundleFile,
  manifest.icon,
  ...manifest.contributes.walkthroughs.flatMap(({ steps }) =>
    steps.map(({ media }) => media.svg),
  ),
];

const budgetBytes = 5 * 1024 * 1024;

/** The time of every file in a package, in seconds since 1970: the first that an archive can tell. */
const packageTime = Date.UTC(1980, 0, 1) / 1000;

/** A server in a package of the extension. */
interface Server {
  /** Where it lies. */
  readonly file: string;
  /** Its name in the package. */
  readonly executable: string;
  /** VS Code's name of the machines it is for. */
  readonly target: string;
}

/**
 * Puts a package of the extension into `folder` and returns its path. Without a server it is for every machine, and needs a
 * `prefect-ls` that is installed there. The bundle must have been built. The same files give the same bytes.
 */
export async function packVsix(
  folder: string,
  server?: Server,
): Promise<string> {
  const staged = await mkdtemp(path.join(tmpdir(), "prefect-ls-vsix-"));
  try {
    await stage(staged, server);
    return await pack(staged, folder, server?.target);
  } finally {
    await rm(staged, { recursive: true });
  }
}

/** Puts the files of the package, and nothing else, into the folder `staged`. */
async function stage(staged: string, server?: Server): Promise<void> {
  for (const file of contents) {
    await copy(path.join(root, file), path.join(staged, file), 0o644);
  }
  const readme = path.join(staged, "README.md");
  await writeFile(readme, await readmeWithImages());
  await chmod(readme, 0o644);
  if (server !== undefined) {
    const file = path.join(staged, "bin", server.executable);
    await copy(server.file, file, 0o755);
  }
}

/** The package tells the mode of each file, which must not depend on this machine's umask. */
async function copy(from: string, to: string, mode: number): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, mode);
}

async function pack(
  staged: string,
  folder: string,
  target?: string,
): Promise<string> {
  const { name, version } = manifest;
  const file = path.resolve(
    folder,
    `${[name, ...(target === undefined ? [] : [target]), version].join("-")}.vsix`,
  );
  await promisify(execFile)(
    process.execPath,
    [
      require.resolve("@vscode/vsce/vsce"),
      "package",
      ...(target === undefined ? [] : ["--target", target]),
      "--no-dependencies",
      "--allow-missing-repository",
      "--no-rewrite-relative-links",
      ...["--out", file],
    ],
    {
      cwd: staged,
      env: {
        ...process.env,
        SOURCE_DATE_EPOCH: `${packageTime}`,
        // vsce writes local times and sorts names as the language does.
        TZ: "UTC",
        LC_ALL: "C",
      },
    },
  );
  await ensureSize(file, budgetBytes);
  return file;
}
