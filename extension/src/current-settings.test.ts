import { beforeEach, expect, test, vi } from "vitest";

/** What a person, the workspace and the folder /b set. */
let global: Record<string, unknown>;
let workspace: Record<string, unknown>;
let folder: Record<string, unknown>;

let enabled: string[];
let workspaceFolders: { readonly uri: { readonly fsPath: string } }[];

vi.mock("vscode", () => ({
  extensions: {
    getExtension: (id: string) => (enabled.includes(id) ? {} : undefined),
  },
  Uri: { parse: (uri: string) => ({ fsPath: uri.replace("file://", "") }) },
  workspace: {
    isTrusted: true,
    get workspaceFolders() {
      return workspaceFolders;
    },
    getConfiguration: (_section?: string, scope?: { fsPath: string }) => {
      const own = scope?.fsPath === "/b" ? folder : {};
      return {
        get: (name: string, otherwise?: unknown) =>
          own[name] ?? workspace[name] ?? global[name] ?? otherwise,
        inspect: (name: string) => ({
          globalValue: global[name],
          workspaceValue: workspace[name],
          workspaceFolderValue: own[name],
        }),
      };
    },
  },
}));

const { currentSettings, settingsOfOthers } =
  await import("./current-settings");

beforeEach(() => {
  [global, workspace, folder] = [{}, {}, {}];
  [enabled, workspaceFolders] = [[], []];
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

test("so are its exceptions, and whether it checks the certificate of the proxy", () => {
  expect(currentSettings(undefined)).toMatchObject({
    network: { noProxy: [], proxySkipVerify: false },
  });
  global["http.noProxy"] = ["intranet"];
  global["http.proxyStrictSSL"] = false;
  expect(currentSettings(undefined)).toMatchObject({
    network: { noProxy: ["intranet"], proxySkipVerify: true },
  });
});

test("the workspace says nothing of a proxy", () => {
  workspace["http.proxy"] = "http://hostile:8080";
  workspace["http.proxySupport"] = "on";
  workspace["http.noProxy"] = ["*"];
  workspace["http.proxyStrictSSL"] = false;
  expect(currentSettings(undefined)).toMatchObject({
    network: { proxy: "", noProxy: [], proxySkipVerify: false },
  });
});

test("a folder has values of its own", () => {
  const [terminal] = settingsOfOthers;
  workspace[terminal] = { A: "${workspaceFolder}/x" };
  workspace["python.envFile"] = "dev.env";
  folder["python.envFile"] = "own.env";
  expect(currentSettings(undefined, "file:///a")).toMatchObject({
    environmentFile: "dev.env",
    workspaceEnvironment: { A: "/a/x" },
  });
  expect(currentSettings(undefined, "file:///b")).toMatchObject({
    environmentFile: "own.env",
    workspaceEnvironment: { A: "/b/x" },
  });
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

test("the window has the values of no folder, and what leads into the first", () => {
  const [terminal] = settingsOfOthers;
  workspaceFolders = [{ uri: { fsPath: "/b" } }];
  workspace[terminal] = { A: "${workspaceFolder}/x" };
  workspace["python.envFile"] = "dev.env";
  folder["python.envFile"] = "own.env";
  expect(currentSettings(undefined)).toMatchObject({
    environmentFile: "dev.env",
    workspaceEnvironment: { A: "/b/x" },
  });
});

test("the settings of ours are told, as other extensions leave it to us", () => {
  global["prefect"] = { diagnostics: { syntax: "auto" }, profilesPath: "/p" };
  expect(currentSettings("dev")).toMatchObject({
    diagnostics: { syntax: "on" },
    environment: { PREFECT_PROFILES_PATH: "/p", PREFECT_PROFILE: "dev" },
  });
  enabled = ["tombi-toml.tombi"];
  expect(currentSettings("dev")).toMatchObject({
    diagnostics: { syntax: "off" },
  });
});

test.each([
  ["linux", "linux"],
  ["darwin", "osx"],
  ["win32", "windows"],
] as const)("the terminals of %s are those of %s", async (platform, name) => {
  vi.resetModules();
  vi.stubGlobal("process", { ...process, platform });
  const { settingsOfOthers } = await import("./current-settings");
  vi.unstubAllGlobals();
  expect(settingsOfOthers).toContain(`terminal.integrated.env.${name}`);
});
