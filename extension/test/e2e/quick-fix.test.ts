import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { pictureForReadme } from "./pictures";
import { prefect } from "./prefect";
import { calm, test } from "./workbench";

const account = "0f1e2d3c-4b5a-4968-8776-655443322110";
const workspace = "8c7d6e5f-1a2b-4c3d-9e8f-70615243b4a5";
const browserUrl = `https://app.prefect.cloud/account/${account}/workspace/${workspace}/dashboard`;
const apiUrl = `https://api.prefect.cloud/api/accounts/${account}/workspaces/${workspace}`;

test.override({ settings: calm });

test("a browser's address, pasted into the file of the real Prefect, is seen, mended and loaded", async ({
  prefectHome,
  open,
}) => {
  const profiles = path.join(prefectHome, "profiles.toml");
  await prefect(prefectHome, "profile", "create", "prod");
  await prefect(
    prefectHome,
    ...[
      "--profile",
      "prod",
      "config",
      "set",
      "PREFECT_RESULTS_PERSIST_BY_DEFAULT=true",
    ],
    "PREFECT_API_KEY=pnu_000000000000000000000000000000000000",
  );

  const workbench = await open(profiles, {
    viewport: { width: 1180, height: 480 },
    deviceScaleFactor: 2,
  });
  await workbench.press("ControlOrMeta+b");
  await workbench.press("ControlOrMeta+Shift+m");
  await workbench.editor.click();
  await workbench.press("ControlOrMeta+End");

  // The next setting: its name, then its value.
  await workbench.insert("PREFECT_LOG");
  await workbench.squiggles("error").first().waitFor();
  await workbench.press("ControlOrMeta+Space");
  await workbench.suggestions("PREFECT_LOGGING_LEVEL").first().click();
  await workbench.press("ControlOrMeta+Space");
  await workbench.suggestions("DEBUG").click();
  await workbench.line('PREFECT_LOGGING_LEVEL = "DEBUG"').waitFor();
  await workbench.squiggles("error").first().waitFor({ state: "detached" });

  // The mistake.
  await workbench.press("End");
  await workbench.insert(`\nPREFECT_API_URL = "${browserUrl}"\n`);
  await workbench.squiggles("error").first().waitFor();
  await workbench.problems("api-url-from-browser").waitFor();

  // The fix.
  await workbench.press("ArrowUp");
  await workbench.press("End");
  await workbench.press("ArrowLeft");
  await workbench.lightBulb.click();
  const fix = workbench.actions("Replace with the API URL for this workspace");
  await fix.waitFor();
  await workbench.screenshot(pictureForReadme("quick-fix.png"));
  await workbench.choose(fix);
  await workbench
    .problems("api-url-from-browser")
    .waitFor({ state: "detached" });
  await workbench.save();

  const text = await readFile(profiles, "utf8");
  expect(text).toContain(`PREFECT_API_URL = "${apiUrl}"\n`);
  expect(text).not.toContain("app.prefect.cloud");
  const view = await prefect(
    prefectHome,
    "--profile",
    "prod",
    "config",
    "view",
  );
  expect(view).toContain("PREFECT_LOGGING_LEVEL='DEBUG'");
  expect(view).toContain(`PREFECT_API_URL='${apiUrl}'`);
});
