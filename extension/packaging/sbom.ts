import manifest from "../../package.json";
import type { Component } from "./components";

/** The bill of materials of a release in the format CycloneDX 1.6: what is in the server, and what in the extension's bundle. */
export function sbom(
  server: readonly Component[],
  bundle: readonly Component[],
): string {
  const { name, version, license } = manifest;
  const own = (part: string) => ({
    type: "application",
    "bom-ref": part,
    name: part,
    version,
    licenses: [{ license: { id: license } }],
  });
  const [serverPart, bundlePart] = [`${name}-server`, `${name}-extension`];
  const document = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        ...own(name),
        components: [own(serverPart), own(bundlePart)],
      },
    },
    components: [...server, ...bundle].map((component) => ({
      type: "library",
      "bom-ref": component.purl,
      name: component.name,
      version: component.version,
      licenses: [{ license: { id: component.licence } }],
      purl: component.purl,
    })),
    dependencies: [
      { ref: name, dependsOn: [serverPart, bundlePart] },
      { ref: serverPart, dependsOn: server.map(({ purl }) => purl) },
      { ref: bundlePart, dependsOn: bundle.map(({ purl }) => purl) },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
