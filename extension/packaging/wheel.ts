import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { zipSync, type Zippable } from "fflate";
import manifest from "../../package.json";
import { root } from "../workbench/paths";
import { readmeWithoutImages } from "./readme";
import type { Platform } from "./targets";

const { name, version, description, license, keywords } = manifest;
const distribution = `${name.replaceAll("-", "_")}-${version}`;

interface Entry {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** The permissions of the file; by default those of one that is read. */
  readonly mode?: number;
}

/**
 * Puts the wheel for `platform` into `folder` and returns its path. `server` is the file of the server, which becomes a command
 * of the environment that the wheel is installed into. The same files give the same bytes.
 *
 * The format: packaging.python.org/specifications/binary-distribution-format
 */
export async function packWheel(
  folder: string,
  platform: Platform,
  server: string,
): Promise<string> {
  const info = `${distribution}.dist-info`;
  const command: Entry = {
    file: `${distribution}.data/scripts/${platform.executable}`,
    bytes: await readFile(server),
    mode: 0o755,
  };
  const entries = [
    command,
    text(`${info}/METADATA`, await metadata()),
    text(`${info}/WHEEL`, wheel(platform)),
    await licence(info, "LICENSE"),
    await licence(info, "docs/notices.md"),
  ];
  const file = path.join(
    folder,
    `${distribution}-py3-none-${platform.wheel.join(".")}.whl`,
  );
  await writeFile(file, zip([...entries, record(info, entries)]));
  return file;
}

async function metadata(): Promise<string> {
  return `Metadata-Version: 2.4
Name: ${name}
Version: ${version}
Summary: ${description}
Keywords: ${keywords.join(",")}
License-Expression: ${license}
License-File: LICENSE
License-File: docs/notices.md
Requires-Python: >=3.8
Description-Content-Type: text/markdown

${await readmeWithoutImages()}`;
}

function wheel(platform: Platform): string {
  const tags = platform.wheel.map((tag) => `Tag: py3-none-${tag}\n`);
  return `Wheel-Version: 1.0
Generator: ${name} ${version}
Root-Is-Purelib: false
${tags.join("")}`;
}

async function licence(info: string, file: string): Promise<Entry> {
  const bytes = await readFile(path.join(root, file));
  return { file: `${info}/licenses/${file}`, bytes };
}

/** The list of all files with their hashes, but for its own. */
function record(info: string, entries: readonly Entry[]): Entry {
  const file = `${info}/RECORD`;
  const lines = entries.map((entry) => {
    const hash = createHash("sha256").update(entry.bytes).digest("base64url");
    return `${entry.file},sha256=${hash},${entry.bytes.length}\n`;
  });
  return text(file, `${lines.join("")}${file},,\n`);
}

function text(file: string, content: string): Entry {
  return { file, bytes: Buffer.from(content) };
}

function zip(entries: readonly Entry[]): Uint8Array {
  const regular = 0o100000;
  const unix = 3;
  const files: Zippable = {};
  for (const { file, bytes, mode = 0o644 } of entries) {
    files[file] = [bytes, { os: unix, attrs: ((regular | mode) << 16) >>> 0 }];
  }
  // The first time that an archive can tell; it tells local times.
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
}
