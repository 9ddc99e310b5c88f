import { expect, test } from "vitest";
import { isProtected } from "./protected-workspaces";

test.each([
  ["acme/prod", ["*/prod"], true],
  ["acme/prod", ["acme/*"], true],
  ["acme/prod", ["x", "ACME/PROD"], true],
  ["acme/prod2", ["*/prod?"], true],
  ["acme/prod", ["*"], false],
  ["acme/prod", ["prod"], false],
  ["acme/xprod", ["*/prod"], false],
  ["acme.prod", ["acme?prod", "acme/prod"], true],
  ["acmeXprod", ["acme.prod"], false],
  ["[a](b)", ["[a](b)"], true],
  ["acme/prod", [], false],
])("%s in %j is %s", (name, globs, want) => {
  expect(isProtected(name, globs)).toBe(want);
});
