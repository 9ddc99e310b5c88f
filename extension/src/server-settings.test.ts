import { describe, expect, test } from "vitest";
import { serverSettings } from "./server-settings";

const tombi = (id: string) => id === "tombi-toml.tombi";
const taplo = (id: string) => id === "tamasfe.even-better-toml";
const none = () => false;

describe("who reports what is no TOML", () => {
  test.each([
    ["auto", none, "on"],
    ["auto", tombi, "off"],
    ["auto", taplo, "off"],
    ["on", taplo, "on"],
    ["off", none, "off"],
    // What the server cannot read is the server's to report.
    ["sometimes", taplo, "sometimes"],
  ])("%s with %o is %s", (syntax, isEnabled, want) => {
    expect(serverSettings({ diagnostics: { syntax } }, isEnabled)).toEqual({
      diagnostics: { syntax: want },
    });
  });
});

test("the other settings are as they were", () => {
  const settings = {
    diagnostics: { severity: { "unknown-setting": "off" }, syntax: "auto" },
    server: { logLevel: "debug" },
  };
  expect(serverSettings(settings, none)).toEqual({
    diagnostics: { severity: { "unknown-setting": "off" }, syntax: "on" },
    server: { logLevel: "debug" },
  });
});
