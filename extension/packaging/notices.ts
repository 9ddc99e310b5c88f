import type { Component } from "./components";

const introduction = `# Notices

prefect-ls is under the [MIT licence](../LICENSE). It stands on the work of others.

## What it was made with

| what | licence | for what |
| --- | --- | --- |
| [Prefect](https://github.com/PrefectHQ/prefect) | Apache-2.0 | names, defaults and limits of the settings are recorded from it; their descriptions are ours |
| [python-dotenv](https://github.com/theskumar/python-dotenv) | BSD-3-Clause | \`profiles/syntax\` follows its grammar of \`.env\` files |
| [toml-test](https://github.com/toml-lang/toml-test) | MIT | its corpus is a test, with its licence inside the archive |
`;

/** The page of notices: whom we owe what, and every licence of what we ship, each text once. */
export function notices(
  server: readonly Component[],
  bundle: readonly Component[],
): string {
  return [
    introduction,
    "## What is in it\n",
    table("The server", server),
    table("The VS Code extension", bundle),
    "## Licences\n",
    ...licences([...server, ...bundle]),
  ].join("\n");
}

function table(part: string, components: readonly Component[]): string {
  const rows = components.map(
    ({ name, licence }) => `| ${name} | ${licence} |\n`,
  );
  return `| ${part} | licence |\n| --- | --- |\n${rows.join("")}`;
}

function licences(components: readonly Component[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { name, texts } of components) {
    for (const text of texts) {
      names.set(text, [...(names.get(text) ?? []), name]);
    }
  }
  return [...names].map(
    ([text, of]) => `### ${of.join(", ")}\n\n\`\`\`\`text\n${text}\n\`\`\`\`\n`,
  );
}
