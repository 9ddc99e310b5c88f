import { expect, test } from "vitest";
import { withoutReference } from "./document-links";

test("pages of workspaces stay, and the reference of each setting goes", () => {
  const reference = { target: { authority: "docs.prefect.io" } };
  const page = { target: { authority: "app.prefect.cloud" } };
  const unresolved = {};
  expect(withoutReference([reference, page, unresolved])).toEqual([
    page,
    unresolved,
  ]);
  expect(withoutReference(null)).toBeUndefined();
});
