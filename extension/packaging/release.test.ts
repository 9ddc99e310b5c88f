import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import manifest from "../../package.json";
import { cache, root } from "../workbench/paths";
import { buildServer } from "./server";
import { platforms, thisPlatform } from "./targets";

const run = promisify(execFile);
const { version } = manifest;
const { platform, target } = thisPlatform();
const vsix = `prefect-ls-${target}-${version}.vsix`;
const universal = `prefect-ls-${version}.vsix`;
const wheel = `prefect_ls-${version}-py3-none-${platform.wheel.join(".")}.whl`;
const bill = `prefect-ls-${version}.cdx.json`;

let temporary: string;
/** What was made of a copy of the repository. */
let dist: string;

beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), "prefect-ls-release-"));
  dist = await release("first", { TZ: "UTC", LC_ALL: "C" });
});

afterAll(async () => {
  await rm(temporary, { recursive: true });
});

/** Makes a release for this machine in a copy of the repository, and returns its folder. */
async function release(
  name: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const folder = path.join(temporary, name);
  const left = [
    ".git",
    ".cache",
    "bin",
    "dist",
    "node_modules",
    "test-results",
  ].map((file) => path.join(root, file));
  await cp(root, folder, {
    recursive: true,
    filter: (file) => !left.includes(file),
  });
  await symlink(
    path.join(root, "node_modules"),
    path.join(folder, "node_modules"),
  );
  await run("npm", ["run", "--silent", "package", target], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  return path.join(folder, "dist");
}

test("a release is its packages, what is in them and their checksums", async () => {
  expect((await readdir(dist)).toSorted()).toEqual(
    ["SHA256SUMS", bill, universal, vsix, wheel].toSorted(),
  );
  execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
    cwd: dist,
  });
});

test("the same sources make the same bytes in another folder, time zone, language and umask", async () => {
  const umask = process.umask(0o077);
  const again = await release("second", {
    TZ: "Asia/Tokyo",
    LC_ALL: "C.UTF-8",
  }).finally(() => process.umask(umask));
  expect(await checksums(again)).toBe(await checksums(dist));
});

async function checksums(folder: string): Promise<string> {
  return readFile(path.join(folder, "SHA256SUMS"), "utf8");
}

const everywhere = [
  "[Content_Types].xml",
  "extension.vsixmanifest",
  "extension/LICENSE.txt",
  "extension/changelog.md",
  "extension/docs/notices.md",
  "extension/extension/dist/main.js",
  "extension/extension/icon.png",
  "extension/extension/walkthrough/edit.svg",
  "extension/extension/walkthrough/login.svg",
  "extension/extension/walkthrough/status.svg",
  "extension/extension/walkthrough/workspace.svg",
  "extension/package.json",
  "extension/readme.md",
];

test.each([
  [vsix, [...everywhere, `extension/bin/${platform.executable}`]],
  [universal, everywhere],
])("%s holds exactly these files", async (name, files) => {
  expect(Object.keys(await unzip(name)).toSorted()).toEqual(files.toSorted());
});

test("the page of the extension leads to nothing that is not there", async () => {
  const readme = text(await unzip(vsix), "extension/readme.md");
  const targets = [...readme.matchAll(/\]\(([^)]*)/g)].map(([, to]) => to);
  expect(targets.length).toBeGreaterThan(0);
  for (const to of targets) {
    expect(to).toMatch(/^(https:|data:image\/png;base64,)/);
  }
});

test("the wheel's record is of all its files", async () => {
  const files = await unzip(wheel);
  const record = `prefect_ls-${version}.dist-info/RECORD`;
  const lines = Object.entries(files).map(([name, bytes]) => {
    const digest = createHash("sha256").update(bytes).digest("base64url");
    return name === record
      ? `${name},,`
      : `${name},sha256=${digest},${bytes.length}`;
  });
  expect(text(files, record).trim().split("\n").toSorted()).toEqual(
    lines.toSorted(),
  );
});

test("pip installs the wheel, and removes it without a trace", async () => {
  const venv = path.join(temporary, "venv");
  await run("python3", ["-m", "venv", venv]);
  const pip = (...args: string[]) =>
    run(path.join(venv, "bin/pip"), ["--disable-pip-version-check", ...args]);
  const before = await readdir(path.join(venv, "bin"));
  await pip("install", "--no-index", path.join(dist, wheel));
  await expectServer(path.join(venv, "bin/prefect-ls"));
  await pip("uninstall", "--yes", "prefect-ls");
  expect(await readdir(path.join(venv, "bin"))).toEqual(before);
});

test("uvx runs what is in the wheel", async () => {
  await run(path.join(root, ".ci/install"), ["uv"]);
  await expectServer(
    path.join(cache, "uv/bin/uvx"),
    ...["--offline", "--no-index", "--find-links", dist],
    ...["--cache-dir", path.join(temporary, "uv")],
    "prefect-ls",
  );
});

const emulators = {
  amd64: "qemu-x86_64",
  arm64: "qemu-aarch64",
  arm: "qemu-arm",
} as const;

test.each(platforms.filter(({ go }) => go.GOOS === "linux"))(
  "the server for Linux on $go.GOARCH runs in an emulator",
  async (emulated) => {
    await run(path.join(root, ".ci/install"), ["qemu"]);
    const emulator = emulators[emulated.go.GOARCH];
    const server = path.join(temporary, `prefect-ls-${emulated.go.GOARCH}`);
    await buildServer(emulated, server);
    await expectServer(emulator, server);
    expect(await initialize(emulator, server, "serve")).toContain(
      `"serverInfo":{"name":"prefect-ls","version":"${version}"}`,
    );
  },
);

/** Asks a server for what it can do, ends it, and returns all that it has said. */
async function initialize(command: string, ...args: string[]): Promise<string> {
  const running = run(command, args);
  for (const message of [
    { id: 1, method: "initialize", params: { capabilities: {} } },
    { method: "initialized", params: {} },
    { id: 2, method: "shutdown" },
    { method: "exit" },
  ]) {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    running.child.stdin?.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  }
  return (await running).stdout;
}

/** Runs the server's command as people and CI do. */
async function expectServer(command: string, ...args: string[]): Promise<void> {
  const folder = await mkdtemp(path.join(temporary, "project-"));
  const home = path.join(folder, "home");
  await mkdir(home);
  await writeFile(path.join(folder, ".env"), "PREFECT_LOGING_LEVEL=INFO\n");
  const options = {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: home },
  };
  const { stdout } = await run(command, [...args, "version"], options);
  expect(stdout).toContain(`prefect-ls ${version} `);
  const check = run(
    command,
    [...args, "check", "--format", "concise"],
    options,
  );
  await expect(check).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining("unknown-setting") as string,
  });
}

test("the bill of materials is valid and names each module of the server", async () => {
  const document = await readFile(path.join(dist, bill), "utf8");
  expect(
    await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(
      document,
    ),
  ).toBeNull();
  const { components } = JSON.parse(document) as {
    components: { purl: string }[];
  };
  const server = path.join(temporary, "prefect-ls");
  await writeFile(
    server,
    (await unzip(vsix))[`extension/bin/${platform.executable}`] ?? "",
  );
  const { stdout } = await run("go", ["version", "-m", server]);
  const modules = [...stdout.matchAll(/^\tdep\t(\S+)\t(\S+)/gm)].map(
    ([, name, release]) => `pkg:golang/${name}@${release}`,
  );
  expect(modules).toContainEqual(expect.stringContaining("glsp"));
  const purls = components.map(({ purl }) => purl);
  expect(purls).toEqual(expect.arrayContaining(modules));
  expect(purls).toContain(
    `pkg:npm/vscode-languageclient@${manifest.dependencies["vscode-languageclient"]}`,
  );
});

test("the version is one that VS Code and PyPI understand, and the changelog begins with it", async () => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  const changelog = await readFile(path.join(root, "CHANGELOG.md"), "utf8");
  expect(/^## (.*)$/m.exec(changelog)?.[1]).toBe(version);
});

async function unzip(
  name: string,
): Promise<Readonly<Record<string, Uint8Array>>> {
  return unzipSync(await readFile(path.join(dist, name)));
}

function text(
  files: Readonly<Record<string, Uint8Array>>,
  name: string,
): string {
  return Buffer.from(files[name] ?? []).toString();
}
