import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { root } from "../workbench/paths";
import { ensureSize } from "./size";

/** The whole client in one file, below the root: `main` of the manifest. */
export const bundleFile = "extension/dist/main.js";
const budgetBytes = 300_000;

// Features of the language client that this server has no use for: they are a quarter of its code. The client registers every
// feature it knows, so no bundler can tell that they are not needed. Take a name out of the list to get its feature back.
// "diagnostic" is the pull model; in VS Code the server pushes. "executeCommand" would register the server's commands, which the
// extension does itself, so that they are there before the server.
const unusedFeatures = [
  "callHierarchy",
  "colorProvider",
  "declaration",
  "diagnostic",
  "executeCommand",
  "fileOperations",
  "formatting",
  "implementation",
  "inlineCompletion",
  "inlineValue",
  "linkedEditingRange",
  "notebook",
  "selectionRange",
  "signatureHelp",
  "typeDefinition",
  "typeHierarchy",
  "workspaceSymbol",
];

const inertFeature = `class {
  fillClientCapabilities() {}
  initialize() {}
  getState() { return { kind: "static" }; }
  clear() {}
}`;

/** Puts a feature that announces and does nothing in the place of each unused one, and nothing in that of its messages. */
const leaveOutUnusedFeatures: Plugin = {
  name: "leave-out-unused-features",
  setup(build) {
    // Whoever synchronizes documents asks whether they are notebooks.
    const unusedMessages = unusedFeatures.filter((name) => name !== "notebook");
    const messages = new RegExp(
      `vscode-languageserver-protocol[\\\\/]lib[\\\\/]common[\\\\/]protocol\\.(${unusedMessages.join("|")})\\.js$`,
    );
    build.onLoad({ filter: messages }, () => ({ contents: "" }));
    const filter = new RegExp(
      `vscode-languageclient[\\\\/]lib[\\\\/]common[\\\\/](${unusedFeatures.join("|")})\\.js$`,
    );
    build.onLoad({ filter }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const names = [...source.matchAll(/^exports\.(\w+) = \1;$/gm)];
      return {
        contents: names
          .map(([, name]) => `exports.${name ?? ""} = ${inertFeature};`)
          .join("\n"),
      };
    });
  },
};

/** The client compares VS Code's version with its own minimum, which `engines.vscode` of our manifest has already ensured. */
const leaveOutVersionCheck: Plugin = {
  name: "leave-out-version-check",
  setup(build) {
    build.onLoad({ filter: /semver[\\/]functions[\\/]parse\.js$/ }, () => ({
      contents: "module.exports = (version) => ({ version });",
    }));
    build.onLoad({ filter: /semver[\\/]functions[\\/]satisfies\.js$/ }, () => ({
      contents: "module.exports = () => true;",
    }));
  },
};

/**
 * Takes the API of VS Code as it is. An import as a namespace would first copy its hundreds of members, for every file of ours
 * that imports it and while VS Code waits.
 */
const shareApi: Plugin = {
  name: "share-api",
  setup(build) {
    build.onLoad({ filter: /extension[\\/]src[\\/].*\.ts$/ }, async (file) => {
      const source = await readFile(file.path, "utf8");
      const contents = source.replace(
        'import * as vscode from "vscode";',
        'const vscode = require("vscode");',
      );
      return { contents, loader: "ts" };
    });
  },
};

/** Writes the bundle and returns what went into it. A bundle over its budget is an error. */
export async function buildBundle(): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["extension/src/main.ts"],
    outfile: bundleFile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    // The Node.js of the oldest VS Code in `engines.vscode`.
    target: "node20",
    external: ["vscode"],
    plugins: [leaveOutUnusedFeatures, leaveOutVersionCheck, shareApi],
    metafile: true,
  });
  await ensureSize(path.join(root, bundleFile), budgetBytes);
  return metafile;
}
