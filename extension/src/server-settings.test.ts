import { describe, expect, test } from "vitest";
import { serverSettings, type Surroundings } from "./server-settings";

const noProxy = { proxy: "", noProxy: [], proxySkipVerify: false };

const bare: Surroundings = {
  isEnabled: () => false,
  trusted: true,
  terminal: { person: {}, workspace: {} },
  environment: { person: {}, workspace: {} },
  environmentFile: "",
  proxy: noProxy,
  pinned: undefined,
};

describe("who reports what is no TOML", () => {
  test.each([
    ["auto", undefined, "on"],
    ["auto", "tombi-toml.tombi", "off"],
    ["auto", "tamasfe.even-better-toml", "off"],
    ["on", "tamasfe.even-better-toml", "on"],
    ["off", undefined, "off"],
    // What the server cannot read is the server's to report.
    ["sometimes", "tamasfe.even-better-toml", "sometimes"],
  ])("%s beside %s is %s", (syntax, enabled, want) => {
    const isEnabled = (extension: string) => extension === enabled;
    const settings = serverSettings(
      { diagnostics: { syntax } },
      { ...bare, isEnabled },
    );
    expect(settings.diagnostics).toEqual({ syntax: want });
  });
});

test("the other settings are as they were", () => {
  const settings = {
    diagnostics: { severity: { "unknown-setting": "off" }, syntax: "auto" },
    server: { logLevel: "debug" },
  };
  expect(serverSettings(settings, bare)).toEqual({
    diagnostics: { severity: { "unknown-setting": "off" }, syntax: "on" },
    server: { logLevel: "debug" },
    network: noProxy,
    environment: {},
    workspaceEnvironment: {},
    environmentFile: "",
    trusted: true,
  });
});

describe("the environment", () => {
  const diagnostics = { syntax: "on" };

  const terminal = {
    person: { A: "terminal", B: "terminal", C: "terminal" },
    workspace: { C: "hostile", D: "hostile", PREFECT_PROFILE: "hostile" },
  };

  test("is that of a terminal, with what the person says and the pin over it", () => {
    const { environment } = serverSettings(
      { diagnostics },
      {
        ...bare,
        terminal,
        environment: {
          person: { A: "ours", B: null, PREFECT_PROFILE: "ours" },
          workspace: {},
        },
        pinned: "dev",
      },
    );
    expect(environment).toEqual({
      A: "ours",
      B: null,
      C: "terminal",
      PREFECT_PROFILE: "dev",
    });
  });

  test("has apart what the workspace makes of it", () => {
    const person = { D: "ours", E: "ours", F: "ours" };
    const surroundings = {
      ...bare,
      terminal,
      environment: { person, workspace: { A: null, E: "ours", G: null } },
      environmentFile: "./dev.env",
      pinned: "dev",
    };
    const told = serverSettings({ diagnostics }, surroundings);
    expect(told.environment).toEqual({
      ...terminal.person,
      ...person,
      PREFECT_PROFILE: "dev",
    });
    expect(told.workspaceEnvironment).toEqual({
      A: null,
      C: "hostile",
      G: null,
    });
    expect(told.environmentFile).toBe("./dev.env");

    const untrusted = { ...surroundings, trusted: false };
    const toldLess = serverSettings({ diagnostics }, untrusted);
    expect(toldLess.environment).toEqual(told.environment);
    expect(toldLess.workspaceEnvironment).toEqual({});
    expect(toldLess.environmentFile).toBe("");
  });

  test("is not taken from settings that only the server should get", () => {
    const smuggled = {
      diagnostics,
      environment: { A: "hostile" },
      workspaceEnvironment: { A: "hostile" },
      environmentFile: "hostile.env",
      trusted: true,
    };
    expect(serverSettings(smuggled, { ...bare, trusted: false })).toEqual(
      serverSettings({ diagnostics }, { ...bare, trusted: false }),
    );
  });

  test("names the profiles.toml of the setting, and without a pin the person's own profile", () => {
    const { environment } = serverSettings(
      { diagnostics, profilesPath: "/p" },
      {
        ...bare,
        environment: { person: { PREFECT_PROFILE: "ours" }, workspace: {} },
      },
    );
    expect(environment).toEqual({
      PREFECT_PROFILES_PATH: "/p",
      PREFECT_PROFILE: "ours",
    });
  });
});

test("the proxy is that of VS Code, whatever files of the workspace say", () => {
  const proxy = {
    proxy: "http://proxy:8080",
    noProxy: ["intranet"],
    proxySkipVerify: false,
  };
  const { network } = serverSettings(
    {
      diagnostics: { syntax: "on" },
      network: {
        enabled: false,
        proxy: "http://hostile:8080",
        noProxy: ["*"],
        proxySkipVerify: true,
      },
    },
    { ...bare, proxy },
  );
  expect(network).toEqual({ enabled: false, ...proxy });
});

test("a workspace that is not trusted is told of", () => {
  const settings = serverSettings(
    { diagnostics: { syntax: "on" } },
    { ...bare, trusted: false },
  );
  expect(settings.trusted).toBe(false);
});
