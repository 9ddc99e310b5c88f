import { expect, test } from "vitest";
import { withVariables } from "./debug-environment";

const launch = { type: "debugpy", name: "Flow", request: "launch" };
const variables = { PREFECT_PROFILE: "dev" };

test("a program that is started gets the variables", () => {
  expect(withVariables({ ...launch, env: { A: "1" } }, variables)).toEqual({
    ...launch,
    env: { A: "1", PREFECT_PROFILE: "dev" },
  });
  expect(withVariables(launch, variables)["env"]).toEqual(variables);
});

test("what the configuration says itself counts", () => {
  const env = { PREFECT_PROFILE: "mine" };
  expect(withVariables({ ...launch, env }, variables)["env"]).toEqual(env);
});

test("a program that runs already is only joined", () => {
  const attach = { ...launch, request: "attach" };
  expect(withVariables(attach, variables)).toBe(attach);
});
