import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { picture } from "./pictures";
import { test, type Fixtures, type Workbench } from "./workbench";

test.override({
  settings: {
    "files.defaultLanguage": "toml",
    "prefect.trace.server": "verbose",
  },
  // Stands in for Even Better TOML, of which VS Code sees a name and a language.
  extensions: [
    {
      publisher: "tamasfe",
      name: "even-better-toml",
      version: "0.0.0",
      engines: { vscode: "*" },
      contributes: { languages: [{ id: "toml", extensions: [".toml"] }] },
    },
  ],
});

test("the commands restart the server and show its log", async ({
  temporary,
  project,
  open,
}) => {
  const workbench = await openMistake(project, open);
  const [before] = servers(temporary);

  await workbench.command("Prefect: Restart Language Server");
  await expect.poll(() => servers(temporary)).not.toContain(before);
  await expect.poll(() => servers(temporary)).toHaveLength(1);
  await workbench.editor.click();
  await workbench.press("ControlOrMeta+End");
  await workbench.insert("PREFECT_DEBUG_MODE=enabled\n");
  await workbench.squiggles("error").first().waitFor();

  await workbench.command("Prefect: Show Language Server Log");
  await workbench.output("Prefect Language Server").waitFor();
  const log = await readLog(temporary);
  expect(log).toContain("[info] Server process exited with code 0.");
  expect(log).not.toContain("[error]");
});

test("a server that dies is started again, but not for ever", async ({
  temporary,
  project,
  open,
}) => {
  const workbench = await openMistake(project, open);
  for (let left = 5; left > 0; left--) {
    await expect.poll(() => servers(temporary)).toHaveLength(1);
    const [running] = servers(temporary);
    await workbench.statusIcon("beaker").waitFor();
    process.kill(Number(running), "SIGKILL");
    await expect.poll(() => servers(temporary)).not.toContain(running);
  }
  await workbench.status("Prefect: stopped").waitFor();
  await workbench.status("").hover();
  await workbench.hover("Show log").waitFor();
  await workbench.screenshot(picture("stopped-server.png"));
  expect(await workbench.unread.count()).toBe(0);
  await workbench.followStatus("Restart");
  await workbench.status("ephemeral").waitFor();
});

test("a server that is not there is told of, and one that is there then is started", async ({
  temporary,
  project,
  open,
}) => {
  const workbench = await openMistake(project, open, "prod.env");

  const missing = path.join(temporary, "nowhere", "prefect-ls");
  await setOnMachine(temporary, { "prefect.server.path": missing });
  await workbench
    .notification(`The Prefect language server is not at ${missing}.`)
    .waitFor();
  await workbench.screenshot(picture("missing-server.png"));
  await workbench.squiggles("warning").first().waitFor({ state: "detached" });
  await setOnMachine(temporary, {});
  await workbench.squiggles("warning").first().waitFor();
});

test("of a program that is no server the status tells, and the log what it said", async ({
  temporary,
  project,
  open,
}) => {
  const workbench = await openMistake(project, open, "dev.env");

  const program = path.join(temporary, "no-server");
  const script = "#!/bin/sh\necho 'GLIBC_9 was not found' >&2\nexit 1\n";
  await writeFile(program, script, { mode: 0o755 });
  await setOnMachine(temporary, { "prefect.server.path": program });
  await workbench.status("Prefect: stopped").waitFor();
  await workbench.status("").hover();
  await workbench.hover("Show log").waitFor();
  await workbench.screenshot(picture("no-server.png"));
  expect(await workbench.unread.count()).toBe(0);
  expect(await readLog(temporary)).toContain("GLIBC_9 was not found");

  await setOnMachine(temporary, {});
  await workbench.squiggles("warning").first().waitFor();
});

test("a server that dies before it answers takes its questions along, and a person may try again", async ({
  temporary,
  project,
  open,
}) => {
  const workbench = await openMistake(project, open, "ask.env");
  await workbench.command("Prefect: New Profile");
  await workbench.box.waitFor();
  process.kill(Number(servers(temporary)[0]), "SIGKILL");
  await workbench
    .notification("ended before it answered. Try again.")
    .waitFor();
  await workbench.box.waitFor({ state: "hidden" });

  await workbench.statusIcon("beaker").waitFor();
  const broken = path.join(temporary, "folder");
  await mkdir(broken);
  await setOnMachine(temporary, { "prefect.server.path": broken });
  await workbench.status("Prefect: stopped").waitFor();
  await workbench.command("Prefect: Show Effective Settings");
  await workbench.line("did not answer").waitFor();
  expect(await workbench.notification("cannot open").count()).toBe(0);
  await setOnMachine(temporary, {});
  await workbench.line("did not answer").waitFor({ state: "detached" });
});

test("no process is left of a server that hangs, refuses or never answers", async ({
  temporary,
  project,
  open,
}) => {
  const workbench = await openMistake(project, open, "test.env");
  const [hanging] = servers(temporary);
  process.kill(Number(hanging), "SIGSTOP");
  await workbench.command("Prefect: Restart Language Server");
  await expect.poll(() => servers(temporary)).not.toContain(hanging);

  const silent = path.join(temporary, "silent");
  await writeFile(silent, "#!/bin/sh\nwhile :; do sleep 1; done\n", {
    mode: 0o755,
  });
  const refusing = path.join(temporary, "refusing");
  const refusal = `{"jsonrpc":"2.0","id":0,"error":{"code":-32603,"message":"no"}}`;
  const message = `Content-Length: ${refusal.length}\\r\\n\\r\\n${refusal}`;
  await writeFile(
    refusing,
    `#!/bin/sh\nprintf '${message}'\nwhile :; do sleep 1; done\n`,
    { mode: 0o755 },
  );
  await setOnMachine(temporary, { "prefect.server.path": refusing });
  await workbench.status("Prefect: stopped").waitFor();
  await expect.poll(() => servers(temporary)).toEqual([]);
  await setOnMachine(temporary, { "prefect.server.path": silent });
  await expect.poll(() => servers(temporary)).toHaveLength(1);
  const [waiting] = servers(temporary);
  await setOnMachine(temporary, {});
  await workbench.squiggles("warning").first().waitFor();
  expect(servers(temporary)).not.toContain(waiting);
  expect(servers(temporary)).toHaveLength(1);
  expect(await workbench.unread.count()).toBe(0);
  expect(await readLog(temporary, "remoteexthost.log")).not.toContain(
    "Client is not running and can't be stopped",
  );
});

test("beside an extension for TOML no syntax is reported, and untitled TOML is read", async ({
  project,
  open,
}) => {
  const file = path.join(project, "prefect.toml");
  await writeFile(file, "[api]\nulr = 1\nurl = http\n");
  const workbench = await open(file);
  await workbench.squiggles("warning").first().waitFor();
  // All problems of a file come at once.
  expect(await workbench.squiggles("error").count()).toBe(0);

  await workbench.command("File: New Untitled Text File");
  await workbench.tab("Untitled-1").waitFor();
  await workbench.insert('[profiles.local]\nPREFECT_LOGGING_LEVEL = "WARN"\n');
  await workbench.squiggles("error").first().waitFor();
});

test("a verbose trace says nothing of keys and files", async ({
  temporary,
  project,
  open,
}) => {
  const secret = "canarycanarycanarycanarycanarycanary";
  const file = path.join(project, "profiles.toml");
  await writeFile(
    file,
    `[profiles.prod]\nPREFECT_API_KEY = "pnu_${secret}"\nPREFECT_API_AUTH_STRING = "me:${secret}"\n`,
  );
  const workbench = await open(file);
  await workbench.editor.click();
  await workbench.press("ControlOrMeta+End");
  await workbench.page.keyboard.type("PREFECT_DEBUG_MODE = 3");
  await workbench.squiggles("error").first().waitFor();

  await expect
    .poll(() => readLog(temporary))
    .toMatch(/profiles\.toml[^]*didChange[^]*publishDiagnostics/);
  const log = await readLog(temporary);
  expect(log).not.toContain("canary");
  expect(log).toMatch(/didChange[^]*"text": "<\d+ characters>"/);
  expect(log.replaceAll(/"text": "<\d+ characters>"/g, "")).not.toContain(
    '"text": "',
  );
});

/** A window with a file in which the server has found a mistake. */
async function openMistake(
  project: string,
  open: Fixtures["open"],
  name = ".env",
): Promise<Workbench> {
  const file = path.join(project, name);
  await writeFile(file, "PREFECT_LOGING_LEVEL=INFO\n");
  const workbench = await open(file);
  await workbench.squiggles("warning").first().waitFor();
  return workbench;
}

/** The process ids of the language servers that run out of `folder`. */
function servers(folder: string): string[] {
  const processes = execFileSync("ps", ["-e", "-o", "pid=,args="], {
    encoding: "utf8",
  });
  return processes
    .split("\n")
    .filter((line) => line.includes(folder) && line.endsWith("serve"))
    .map((line) => line.trim().split(" ")[0] ?? "");
}

/** Makes `settings` those of the machine that the VS Code in `folder` runs on. */
async function setOnMachine(
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const machine = path.join(folder, "vscode/data/Machine");
  await mkdir(machine, { recursive: true });
  await writeFile(
    path.join(machine, "settings.json"),
    JSON.stringify(settings),
  );
}

/** What a log, by default the server's, holds in all windows of the VS Code in `folder`. */
async function readLog(
  folder: string,
  name = "Prefect Language Server.log",
): Promise<string> {
  const logs = path.join(folder, "vscode/data/logs");
  const files = await readdir(logs, { recursive: true });
  const texts = files
    .filter((file) => path.basename(file) === name)
    .map((file) => readFile(path.join(logs, file), "utf8"));
  return (await Promise.all(texts)).join("");
}
