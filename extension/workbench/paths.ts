import * as path from "node:path";

/** The folder of the repository, which is also the folder of the extension. */
export const root = path.resolve(__dirname, "..", "..");

/** What is installed for tests and the demo; git ignores it. */
export const cache = path.join(root, ".cache");
