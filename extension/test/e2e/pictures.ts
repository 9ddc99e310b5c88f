import * as path from "node:path";
import { root } from "../../workbench/paths";

/** Where the picture with this name goes; every run makes it anew. */
export function picture(name: string): string {
  return path.join(root, "test-results", name);
}

/** Where a picture for the README goes: with `UPDATE=1` to those that the README shows. */
export function pictureForReadme(name: string): string {
  return process.env["UPDATE"] === "1"
    ? path.join(root, "docs/images", name)
    : picture(name);
}
