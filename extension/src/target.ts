import type { Status } from "./protocol";

/** Where code runs, in the few words that the status item has room for. */
export function nameTarget(status: Status): string {
  switch (status.serverType) {
    case "cloud":
      return (
        status.handle ??
        (status.workspace === undefined
          ? "Prefect Cloud"
          : `workspace ${status.workspace.slice(0, 8)}`)
      );
    case "server":
      return host(status.apiUrl);
    case "ephemeral":
      return "ephemeral";
    default:
      return "no server";
  }
}

function host(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "server";
}

/** The most characters of a name that are shown. */
const room = 32;

/** `name` with its middle left out if it is too long: account and workspace begin and end it. */
export function elide(name: string): string {
  const signs = Array.from(name);
  if (signs.length <= room) {
    return name;
  }
  const head = signs.slice(0, Math.ceil((room - 1) / 2)).join("");
  const tail = signs.slice(-Math.floor((room - 1) / 2)).join("");
  return `${head}…${tail}`;
}
