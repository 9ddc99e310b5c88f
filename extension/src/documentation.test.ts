import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import manifest from "../../package.json";

/** A setting as the manifest has it. */
interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
}

const page = "docs/settings.md";

/** The page on settings and commands of the extension. To renew it: make generate. */
function documentation(): string {
  const { commands, configuration } = manifest.contributes;
  const settings: Readonly<Record<string, Setting>> = configuration.properties;
  return `# Settings and commands in VS Code

## Commands

All are in the palette, below *Prefect*, wherever they can work.

${table(
  ["command", "id"],
  commands.map(({ title, command }) => [title, code(command)]),
)}

## Settings

${table(
  ["setting", "meaning", "values", "default"],
  Object.entries(settings).map(([name, setting]) => [
    code(name),
    setting.markdownDescription,
    (setting.enum ?? [setting.type]).map(code).join(", "),
    code(JSON.stringify(setting.default)),
  ]),
)}

A folder that is not trusted cannot set these: ${manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.map(code).join(", ")}.
`;
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join(
    "\n",
  );
}

function code(text: string): string {
  return `\`${text}\``;
}

test("the page on settings and commands is what the manifest says", () => {
  if (process.env["UPDATE"] === "1") {
    writeFileSync(page, documentation());
  }
  expect(readFileSync(page, "utf8"), "stale; run: make generate").toBe(
    documentation(),
  );
});
