import { expect, test } from "vitest";
import { withoutReference } from "./document-links";

test("pages of workspaces stay, and the reference of each setting goes", () => {
  const reference = { target: { authority: "docs.prefect.io" } };
  const page = { target: { authority: "app.prefect.cloud" } };
  expect(withoutReference([reference, page, reference])).toEqual([page]);
  expect(withoutReference(null)).toBeUndefined();
});
