import { expect, test } from "vitest";
import { describeError, describeSource } from "./source";

const variable = "PREFECT_API_URL";

test.each([
  [{ kind: "env", variable }, "PREFECT_API_URL in the environment"],
  [
    { kind: "env", variable, path: "/work/config/dev.env", line: 3 },
    "config/dev.env:3",
  ],
  [{ kind: "dotenv", path: "/work/.env" }, ".env"],
  [
    { kind: "profile", path: "/home/ada/.prefect/profiles.toml", line: 2 },
    ".prefect/profiles.toml:2",
  ],
  [{ kind: "profile", profile: "local" }, "the built-in profile 'local'"],
  [{ kind: "default" }, "Prefect's default"],
])("%j is %s", (source, want) => {
  expect(describeSource(source, "/work")).toBe(want);
});

test("an error names the setting that it is about, if it is about one", () => {
  const source = { kind: "dotenv", path: "/work/.env" };
  const message = "This is no number.";
  expect(describeError({ message, source })).toBe(message);
  expect(describeError({ message, source: { ...source, variable } })).toBe(
    "PREFECT_API_URL: This is no number.",
  );
});
