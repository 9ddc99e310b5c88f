import * as path from "node:path";
import type { StatusError, StatusSource } from "./protocol";

/** A source as a person finds it: `.env:3`, or `PREFECT_API_URL in the environment`. `folder` is where the code is started. */
export function describeSource(source: StatusSource, folder: string): string {
  switch (source.kind) {
    case "env":
      if (source.path === undefined) {
        return `${source.variable ?? "a variable"} in the environment`;
      }
      break;
    case "default":
      return "Prefect's default";
    case "profile":
      if (source.path === undefined) {
        return `the built-in profile '${source.profile ?? ""}'`;
      }
  }
  const place = shorten(source.path ?? source.kind, folder);
  return source.line === undefined ? place : `${place}:${source.line}`;
}

/** Why Prefect does not start, with the setting that it is about, if it is about one. */
export function describeError({ message, source }: StatusError): string {
  return source.variable === undefined || source.variable === ""
    ? message
    : `${source.variable}: ${message}`;
}

/** A path as seen from `folder`, or only its last two parts where it lies elsewhere. */
export function shorten(file: string, folder: string): string {
  const inside = path.relative(folder, file);
  if (!inside.startsWith("..") && !path.isAbsolute(inside)) {
    return inside;
  }
  return path.join(path.basename(path.dirname(file)), path.basename(file));
}
