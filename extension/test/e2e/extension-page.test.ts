import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect } from "vitest";
import { test } from "./workbench";

test("the page of the extension shows the pictures of the README", async ({
  project,
  open,
}) => {
  const file = path.join(project, ".env");
  await writeFile(file, "");
  const workbench = await open(file, {
    viewport: { width: 1280, height: 1600 },
  });
  await workbench.press("ControlOrMeta+Shift+x");
  await workbench.page
    .locator(".extensions-list .monaco-list-row")
    .getByText("Prefect Language Server", { exact: true })
    .click();
  const pictures = workbench.page
    .frameLocator("iframe.webview.ready")
    .frameLocator("#active-frame")
    .locator("img[alt]");
  // A picture that is not there, or not allowed, has no width.
  const widths = () =>
    pictures.evaluateAll((images: readonly { naturalWidth?: number }[]) =>
      images.map(({ naturalWidth = 0 }) => naturalWidth),
    );
  await pictures.nth(3).waitFor();
  await expect
    .poll(async () => Math.min(...(await widths())), { timeout: 90_000 })
    .toBeGreaterThan(0);
  expect(await widths()).toHaveLength(4);
});
