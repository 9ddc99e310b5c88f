import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import * as protocol from "./protocol";

// Commands are only named here, never run.
vi.mock("vscode", () => ({
  ThemeIcon: Object,
}));

const { commands } = await import("./commands");

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
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string }[];
    };
    readonly configuration: {
      readonly properties: Readonly<Record<string, Setting>>;
    };
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly restrictedConfigurations: readonly string[];
    };
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const settings = Object.entries(manifest.contributes.configuration.properties);
const palette = manifest.contributes.commands.map(({ command }) => command);

test("the palette offers few commands, all of which there are", () => {
  expect(palette.length).toBeLessThanOrEqual(14);
  expect(Object.keys(commands)).toEqual(expect.arrayContaining(palette));
  for (const { category } of manifest.contributes.commands) {
    expect(category).toBe("Prefect");
  }
});

test("every command that the server carries out can be run", () => {
  const names = Object.entries(protocol)
    .filter(([name]) => name.startsWith("command"))
    .map(([, id]) => id);
  expect(Object.keys(commands)).toEqual(expect.arrayContaining(names));
});

test("only commands of the palette are hidden from it", () => {
  for (const { command } of manifest.contributes.menus.commandPalette) {
    expect(palette).toContain(command);
  }
});

test("a workspace that is not trusted can set nothing that acts outside of it", () => {
  const { restrictedConfigurations } =
    manifest.capabilities.untrustedWorkspaces;
  expect(restrictedConfigurations).toEqual([
    "prefect.cwd",
    "prefect.environment",
    "prefect.network.checkInterval",
    "prefect.network.enabled",
    "prefect.profilesPath",
    "prefect.server.path",
  ]);
});

describe.each(settings)("the setting %s", (_, setting) => {
  test("has a default", () => {
    expect(setting).toHaveProperty("default");
  });

  test("is described in one sentence", () => {
    expect(setting.markdownDescription).toMatch(/^[A-Z][^\n]*[^.]\.$/);
  });
});

describe("the walkthrough", () => {
  const steps = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps);

  test.each(steps)("has a step that a command ends: $description", (step) => {
    const [, linked] = /\]\(command:([\w.]+)\)/.exec(step.description) ?? [];
    expect(palette).toContain(linked);
    expect(step.completionEvents).toEqual([`onCommand:${linked}`]);
  });

  test.each(steps)(
    "has a picture in the theme's colours: $media.svg",
    ({ media }) => {
      const picture = readFileSync(media.svg, "utf8");
      expect(picture).toContain("var(--vscode-");
      expect(picture).not.toMatch(/#[0-9a-f]{3,6}\b/i);
    },
  );

  test.each(steps)(
    "has a picture to be seen in high contrast: $media.svg",
    ({ media }) => {
      const picture = readFileSync(media.svg, "utf8");
      // High contrast themes have no colour of these; without another one they would be black.
      expect(picture).not.toMatch(
        /var\(--vscode-(statusBar|list-activeSelection|button)-?[Bb]ackground\)/,
      );
    },
  );
});

test("no folder, trusted or not, decides about the network and programs", () => {
  const own = settings.filter(([, { scope }]) => scope === "machine");
  expect(own.map(([name]) => name)).toEqual([
    "prefect.network.checkInterval",
    "prefect.network.enabled",
    "prefect.profilesPath",
    "prefect.server.path",
  ]);
});
