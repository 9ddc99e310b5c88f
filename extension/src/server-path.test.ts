import * as path from "node:path";
import { expect, test } from "vitest";
import { serverPath, type Situation } from "./server-path";

const bundled = path.join("/", "extension", "bin", "prefect-ls");
const installed = path.join("/", "usr", "bin", "prefect-ls");
const bare: Situation = {
  setting: "",
  trusted: true,
  extensionPath: path.join("/", "extension"),
  platform: "linux",
  searched: ["bin", "", path.join("/", "sbin"), path.join("/", "usr", "bin")],
  exists: () => true,
};
const none = { exists: (file: string) => file !== bundled };

test.each<[string, Partial<Situation>, string]>([
  ["the bundled server", {}, bundled],
  ["the bundled server on Windows", { platform: "win32" }, `${bundled}.exe`],
  ["the server of the setting", { setting: "/my/server" }, "/my/server"],
  [
    "the bundled server while the workspace is not trusted",
    { setting: "/my/server", trusted: false },
    bundled,
  ],
  [
    "one on the PATH where none is bundled",
    { exists: (file) => file === installed },
    installed,
  ],
  [
    "none in a folder that depends on where VS Code was started",
    { exists: (file) => file === path.join("bin", "prefect-ls") },
    bundled,
  ],
  [
    "none on the PATH while the workspace is not trusted",
    { ...none, trusted: false },
    bundled,
  ],
])("starts %s", (_, situation, want) => {
  expect(serverPath({ ...bare, ...situation })).toBe(want);
});
