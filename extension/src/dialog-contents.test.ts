import { expect, test } from "vitest";
import { arrange, inputProblem } from "./dialog-contents";

test("items of a group stand together below its name", () => {
  const items = [
    { id: "1" },
    { id: "2", group: "b" },
    { id: "3", group: "a" },
    { id: "4", group: "b" },
    { id: "5" },
  ];
  expect(
    arrange(items).map((entry) =>
      "separator" in entry ? entry.separator : entry.id,
    ),
  ).toEqual(["1", "5", "b", "2", "4", "a", "3"]);
});

test("a name that exists cannot be given", () => {
  expect(inputProblem(" prod ", ["prod"])).toBe("'prod' exists already.");
  expect(inputProblem("prod2", ["prod"])).toBeUndefined();
});
