// Bundles the extension into one file and refuses a bundle over its budget.
import { readFile, stat } from "node:fs/promises";
import { build } from "esbuild";

const bundle = "extension/dist/main.js";
const budgetBytes = 300_000;

// Features of the language client that this server has no use for: they are a quarter of its code. The client registers every
// feature it knows, so no bundler can tell that they are not needed. Take a name out of the list to get its feature back.
// "diagnostic" is the pull model; in VS Code the server pushes.
const unusedFeatures = [
  "callHierarchy",
  "colorProvider",
  "declaration",
  "diagnostic",
  "fileOperations",
  "formatting",
  "implementation",
  "inlineCompletion",
  "inlineValue",
  "linkedEditingRange",
  "notebook",
  "signatureHelp",
  "typeDefinition",
  "typeHierarchy",
];

const inertFeature = `class {
  fillClientCapabilities() {}
  initialize() {}
  getState() { return { kind: "static" }; }
  clear() {}
}`;

/** Puts a feature that announces and does nothing in the place of each unused one. */
const leaveOutUnusedFeatures = {
  name: "leave-out-unused-features",
  setup(/** @type {import("esbuild").PluginBuild} */ build) {
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
const leaveOutVersionCheck = {
  name: "leave-out-version-check",
  setup(/** @type {import("esbuild").PluginBuild} */ build) {
    build.onLoad({ filter: /semver[\\/]functions[\\/]parse\.js$/ }, () => ({
      contents: "module.exports = (version) => ({ version });",
    }));
    build.onLoad({ filter: /semver[\\/]functions[\\/]satisfies\.js$/ }, () => ({
      contents: "module.exports = () => true;",
    }));
  },
};

await build({
  entryPoints: ["extension/src/main.ts"],
  outfile: bundle,
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  // The Node.js of the oldest VS Code in `engines.vscode`.
  target: "node20",
  external: ["vscode"],
  plugins: [leaveOutUnusedFeatures, leaveOutVersionCheck],
});

const { size } = await stat(bundle);
console.log(`${bundle}: ${String(size)} of ${String(budgetBytes)} bytes`);
if (size > budgetBytes) {
  throw new Error("The bundle is over its budget.");
}
