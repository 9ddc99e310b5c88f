import * as path from "node:path";
import { expect, test } from "vitest";
import { serverPath, type Situation } from "./server-path";

const bare: Situation = {
  setting: "",
  trusted: true,
  extensionPath: path.join("/", "extension"),
  platform: "linux",
};
const bundled = path.join("/", "extension", "bin", "prefect-ls");

test.each<[string, Partial<Situation>, string]>([
  ["the bundled server", {}, bundled],
  ["the bundled server on Windows", { platform: "win32" }, `${bundled}.exe`],
  ["the server of the setting", { setting: "/my/server" }, "/my/server"],
  [
    "the bundled server while the workspace is not trusted",
    { setting: "/my/server", trusted: false },
    bundled,
  ],
])("starts %s", (_, situation, want) => {
  expect(serverPath({ ...bare, ...situation })).toBe(want);
});
