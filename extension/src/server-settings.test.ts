import { describe, expect, test } from "vitest";
import { serverSettings, type Surroundings } from "./server-settings";

const bare: Surroundings = {
  isEnabled: () => false,
  trusted: true,
  terminal: {},
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
    environment: {},
    trusted: true,
  });
});

describe("the environment", () => {
  const diagnostics = { syntax: "on" };

  test("is that of a terminal, with what the person says and the pin over it", () => {
    const { environment } = serverSettings(
      {
        diagnostics,
        environment: { A: "ours", B: null, PREFECT_PROFILE: "ours" },
      },
      {
        ...bare,
        terminal: { A: "terminal", B: "terminal", C: "terminal" },
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

  test("names the profiles.toml of the setting", () => {
    const { environment } = serverSettings(
      { diagnostics, profilesPath: "/p" },
      bare,
    );
    expect(environment).toEqual({ PREFECT_PROFILES_PATH: "/p" });
  });
});

test("a workspace that is not trusted is told of", () => {
  const settings = serverSettings(
    { diagnostics: { syntax: "on" } },
    { ...bare, trusted: false },
  );
  expect(settings.trusted).toBe(false);
});
