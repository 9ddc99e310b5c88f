/** Variables by name; `null` takes one away. */
export type Variables = Readonly<Record<string, string | null>>;

/** What VS Code puts in for the names in `${...}`. */
export interface Substitutions {
  readonly workspaceFolder: string | undefined;
  readonly userHome: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `variables` as a terminal gets them: `${env:X}`, `${workspaceFolder}` and `${userHome}` put in, and all that is no text left out. */
export function terminalEnvironment(
  variables: Readonly<Record<string, unknown>>,
  substitutions: Substitutions,
): Variables {
  const result: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value === "string") {
      result[name] = substitute(value, substitutions);
    } else if (value === null) {
      result[name] = null;
    }
  }
  return result;
}

/** `variables` without those that lead into the folder of the workspace, whatever somebody else put there. */
export function leadingElsewhere<V>(
  variables: Readonly<Record<string, V>>,
): Record<string, V> {
  return Object.fromEntries(
    Object.entries(variables).filter(
      ([, value]) => !String(value).includes("${workspaceFolder"),
    ),
  );
}

/** `text` with the names in `${...}` put in; what VS Code knows no value for stays. */
export function substitute(
  text: string,
  { workspaceFolder, userHome, env }: Substitutions,
): string {
  return text.replaceAll(
    /\$\{(env:)?([^}]*)\}/g,
    (whole, isVariable, name: string) => {
      if (isVariable !== undefined) {
        return env[name] ?? "";
      }
      switch (name) {
        case "workspaceFolder":
          return workspaceFolder ?? whole;
        case "userHome":
          return userHome;
        default:
          return whole;
      }
    },
  );
}
