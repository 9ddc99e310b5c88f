import * as path from "node:path";

/** Files that only somebody who uses Prefect has. */
const prefectFiles = new Set(["prefect.toml", "prefect.yaml"]);

/** What in the text of a file tells that Prefect is used, by a pattern for the file's name. */
const signs: readonly (readonly [name: RegExp, text: RegExp])[] = [
  [/^profiles\.toml$/, /^\s*\[\s*profiles\b/m],
  [/^(?:\.env(?:\..+)?|.+\.env)$/, /^\s*(?:export\s+)?PREFECT_\w+\s*=/m],
  // A table of Prefect's, or a dependency as PEP 621 and as Poetry have it.
  [
    /^pyproject\.toml$/,
    /^\s*\[\s*tool\s*\.\s*prefect\b|["']prefect(?:-\w+)*\s*["'<>=!~;@[]|^\s*prefect(?:-\w+)*\s*=/m,
  ],
  [/^requirements.*\.txt$/, /^\s*prefect(?:-\w+)*\s*(?:[<>=!~;@[#]|$)/m],
];

/** The names of the files that can tell whether Prefect is used in a folder. */
export const tellingFiles = [
  ...prefectFiles,
  ".env",
  "pyproject.toml",
  "requirements.txt",
] as const;

/** Whether the file called `file` with this text tells that Prefect is used. */
export function tellsOfPrefect(file: string, text: string): boolean {
  const name = path.basename(file);
  return (
    prefectFiles.has(name) ||
    signs.some(([of, sign]) => of.test(name) && sign.test(text))
  );
}
