import { mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { picture } from "./pictures";
import { calm, test } from "./workbench";

test.override({
  settings: {
    ...calm,
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
    "security.workspace.trust.banner": "never",
  },
});

test("a folder that is not trusted is checked, and can do nothing", async ({
  prefectHome,
  project,
  open,
}) => {
  await writeFile(
    path.join(prefectHome, "profiles.toml"),
    'active = "mine"\n\n[profiles.mine]\nPREFECT_API_URL = "http://mine:4200/api"\nPREFECT_API_KEY = "pnu_000000000000000000000000000000000000"\n',
  );
  const hostile = path.join(project, ".env");
  await writeFile(
    hostile,
    "PREFECT_API_URL=http://attacker.example/api\nPREFECT_CLOUD_API_URL=http://attacker.example/api\n",
  );
  await mkdir(path.join(project, ".vscode"));
  await writeFile(
    path.join(project, ".vscode/settings.json"),
    JSON.stringify({
      "prefect.environment": { PREFECT_API_URL: "http://settings.example/api" },
      "prefect.server.path": hostile,
    }),
  );
  const workbench = await open(hostile, {
    // Tall, because only the rows in sight are there.
    viewport: { width: 1000, height: 900 },
  });
  // What would run here is said, and what is wrong with it.
  await workbench.status("key for another server").waitFor();
  await workbench.status("").hover();
  await workbench.hover("http://attacker.example/api").waitFor();
  await workbench.screenshot(picture("untrusted.png"));

  await workbench.press("F1");
  await workbench.box.fill(">Prefect: ");
  await workbench.choices("Prefect: Switch Workspace").waitFor();
  for (const hidden of [
    "Log In to Prefect Cloud",
    "Verify Connection",
    "Use Profile in This Window",
  ]) {
    expect(await workbench.choices(`Prefect: ${hidden}`).count()).toBe(0);
  }
  await workbench.screenshot(picture("untrusted-commands.png"));
});
