import { readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect, test } from "vitest";
import { root } from "../workbench/paths";
import { buildBundle } from "./bundle";
import { bundleComponents, serverComponents } from "./components";
import { notices } from "./notices";

const page = path.join(root, "docs/notices.md");

// UPDATE=1 writes the page.
test("the page of notices is what the parts of the server and of the bundle demand", async () => {
  const want = notices(
    await serverComponents(),
    await bundleComponents(await buildBundle()),
  );
  if (process.env["UPDATE"] === "1") {
    await writeFile(page, want);
  }
  expect(await readFile(page, "utf8")).toBe(want);
});
