import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commands } from "./commands";

interface Setting {
  readonly default?: unknown;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly category: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, Setting>>;
    };
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly restrictedConfigurations: readonly string[];
    };
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const settings = Object.entries(manifest.contributes.configuration.properties);

test("the manifest offers exactly the commands there are", () => {
  expect(manifest.contributes.commands.map(({ command }) => command)).toEqual(
    Object.keys(commands),
  );
  for (const { category } of manifest.contributes.commands) {
    expect(category).toBe("Prefect");
  }
});

describe.each(settings)("the setting %s", (name, setting) => {
  test("has a default", () => {
    expect(setting).toHaveProperty("default");
  });

  test("is described in one sentence", () => {
    expect(setting.markdownDescription).toMatch(/^[A-Z][^\n]*[^.]\.$/);
  });

  test("cannot be set by a workspace that is not trusted if it names a program", () => {
    const { restrictedConfigurations } =
      manifest.capabilities.untrustedWorkspaces;
    if (setting.scope === "machine") {
      expect(restrictedConfigurations).toContain(name);
    } else {
      expect(restrictedConfigurations).not.toContain(name);
    }
  });
});
