import { readFile, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { startCloud } from "../../workbench/cloud";
import { startProxy } from "../../workbench/proxy";
import { picture, pictureForReadme } from "./pictures";
import {
  calm,
  test as base,
  type Fixtures,
  type Window,
  type Workbench,
} from "./workbench";

/** A key of a person who sees acme/prod, acme/dev and umbrella/lab, and one that is rejected. */
const keys = {
  good: "pnu_AdaSeesTwoAccounts000000000000000ada",
  expired: "pnu_ExpiredLastMonth0000000000000000expd",
};

const test = base.override({
  settings: {
    ...calm,
    "prefect.protectedWorkspaces": ["umbrella/*", "127.0.0.1:4200"],
    "workbench.hover.delay": 100,
  },
  environment: [
    async ({ temporary }, use) => {
      const cloud = await startCloud(temporary);
      const proxy = await startProxy();
      await use({
        PREFECT_CLOUD_API_URL: cloud.api,
        PREFECT_CLOUD_UI_URL: cloud.ui,
        VSCODE_PROXY_URI: proxy.address,
      });
      await Promise.all([cloud.stop(), proxy.stop()]);
    },
    { scope: "file" },
  ],
});

const viewport = { width: 1000, height: 420 };

test("logging in by the browser", async ({ prefectHome, project, open }) => {
  const workbench = await openProject(project, open);
  await workbench.command("Prefect: Log In to Prefect Cloud");
  const browser = workbench.choices("Continue in browser");
  await browser.waitFor();
  await workbench.choices("Paste an API key").hover();
  await workbench
    .choiceButton("Paste an API key", "Open in browser")
    .first()
    .waitFor();
  await workbench.screenshot(picture("login.png"));
  const opened = workbench.page.context().waitForEvent("page");
  await browser.click();
  await workbench
    .dialog("external website")
    .getByRole("button", { name: "Open" })
    .click();
  const page = await opened;
  await workbench.prompt("Approve the request in the browser").waitFor();
  await workbench.screenshot(picture("login-waiting.png"));
  await page.getByRole("button", { name: "Approve" }).click();

  await workbench.choices("acme/prod").click();
  await workbench.choices("New profile 'prod'").click();
  await workbench.notification("Logged in as").waitFor();
  await workbench.status("acme/prod").waitFor();
  await workbench.screenshot(picture("login-done.png"));
  const text = await readFile(path.join(prefectHome, "profiles.toml"), "utf8");
  expect(text).toContain('active = "prod"');
  expect(text).toMatch(/PREFECT_API_KEY = "pnu_/);
});

test("logging in with a key, after one that is rejected", async ({
  prefectHome,
  project,
  open,
}) => {
  await rm(path.join(prefectHome, "profiles.toml"), { force: true });
  const workbench = await openProject(project, open);
  await workbench.command("Prefect: Log In to Prefect Cloud");
  await workbench.choices("Paste an API key").hover();
  await workbench.choiceButton("Paste an API key", "Open in browser").click();
  const leaving = workbench.dialog("external website");
  await leaving.waitFor();
  await workbench.press("Escape");
  await leaving.waitFor({ state: "detached" });
  // A page that helps is no answer: the question stays.
  await workbench.choices("Paste an API key").click();
  // The list before it has a box, too.
  await workbench.prompt("Paste an API key from").waitFor();
  await workbench.box.fill(keys.expired);
  await workbench.press("Enter");
  await workbench.prompt("rejected").waitFor();
  await workbench.screenshot(picture("login-rejected.png"));
  await workbench.box.fill(keys.good);
  await workbench.press("Enter");
  await workbench.choices("acme/dev").click();
  await workbench.choices("New profile 'dev'").click();
  await workbench.status("acme/dev").waitFor();
});

test("switching everywhere, in one window, and to what is protected", async ({
  prefectHome,
  project,
  open,
}) => {
  const profiles = path.join(prefectHome, "profiles.toml");
  const workbench = await openProject(project, open, {
    viewport: { width: 900, height: 340 },
    deviceScaleFactor: 2,
  });
  await workbench.status("acme/dev").click();
  await workbench.choices("acme/prod").first().waitFor();
  await workbench.screenshot(pictureForReadme("switch.png"));

  await workbench.box.fill("000000000003");
  const found = workbench.choices(
    "workspace bbbbbbbb-0000-4000-8000-000000000003",
  );
  await found.waitFor();
  await workbench.focused("umbrella/lab").waitFor();
  await workbench.screenshot(picture("switch-by-id.png"));
  await workbench.box.fill("");
  await found.waitFor({ state: "detached" });
  await workbench.choices("ephemeral").waitFor();
  await workbench.choices("acme/prod").first().click();
  await workbench.choices("Everywhere").waitFor();
  await workbench.screenshot(picture("switch-scope.png"));
  await workbench.choices("Everywhere").click();
  await workbench.choices("Create profile 'acme-prod'").click();
  await workbench.status("acme/prod").waitFor();
  await expect
    .poll(() => readFile(profiles, "utf8"))
    .toContain('active = "acme-prod"');
  await workbench.screenshot(picture("switch-everywhere.png"));

  await workbench.status("acme/prod").click();
  await workbench.choices("acme/dev").first().hover();
  await workbench
    .choiceButton("acme/dev", "Use in this window only")
    .first()
    .click();
  await workbench.status("acme/dev").waitFor();
  await workbench.statusIcon("pinned").waitFor();
  expect(await readFile(profiles, "utf8")).toContain('active = "acme-prod"');
  await workbench.command("Terminal: Create New Terminal");
  await workbench.terminal.waitFor();
  await workbench.terminal.click();
  await workbench.insert("echo profile=$PREFECT_PROFILE=");
  await workbench.press("Enter");
  await workbench.terminalText("profile=dev=").waitFor();
  await workbench.screenshot(picture("switch-window-terminal.png"));
  await workbench.status("").hover();
  await workbench.hover("Unpin").waitFor();
  await workbench.screenshot(picture("switch-window.png"));
  await workbench.followStatus("Unpin");
  await workbench.status("acme/prod").waitFor();

  await workbench.status("acme/prod").click();
  await workbench.choices("umbrella/lab").first().click();
  await workbench.choices("Create profile 'umbrella-lab'").click();
  await workbench.dialog("Switch to umbrella/lab?").waitFor();
  await workbench.screenshot(picture("switch-protected.png"));
  await workbench.press("Escape");
  await workbench.status("acme/prod").waitFor();

  // A profile that comes with Prefect, for one window and then, not after all, for every one.
  const local = workbench.dialog("Switch to 127.0.0.1:4200?");
  await workbench.command("Prefect: Use Profile in This Window");
  await workbench.choices("local, 127.0.0.1:4200").click();
  await local.getByRole("button", { name: "Switch" }).click();
  await workbench.status("127.0.0.1:4200").waitFor();
  expect(await readFile(profiles, "utf8")).toMatch(
    /^active = "acme-prod"[^]*^\[profiles\.local\]$/m,
  );
  await workbench.screenshot(picture("pinned-profile.png"));
  await workbench.command("Prefect: Unpin This Window");
  await workbench.status("acme/prod").waitFor();
  await workbench.command("Prefect: Switch Profile");
  await workbench.choices("local, 127.0.0.1:4200").waitFor();
  await workbench.screenshot(picture("switch-profile.png"));
  await workbench.choices("local, 127.0.0.1:4200").click();
  await local.waitFor();
  await workbench.press("Escape");
  expect(await readFile(profiles, "utf8")).toContain('active = "acme-prod"');
});

async function openProject(
  project: string,
  open: Fixtures["open"],
  window: Window = { viewport },
): Promise<Workbench> {
  const file = path.join(project, "prefect.toml");
  await writeFile(file, "[results]\npersist_by_default = true\n");
  const workbench = await open(file, window);
  await workbench.status("").waitFor();
  return workbench;
}
