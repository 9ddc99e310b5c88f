import { beforeEach, expect, test, vi } from "vitest";

/** What a person and the workspace set. */
const global: Record<string, unknown> = {};
const workspace: Record<string, unknown> = {};

vi.mock("vscode", () => ({
  extensions: { getExtension: () => undefined },
  workspace: {
    isTrusted: true,
    getConfiguration: () => ({
      get: (name: string, otherwise?: unknown) =>
        workspace[name] ?? global[name] ?? otherwise,
      inspect: (name: string) => ({
        globalValue: global[name],
        workspaceValue: workspace[name],
      }),
    }),
  },
}));

const { currentSettings, settingsOfOthers } =
  await import("./current-settings");

beforeEach(() => {
  for (const name of [...settingsOfOthers, "prefect.environment"]) {
    Reflect.deleteProperty(global, name);
    Reflect.deleteProperty(workspace, name);
  }
});

test("the proxy of VS Code is that of the server", () => {
  expect(currentSettings(undefined)).toMatchObject({ network: { proxy: "" } });
  global["http.proxy"] = "http://proxy:8080";
  expect(currentSettings(undefined)).toMatchObject({
    network: { proxy: "http://proxy:8080" },
  });
});

test("a proxy that is turned off is none", () => {
  global["http.proxy"] = "http://proxy:8080";
  global["http.proxySupport"] = "off";
  expect(currentSettings(undefined)).toMatchObject({ network: { proxy: "" } });
});

test("the workspace names no proxy", () => {
  workspace["http.proxy"] = "http://hostile:8080";
  workspace["http.proxySupport"] = "on";
  expect(currentSettings(undefined)).toMatchObject({ network: { proxy: "" } });
});

test("a variable that the workspace sets is not the person's own", () => {
  const [terminal] = settingsOfOthers;
  global[terminal] = { A: "own", B: "own", C: "${workspaceFolder}/x" };
  workspace[terminal] = { A: "hostile" };
  global["prefect.environment"] = { D: "own" };
  workspace["prefect.environment"] = { D: "hostile" };
  expect(currentSettings(undefined)).toMatchObject({
    environment: { A: "own", B: "own", D: "own" },
    workspaceEnvironment: {
      A: "hostile",
      C: "${workspaceFolder}/x", // no folder is open
      D: "hostile",
    },
  });
});

test("the file for Python is seen from each folder", () => {
  expect(currentSettings(undefined)).toMatchObject({ environmentFile: "" });
  workspace["python.envFile"] = "${workspaceFolder}/dev.env";
  expect(currentSettings(undefined)).toMatchObject({
    environmentFile: "./dev.env",
  });
});
