import { expect, test } from "vitest";
import { leadingElsewhere, terminalEnvironment } from "./terminal-environment";

test("is what VS Code gives to terminals", () => {
  const variables = {
    A: "plain",
    B: null,
    C: "${workspaceFolder}/x:${env:PATH}:${env:NONE}:${userHome}",
    D: "${config:x} $HOME ${",
    E: 1,
  };
  expect(
    terminalEnvironment(variables, {
      workspaceFolder: "/work",
      userHome: "/home/ada",
      env: { PATH: "/bin" },
    }),
  ).toEqual({
    A: "plain",
    B: null,
    C: "/work/x:/bin::/home/ada",
    D: "${config:x} $HOME ${",
  });
});

test("without a folder its name stays", () => {
  const { A } = terminalEnvironment(
    { A: "${workspaceFolder}" },
    { workspaceFolder: undefined, userHome: "", env: {} },
  );
  expect(A).toBe("${workspaceFolder}");
});

test("what leads into the folder of the workspace is told from the rest", () => {
  const rest = { A: "${userHome}/.prefect", B: null };
  const inside = {
    C: "${workspaceFolder}/.prefect",
    D: "x:${workspaceFolder}",
  };
  expect(leadingElsewhere({ ...rest, ...inside })).toEqual(rest);
});
