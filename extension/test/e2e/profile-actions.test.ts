import { readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { picture } from "./pictures";
import { calm, test } from "./workbench";

test.override({ settings: calm });

const viewport = { width: 1000, height: 520 };

const twoProfiles = `active = "staging"

[profiles.staging]
PREFECT_API_URL = "http://staging.example:4200/api"
# while we look for it
PREFECT_LOGGING_LEVEL = "DEBUG"
PREFECT_LOGING_COLORS = true

[profiles.local]
PREFECT_API_URL = "http://127.0.0.1:4200/api"
`;

test("what can be done with a profile is offered where it stands", async ({
  temporary,
  prefectHome,
  open,
}) => {
  const profiles = path.join(prefectHome, "profiles.toml");
  await writeFile(profiles, twoProfiles);
  const workbench = await open(profiles, {
    viewport,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await workbench.status("staging.example:4200").waitFor();
  await workbench.squiggles("warning").waitFor();

  // A rule that is not wanted, in any file.
  await workbench.goTo("PREFECT_LOGING_COLORS");
  await workbench.press("ControlOrMeta+.");
  const ignore = workbench.actions("Ignore unknown-setting in settings");
  await ignore.waitFor();
  await workbench.screenshot(picture("ignore-in-settings.png"));
  await workbench.choose(ignore);
  await workbench.squiggles("warning").waitFor({ state: "detached" });
  const settings = path.join(temporary, "vscode/data/User/settings.json");
  expect(JSON.parse(await readFile(settings, "utf8"))).toMatchObject({
    "prefect.diagnostics.severity": { "unknown-setting": "off" },
  });

  // A profile for this window alone.
  await workbench.goTo("local");
  await workbench.press("ControlOrMeta+.");
  const use = workbench.actions("Use profile 'local' in this window only");
  await use.waitFor();
  await workbench.screenshot(picture("profile-actions.png"));
  await workbench.choose(use);
  await workbench.status("127.0.0.1:4200").waitFor();
  await workbench.statusIcon("pinned").waitFor();
  await workbench.command("Prefect: Unpin This Window");
  await workbench.status("staging.example:4200").waitFor();

  // Lines for another place.
  await workbench.goTo("local");
  await workbench.press("ControlOrMeta+.");
  await workbench.choose(workbench.actions("Copy these settings"));
  await workbench.notification("Copied profile 'local'").waitFor();
  expect(
    await workbench.page.evaluate<string>("navigator.clipboard.readText()"),
  ).toBe("PREFECT_API_URL=http://127.0.0.1:4200/api\n");

  // A new profile of some of the lines, in a file that is not saved.
  await workbench.line("PREFECT_LOGGING_LEVEL").click();
  await workbench.press("End");
  await workbench.insert(" # new");
  await workbench.press("Shift+Home");
  await workbench.press("ControlOrMeta+Shift+r");
  const extract = workbench.actions("Extract to a new profile...");
  await extract.waitFor();
  await workbench.screenshot(picture("extract-profile.png"));
  await workbench.choose(extract);
  await workbench.prompt("Name of the profile").waitFor();
  await workbench.box.fill("verbose");
  await workbench.press("Enter");
  const moved = workbench.notification("Save profiles.toml to make it count");
  await moved.waitFor();
  await workbench.save();
  const source = twoProfiles.replace('"DEBUG"', '"DEBUG" # new');
  const lines = source.split("\n").slice(4, 6).join("\n");
  expect(await readFile(profiles, "utf8")).toBe(
    `${source.replace(`${lines}\n`, "")}\n[profiles.verbose]\n${lines}\n`,
  );
  await moved.getByRole("button", { name: "Undo" }).click();
  await workbench.notification("Undone").waitFor();
  await workbench.save();
  expect(await readFile(profiles, "utf8")).toBe(source);

  // What counts in place of a line.
  await writeFile(
    path.join(prefectHome, ".env"),
    "# for a while\nPREFECT_LOGGING_LEVEL=INFO\n",
  );
  await workbench.squiggles("info").waitFor();
  await workbench.goTo("PREFECT_LOGGING_LEVEL");
  await workbench.press("ControlOrMeta+.");
  await workbench.choose(workbench.actions("Show where this value comes from"));
  await workbench.tab(".env").waitFor();
  await workbench.page.getByText("Ln 2, Col 1").waitFor();
});
