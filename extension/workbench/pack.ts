import * as path from "node:path";
import { buildBundle } from "../packaging/bundle";
import { buildServer } from "../packaging/server";
import { thisPlatform } from "../packaging/targets";
import { packVsix } from "../packaging/vsix";

/** Puts the package of the extension for this machine, made from the sources as they are, into `folder` and returns its path. */
export async function packHere(folder: string): Promise<string> {
  const { platform, target } = thisPlatform();
  const file = path.join(folder, platform.executable);
  await buildBundle();
  await buildServer(platform, file);
  return packVsix(folder, { file, executable: platform.executable, target });
}
