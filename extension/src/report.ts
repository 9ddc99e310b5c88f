import { redact } from "./redact";
import type { SettingStatus, Status } from "./protocol";

/** What a bug report should say. */
export interface Facts {
  /** What runs, with its version, by name. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly server: string;
  readonly home: string;
  readonly status: Status | null;
  readonly settings: readonly SettingStatus[];
}

/** `facts` as text to paste into a bug report, without keys, ids and the name of the person. */
export function report({
  versions,
  server,
  home,
  status,
  settings,
}: Facts): string {
  const sources = settings.map(({ name, source, shadows }) => ({
    name,
    source,
    shadows,
  }));
  const sections = [
    [
      ...Object.entries(versions).map(
        ([name, version]) => `${name}: ${version ?? "unknown"}`,
      ),
      `Language server: ${server}`,
    ].join("\n"),
    `Status:\n${JSON.stringify(status, undefined, 2)}`,
    `Settings that have a value, without it:\n${JSON.stringify(sources, undefined, 2)}`,
  ];
  return `${mask(redact(sections.join("\n\n")), home)}\n`;
}

function mask(text: string, home: string): string {
  const id = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{8}([0-9a-f]{4})\b/gi;
  const withoutIds = text.replaceAll(id, "****$1");
  // As it stands in JSON, where a backslash is two.
  const written = JSON.stringify(home).slice(1, -1);
  return home === "" ? withoutIds : withoutIds.replaceAll(written, "~");
}
