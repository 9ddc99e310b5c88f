import { mkdir, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { picture } from "./pictures";
import { prefect } from "./prefect";
import { calm, test } from "./workbench";

test.override({ settings: { ...calm, "workbench.hover.delay": 100 } });

const viewport = { width: 1000, height: 420 };

/** Of an account and of a workspace. */
const ids = [
  "0f1e2d3c-4b5a-4968-8776-655443322110",
  "8c7d6e5f-1a2b-4c3d-9e8f-70615243b4a5",
] as const;

const key = "pnu_0123456789abcdefghijklmnopqrstuvwxyz";

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

  await prefect(prefectHome, "profile", "use", "ephemeral");
  await workbench.status("ephemeral").waitFor();
  await workbench.statusIcon("beaker").waitFor();
  await show("ephemeral");
});

test("the item speaks of the folder of the active file, in every theme", async ({
  temporary,
  prefectHome,
  project,
  open,
}) => {
  const otherFolder = path.join(temporary, "other");
  await mkdir(otherFolder);
  const first = path.join(project, ".env");
  const second = path.join(otherFolder, "prefect.toml");
  await writeFile(path.join(prefectHome, "profiles.toml"), twoProfiles);
  await writeFile(first, "PREFECT_API_URL=http://first:4200/api\n");
  await writeFile(second, '[api]\nurl = "http://second:4200/api"\n');

  const folders = [project, otherFolder];
  const workbench = await open(first, { viewport, folders });
  await workbench.status("first:4200").waitFor();
  await workbench.screenshot(picture("folder-first.png"));
  await workbench.openFromExplorer("prefect.toml");
  await workbench.status("second:4200").waitFor();
  await workbench.screenshot(picture("folder-second.png"));
  await workbench.tab(".env").click();
  await workbench.status("first:4200").waitFor();

  for (const [theme, kind] of themes) {
    await workbench.command("Preferences: Color Theme");
    await workbench.page.getByPlaceholder("Select Color Theme").fill(theme);
    await workbench.choices(theme).first().click();
    await workbench.page.locator(`.monaco-workbench.${kind}`).waitFor();
    await workbench.status("").hover();
    await workbench.hover("Go to .env:1").waitFor();
    await workbench.screenshot(picture(`theme-${kind}.png`));
  }
});

/** Themes with the class that the window gets from each. */
const themes = [
  ["Dark Modern", "vs-dark"],
  ["Dark High Contrast", "hc-black"],
  ["Light Modern", "vs"],
] as const;

test("profiles.toml has colours without an extension for TOML", async ({
  prefectHome,
  open,
}) => {
  const profiles = path.join(prefectHome, "profiles.toml");
  await writeFile(
    profiles,
    `${twoProfiles}PREFECT_API_REQUEST_TIMEOUT = 30
PREFECT_RESULTS_PERSIST_BY_DEFAULT = true

[profiles.prod]
PREFECT_API_URL = "https://api.prefect.cloud/api/accounts/${ids[0]}/workspaces/${ids[1]}"
PREFECT_API_KEY = "${key}"
`,
  );
  const workbench = await open(profiles, { viewport });
  // Without colours a line is one piece.
  for (const word of ["active", "staging", "30", "true"]) {
    await workbench.editor.getByText(word, { exact: true }).first().waitFor();
  }
  // Only where it leads to a page: else nothing would stand out.
  await workbench.links("api.prefect.cloud").first().hover();
  await workbench.hover("Open in the browser").waitFor();
  await workbench.press("Escape");
  expect(await workbench.links("PREFECT_").count()).toBe(0);
  await workbench.screenshot(picture("semantic-tokens.png"));
});

test("a bug report is made of what can be told to everybody", async ({
  prefectHome,
  project,
  open,
}) => {
  await writeFile(
    path.join(prefectHome, "profiles.toml"),
    `active = "prod"

[profiles.prod]
PREFECT_API_URL = "https://api.prefect.cloud/api/accounts/${ids[0]}/workspaces/${ids[1]}"
PREFECT_API_KEY = "${key}"
`,
  );
  await rm(path.join(project, ".env"), { force: true });
  const file = path.join(project, "prefect.toml");
  await writeFile(file, "[results]\npersist_by_default = true\n");
  const workbench = await open(file, {
    viewport: { width: 1000, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await workbench.status("workspace").waitFor();
  await workbench.command("Prefect: Copy Diagnostic Report");
  await workbench.page.getByText("Copied. Keys, ids").waitFor();
  const report = await workbench.page.evaluate<string>(
    "navigator.clipboard.readText()",
  );
  for (const fact of [
    /^Extension: \d/m,
    /^VS Code: \d/m,
    /^Language server: running$/m,
    /"name": "PREFECT_RESULTS_PERSIST_BY_DEFAULT"/,
    /"path": "~\/\.prefect\/profiles\.toml"/,
  ]) {
    expect(report).toMatch(fact);
  }
  for (const secret of [key, ...ids, prefectHome]) {
    expect(report).not.toContain(secret);
  }
  await workbench.command("File: New Untitled Text File");
  await workbench.tab("Untitled-1").waitFor();
  await workbench.editor.click();
  await workbench.press("ControlOrMeta+v");
  await workbench.line("PREFECT_RESULTS_PERSIST_BY_DEFAULT").waitFor();
  await workbench.press("ControlOrMeta+Home");
  await workbench.line("Language server: running").waitFor();
  await workbench.screenshot(picture("report.png"));
});

test("the address of a page, pasted, can be had as that of the API", async ({
  project,
  open,
}) => {
  const file = path.join(project, ".env");
  await writeFile(
    file,
    `PREFECT_DEBUG_MODE=true\nhttps://app.prefect.cloud/account/${ids[0]}/workspace/${ids[1]}/runs`,
  );
  const workbench = await open(file, {
    viewport: { width: 1600, height: 420 },
  });
  await workbench.status("").waitFor();
  await workbench.editor.click();
  await workbench.press("ControlOrMeta+End");
  await workbench.press("Shift+Home");
  await workbench.press("ControlOrMeta+x");
  // It ends later: what is typed meanwhile would be cut.
  await workbench.line("https://").waitFor({ state: "detached" });
  await workbench.insert("PREFECT_API_URL=");
  await workbench.press("ControlOrMeta+v");
  await workbench.line("PREFECT_API_URL=https://app.prefect.cloud").waitFor();
  await workbench.pasteOptions.click();
  const offered = workbench.actions("Paste as the API URL of this workspace");
  await offered.waitFor();
  await workbench.screenshot(picture("paste.png"));
  await workbench.choose(offered);
  await workbench
    .line(
      `=https://api.prefect.cloud/api/accounts/${ids[0]}/workspaces/${ids[1]}`,
    )
    .waitFor();
});

test("what is in effect can be read, and what helps to start", async ({
  prefectHome,
  project,
  open,
}) => {
  await writeFile(path.join(prefectHome, "profiles.toml"), twoProfiles);
  const file = path.join(project, ".env");
  await writeFile(file, "PREFECT_API_URL=http://first:4200/api\n");
  const workbench = await open(file, {
    viewport: { width: 1280, height: 720 },
  });
  await workbench.status("first:4200").waitFor();
  await workbench.command("Prefect: Show Effective Settings");
  await workbench.line("# .env:1, not .prefect/profiles.toml:5").waitFor();
  await workbench.line("PREFECT_API_URL = http://first:4200/api").waitFor();
  await workbench.screenshot(picture("effective-settings.png"));

  await workbench.command("Welcome: Open Walkthrough");
  await workbench.choices("Get Started with Prefect").click();
  await workbench.page.getByText("See where your code will run").click();
  await workbench.page
    .frameLocator("iframe.webview")
    .frameLocator("iframe#active-frame")
    .locator("svg text", { hasText: "acme/prod" })
    .first()
    .waitFor();
  await workbench.screenshot(picture("walkthrough.png"));
});
