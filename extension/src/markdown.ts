/** `text` as itself in Markdown: it may come from a file and must neither format nor link anything. */
export function escape(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(
      /[\\`*_{}[\]()#+\-.!|<>~&$@:]/g,
      (sign) => `&#${sign.charCodeAt(0)};`,
    );
}

/** `text` in the font for code. */
export function code(text: string): string {
  const longest = Math.max(
    0,
    ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length),
  );
  const fence = "`".repeat(longest + 1);
  const room = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${room}${text.replaceAll(/\s+/g, " ")}${room}${fence}`;
}

/** A link that runs the command `id` with `args`. */
export function commandLink(
  title: string,
  id: string,
  ...args: unknown[]
): string {
  const query =
    args.length === 0 ? "" : `?${encodeURIComponent(JSON.stringify(args))}`;
  return `[${escape(title)}](command:${id}${query.replaceAll(/[()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`;
}
