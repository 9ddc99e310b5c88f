import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { calm, test } from "./workbench";

const system = { darwin: "osx", win32: "windows" }[process.platform as string];
const terminal = `terminal.integrated.env.${system ?? "linux"}`;

const apiUrl = (host: string) => ({
  PREFECT_API_URL: `http://${host}:4200/api`,
});

test.override({ settings: { ...calm, "workbench.hover.delay": 100 } });

test("the status follows what the settings give to terminals and Python", async ({
  project,
  open,
}) => {
  const dotenv = path.join(project, ".env");
  const vscode = path.join(project, ".vscode");
  await writeFile(dotenv, "PREFECT_DEBUG_MODE=true\n");
  await writeFile(
    path.join(project, "dev.env"),
    "# for debug sessions\nPREFECT_API_URL=http://file:4200/api\n",
  );
  await mkdir(vscode);
  const set = (settings: object) =>
    writeFile(path.join(vscode, "settings.json"), JSON.stringify(settings));

  const workbench = await open(dotenv, {
    viewport: { width: 1000, height: 420 },
  });
  await workbench.status("ephemeral").waitFor();
  await set({ [terminal]: apiUrl("workspace") });
  await workbench.status("workspace:4200").waitFor();
  await set({ "prefect.environment": apiUrl("ours") });
  await workbench.status("ours:4200").waitFor();
  await set({ "python.envFile": "${workspaceFolder}/dev.env" });
  await workbench.status("file:4200").waitFor();
  await workbench.status("").hover();
  await workbench.hover("from dev.env:2").waitFor();
});

test("each folder of a workspace has variables of its own", async ({
  temporary,
  open,
}) => {
  const folders = ["one", "two"].map((name) => path.join(temporary, name));
  for (const folder of folders) {
    const vscode = path.join(folder, ".vscode");
    await mkdir(vscode, { recursive: true });
    await writeFile(
      path.join(vscode, "settings.json"),
      JSON.stringify({ "python.envFile": "${workspaceFolder}/flows.env" }),
    );
    const { PREFECT_API_URL } = apiUrl(`folder-${path.basename(folder)}`);
    const variables = `PREFECT_API_URL=${PREFECT_API_URL}\n`;
    await writeFile(path.join(folder, "flows.env"), variables);
    await writeFile(path.join(folder, "prefect.toml"), "");
  }
  for (const folder of folders) {
    const file = path.join(folder, "prefect.toml");
    const workbench = await open(file, { folders });
    await workbench.status(`folder-${path.basename(folder)}:4200`).waitFor();
  }
});
