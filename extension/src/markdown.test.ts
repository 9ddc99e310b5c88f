import { expect, test } from "vitest";
import { code, commandLink, escape } from "./markdown";

test.each([
  ["x", "`x`"],
  ["a \n\t b", "`a b`"],
  ["a``b", "```a``b```"],
  ["a`", "`` a` ``"],
  ["`a", "`` `a ``"],
])("%j is the code %s", (text, want) => {
  expect(code(text)).toBe(want);
});

test("what is escaped stays on its line", () => {
  expect(escape("a \n\n b")).toBe("a b");
});

test("a link runs a command, whatever its arguments hold", () => {
  expect(commandLink("Go", "prefect.x")).toBe("[Go](command:prefect.x)");
  const link = commandLink("Go", "prefect.x", { path: "/a (b)" });
  expect(link).toMatch(/^\[Go\]\(command:prefect\.x\?[^()]+\)$/);
  expect(decodeURIComponent(link)).toContain('?[{"path":"/a (b)"}]');
});
