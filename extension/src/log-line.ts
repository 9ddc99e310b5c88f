/** A line of the language client's log. */
export interface LogLine {
  readonly level: "error" | "warn" | "info";
  readonly text: string;
}

/** What the client calls an error though it asked for it: every restart ends so. */
const orderlyEnd = "Server process exited with code 0.";

/**
 * Takes apart a line such as `[Warn  - 10:11:12 AM] text`. VS Code writes level and time of its own. Traces and debug messages
 * count as information: they come only where a setting asks for them, and nobody should have to ask twice.
 */
export function readLine(line: string): LogLine {
  const match = /^\[(Error|Warn|Info|Debug|Trace|LSP) *- [^\]]*\] /.exec(line);
  const text = line.slice(match?.[0].length ?? 0);
  switch (match?.[1]) {
    case "Error":
      return { level: text === orderlyEnd ? "info" : "error", text };
    case "Warn":
      return { level: "warn", text };
    default:
      return { level: "info", text };
  }
}
