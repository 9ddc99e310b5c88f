import { readdir, readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { test } from "./workbench";

const secret = "canarycanarycanarycanarycanarycanary";

test.override({ settings: { "prefect.trace.server": "verbose" } });

test("a verbose trace says nothing of keys and files", async ({
  temporary,
  project,
  open,
}) => {
  const file = path.join(project, "profiles.toml");
  await writeFile(
    file,
    `[profiles.prod]\nPREFECT_API_KEY = "pnu_${secret}"\nPREFECT_API_AUTH_STRING = "me:${secret}"\n`,
  );
  const workbench = await open(file);
  await workbench.editor.click();
  await workbench.press("ControlOrMeta+End");
  await workbench.page.keyboard.type("PREFECT_API_KEY = x");
  await workbench.squiggles("error").first().waitFor();

  await expect
    .poll(() => readLog(temporary))
    .toMatch(/didOpen[^]*didChange[^]*publishDiagnostics/);
  const log = await readLog(temporary);
  expect(log).not.toContain("canary");
  expect(log).toMatch(/didChange[^]*"text": "<\d+ characters>"/);
  expect(log.replaceAll(/"text": "<\d+ characters>"/g, "")).not.toContain(
    '"text": "',
  );
});

/** What the server's log holds, in all windows of the VS Code in `folder`. */
async function readLog(folder: string): Promise<string> {
  const logs = path.join(folder, "vscode/data/logs");
  const files = await readdir(logs, { recursive: true });
  const texts = files
    .filter((file) => path.basename(file) === "Prefect Language Server.log")
    .map((file) => readFile(path.join(logs, file), "utf8"));
  return (await Promise.all(texts)).join("");
}
