/** Whether one of the globs of `prefect.protectedWorkspaces`, in which `*` and `?` stand for anything but a slash, is `name`. */
export function isProtected(name: string, globs: readonly string[]): boolean {
  return globs.some((glob) => toPattern(glob).test(name));
}

function toPattern(glob: string): RegExp {
  const signs: Readonly<Record<string, string>> = { "*": "[^/]*", "?": "[^/]" };
  const source = glob.replaceAll(
    /[\\^$.*+?()[\]{}|/-]/g,
    (sign) => signs[sign] ?? `\\${sign}`,
  );
  return new RegExp(`^${source}$`, "i");
}
