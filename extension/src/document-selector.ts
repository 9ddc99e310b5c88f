/** The names of the files Prefect reads its settings from. A file is ours by its name, whatever language VS Code takes it for. */
export const filePatterns = [
  "**/profiles.toml",
  "**/prefect.toml",
  "**/pyproject.toml",
  "**/.env",
  "**/.env.*",
  "**/*.env",
] as const;

// Not the other schemes: one side of a diff or of a conversation is a copy that nobody can mend.
const schemes = ["file", "untitled", "vscode-vfs"] as const;

/** A document without a name may become one of these files; the server goes by its text. */
const untitledLanguages = ["toml", "dotenv"] as const;

/** Which documents the server is asked about. */
export const documentSelector = [
  ...schemes.flatMap((scheme) =>
    filePatterns.map((pattern) => ({ scheme, pattern })),
  ),
  ...untitledLanguages.map((language) => ({ scheme: "untitled", language })),
];
