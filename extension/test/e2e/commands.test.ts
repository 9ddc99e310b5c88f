import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { test } from "./workbench";

test("the commands restart the server and show its log", async ({
  temporary,
  project,
  open,
}) => {
  const file = path.join(project, ".env");
  await writeFile(file, "PREFECT_LOGING_LEVEL=INFO\n");
  const workbench = await open(file);
  await workbench.squiggles("warning").first().waitFor();
  const [before] = servers(temporary);

  await workbench.command("Prefect: Restart Language Server");
  await expect.poll(() => servers(temporary)).not.toContain(before);
  await expect.poll(() => servers(temporary)).toHaveLength(1);
  await workbench.editor.click();
  await workbench.press("ControlOrMeta+End");
  await workbench.insert("PREFECT_DEBUG_MODE=enabled\n");
  await workbench.squiggles("error").first().waitFor();

  await workbench.command("Prefect: Show Language Server Log");
  await workbench.output("Starting").last().waitFor();
});

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
