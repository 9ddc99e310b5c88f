import { rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { picture } from "./pictures";
import { prefect } from "./prefect";
import { calm, test } from "./workbench";

test.override({ settings: { ...calm, "workbench.hover.delay": 100 } });

const viewport = { width: 1000, height: 420 };

const twoProfiles = `# where flows run
active = "staging"

[profiles.staging]
PREFECT_API_URL = "http://staging.example:4200/api"

[profiles.local]
PREFECT_API_URL = "http://127.0.0.1:4200/api"
`;

test("the status item appears with the first trace of Prefect, and follows every file", async ({
  prefectHome,
  project,
  open,
}) => {
  const notes = path.join(project, "notes.md");
  const dotenv = path.join(project, ".env");
  const profiles = path.join(prefectHome, "profiles.toml");
  await writeFile(notes, "# Notes\n");
  const workbench = await open(notes, { viewport });
  const show = (name: string) =>
    workbench.screenshot(picture(`status-${name}.png`));

  // First start, and nothing of Prefect in the window.
  await workbench.command("View: Close All Editors");
  await show("nothing");
  expect(await workbench.status("").count()).toBe(0);

  await writeFile(profiles, twoProfiles);
  await writeFile(
    dotenv,
    "# to try things out\n\nPREFECT_API_URL=http://127.0.0.1:8080/api\n",
  );
  await workbench.status("127.0.0.1:8080").waitFor();
  await workbench.statusIcon("layers").waitFor();
  await workbench.status("").hover();
  await workbench.hover("Go to .env:3").waitFor();
  await show("overridden");

  await workbench.followStatus("Go to .env:3");
  await workbench.tab(".env").waitFor();
  await workbench.press("Home");
  await workbench.press("ControlOrMeta+Shift+k");
  await workbench.status("staging.example:4200").waitFor();
  await workbench.statusIcon("server").waitFor();
  await show("after-override");
  await workbench.save();

  await writeFile(profiles, twoProfiles.replace("]\n", "\n"));
  await workbench.statusIcon("error").waitFor();
  await workbench.status("Prefect: profiles.toml").waitFor();
  await workbench.status("").hover();
  await workbench.hover("Prefect does not start here").waitFor();
  await show("broken");
  await workbench.followStatus("Open");
  await workbench.tab("profiles.toml").waitFor();
  await workbench.line("[profiles.staging").click();
  await workbench.press("End");
  await workbench.insert("]");
  await workbench.status("staging.example:4200").waitFor();
  await workbench.save();
  await show("repaired");

  // It switches, and then says that it reaches no server.
  await prefect(prefectHome, "profile", "use", "local").catch(() => undefined);
  await workbench.status("127.0.0.1:4200").waitFor();
  await show("used");

  // What is open counts, even without its file.
  await workbench.closeTab("profiles.toml");
  await rm(profiles);
  await workbench.status("ephemeral").waitFor();
  await workbench.statusIcon("beaker").waitFor();
  await show("ephemeral");
});
