import { readdir, readFile } from "node:fs/promises";
import * as path from "node:path";
import type { Metafile } from "esbuild";
import { root } from "../workbench/paths";
import { go, serverPackage } from "./server";
import { platforms, type Platform } from "./targets";

/** The work of others that is part of what we ship. */
export interface Component {
  readonly name: string;
  readonly version: string;
  /** The package URL, by which scanners find known vulnerabilities. */
  readonly purl: string;
  /** The SPDX identifier of its licence. */
  readonly licence: string;
  /** Its licence and its notices, if it has any, word for word. */
  readonly texts: readonly string[];
}

/** What a component needs to be found on this machine. */
type Source = Pick<Component, "name" | "version"> & { readonly folder: string };

/** What is in the servers: Go's own library, and each module that any of the platforms needs. */
export async function serverComponents(): Promise<readonly Component[]> {
  const modules = await Promise.all(platforms.map(goModules));
  const byName = new Map(modules.flat().map((module) => [module.name, module]));
  const components = await Promise.all(
    [await goLibrary(), ...byName.values()].map(goComponent),
  );
  return sorted(components);
}

async function goLibrary(): Promise<Source> {
  const { GOVERSION, GOROOT } = JSON.parse(
    await go({}, "env", "-json", "GOVERSION", "GOROOT"),
  ) as { GOVERSION: string; GOROOT: string };
  // Scanners know it by this name.
  return {
    name: "stdlib",
    version: GOVERSION.replace("go", ""),
    folder: GOROOT,
  };
}

/** The modules of the packages that the server for `platform` is made of. */
async function goModules(platform: Platform): Promise<readonly Source[]> {
  const fields = "{{.Path}}\t{{.Version}}\t{{.Dir}}";
  const template = `{{with .Module}}{{if not .Main}}${fields}{{end}}{{end}}`;
  const list = await go(
    platform.go,
    ...["list", "-deps", "-f", template, serverPackage],
  );
  return list
    .trim()
    .split("\n")
    .map((line) => {
      const [name = "", version = "", folder = ""] = line.split("\t");
      return { name, version, folder };
    });
}

async function goComponent({
  name,
  version,
  folder,
}: Source): Promise<Component> {
  const texts = await licenceTexts(folder);
  const licence = recognise(texts.join("\n"));
  if (licence === undefined) {
    throw new Error(`Nobody has said what the licence in ${folder} is called.`);
  }
  return {
    name,
    version,
    purl: `pkg:golang/${name}@${version}`,
    licence,
    texts,
  };
}

/** The SPDX identifier of a licence, by words that only its text has. */
function recognise(text: string): string | undefined {
  if (text.includes("Apache License")) {
    return "Apache-2.0";
  }
  if (text.includes("Permission is hereby granted, free of charge")) {
    return "MIT";
  }
  if (text.includes("Neither the name of")) {
    return "BSD-3-Clause";
  }
  return undefined;
}

/** What is in the bundle: each npm package of which it holds code. */
export async function bundleComponents({
  outputs,
}: Metafile): Promise<readonly Component[]> {
  const folders = Object.values(outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .map((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0])
    .filter((folder) => folder !== undefined);
  const components = [...new Set(folders)].map((folder) =>
    npmComponent(path.join(root, folder)),
  );
  return sorted(await Promise.all(components));
}

async function npmComponent(folder: string): Promise<Component> {
  const manifest = await readFile(path.join(folder, "package.json"), "utf8");
  const { name, version, license } = JSON.parse(manifest) as {
    name: string;
    version: string;
    license: string;
  };
  return {
    name,
    version,
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    licence: license,
    texts: await licenceTexts(folder),
  };
}

async function licenceTexts(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) =>
    /^(licen[cs]e|copying|notice)(\.md|\.txt)?$/i.test(name),
  );
  if (names.length === 0) {
    throw new Error(`There is no licence in ${folder}.`);
  }
  const texts = names
    .toSorted()
    .map((name) => readFile(path.join(folder, name), "utf8"));
  return (await Promise.all(texts)).map((text) =>
    text.replaceAll("\r\n", "\n").trim(),
  );
}

/** By package URL, in an order that is the same in every language. */
function sorted(components: readonly Component[]): readonly Component[] {
  return components.toSorted((a, b) => (a.purl < b.purl ? -1 : 1));
}
