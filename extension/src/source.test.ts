import { expect, test } from "vitest";
import { describeSource } from "./source";

test("a variable is in the environment, or on the line of the file that sets it", () => {
  const source = { kind: "env", variable: "PREFECT_API_URL" };
  expect(describeSource(source, "/work")).toBe(
    "PREFECT_API_URL in the environment",
  );
  const file = { ...source, path: "/work/config/dev.env", line: 3 };
  expect(describeSource(file, "/work")).toBe("config/dev.env:3");
});
