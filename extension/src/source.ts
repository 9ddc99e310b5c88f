import * as path from "node:path";
import type { StatusError, StatusSource } from "./protocol";

/** A source as a person finds it: `.env:3`, or `PREFECT_API_URL in the environment`. `folder` is where the code is started. */
export function describeSource(
  { kind, path: file, line, variable = "", profile = "" }: StatusSource,
  folder: string,
): string {
  if (file !== undefined) {
    const place = shorten(file, folder);
    return line === undefined ? place : `${place}:${line}`;
  }
  switch (kind) {
    case "env":
      return `${variable} in the environment`;
    case "profile":
      return `the built-in profile '${profile}'`;
    default:
      return "Prefect's default";
  }
}

/** Why Prefect does not start, with the setting that it is about, if it is about one. */
export function describeError({ message, source }: StatusError): string {
  return source.variable === undefined
    ? message
    : `${source.variable}: ${message}`;
}

/** A path as seen from `folder`, or only its last two parts where it lies elsewhere. */
function shorten(file: string, folder: string): string {
  const inside = path.relative(folder, file);
  if (!inside.startsWith("..") && !path.isAbsolute(inside)) {
    return inside;
  }
  return path.join(path.basename(path.dirname(file)), path.basename(file));
}
