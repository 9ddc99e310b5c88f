import { describe, expect, test } from "vitest";
import { redact } from "./redact";

const key = "pnu_0123456789abcdefghijklmnopqrstuvwxyz";

describe("redact", () => {
  test.each([
    ["a key", `used ${key} here`, "used pnu_****wxyz here"],
    ["a key of a service account", "pnb_0123456789abcd", "pnb_****abcd"],
    ["a short key", "pnu_0123", "pnu_****"],
    ["bare", "PREFECT_API_KEY=hush hush\nx=1", "PREFECT_API_KEY=****\nx=1"],
    [
      "in double quotes",
      'PREFECT_SERVER_API_AUTH_STRING = "a:\\"b" # why',
      "PREFECT_SERVER_API_AUTH_STRING = **** # why",
    ],
    [
      "in single quotes",
      "PREFECT_API_AUTH_STRING = 'a b'\n",
      "PREFECT_API_AUTH_STRING = ****\n",
    ],
    [
      "in escaped quotes",
      String.raw`{"newText":"PREFECT_SERVER_DATABASE_PASSWORD = \"a b\"\nX = 1"}`,
      String.raw`{"newText":"PREFECT_SERVER_DATABASE_PASSWORD = ****\nX = 1"}`,
    ],
    [
      "in lower case",
      "[server.database]\npassword = 'x'",
      "[server.database]\npassword = ****",
    ],
    [
      "in JSON",
      String.raw`{"PREFECT_API_KEY": "a\"b", "x": "y"}`,
      `{"PREFECT_API_KEY": "****", "x": "y"}`,
    ],
    [
      "in JSON, in lower case",
      '{"api_key": "a"}\n{"api_key": "b"}',
      '{"api_key": "****"}\n{"api_key": "****"}',
    ],
    [
      "in a URL",
      "postgresql+asyncpg://me:hush@db:5432/x",
      "postgresql+asyncpg://me:****@db:5432/x",
    ],
  ])("masks a value %s", (_, text, want) => {
    expect(redact(text)).toBe(want);
  });

  test.each([
    'PREFECT_API_URL = "https://api.prefect.cloud/api/accounts/1"',
    "PREFECT_API_KEY is set in two places",
    'range: {"start":{"line":1,"character":2}}',
    "http://127.0.0.1:4200/api",
    "",
  ])("keeps %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("leaves out the text of a file, even a single letter of a key", () => {
    const trace = (text: string) =>
      `Sending notification 'textDocument/didChange'.\nParams: ${JSON.stringify(
        { contentChanges: [{ text }], version: 2 },
        undefined,
        4,
      )}`;

    expect(redact(trace("p"))).toBe(trace("<1 characters>"));
    expect(redact(trace(`PREFECT_API_KEY = "${key}"\n`))).not.toContain("wxyz");
  });

  test("leaves out what a person typed", () => {
    const trace = (value: string) =>
      `Sending response 'prefect/input - (3)'. Processing request took 2ms\nResult: ${JSON.stringify({ value }, undefined, 4)}`;
    expect(redact(trace('no key "at" all'))).toBe(trace("****"));
  });

  test.each(["environment", "workspaceEnvironment"])(
    "leaves out the variables of terminals in %s",
    (setting) => {
      const variables = { TOKEN: 'hush "}" hush', B: null };
      const redacted = redact(
        `Result: ${JSON.stringify([{ [setting]: variables, version: "3" }], undefined, 4)}`,
      );
      expect(redacted).not.toContain("hush");
      expect(redacted).toContain(`"${setting}": {`);
      expect(redacted).toContain('"version": "3"');
    },
  );

  test.each(["a", "API_KEY", '"API_KEY', "API_KEY ", "://a:", "pnu_"])(
    "is done soon with very much of %s",
    (text) => {
      const started = performance.now();
      redact(text.repeat(50_000));
      // In time with the square of the length it would take minutes.
      expect(performance.now() - started).toBeLessThan(5000);
    },
  );
});
