import type { SettingStatus, Status } from "./protocol";
import { describeSource } from "./source";
import { nameTarget } from "./target";

/** The settings in effect, as a person reads them: each below the line that says what gives it its value. */
export function settingsText(
  status: Status,
  settings: readonly SettingStatus[],
): string {
  const { folder, serverType, source, profile } = status;
  const server =
    serverType === "ephemeral"
      ? "a temporary local server"
      : nameTarget(status);
  const isSaid = profile.bundled && source.kind === "profile";
  const by =
    profile.name === "" || isSaid ? "" : `, with profile '${profile.name}'`;
  const head = [
    `# Code that is started in ${folder}`,
    `# runs on ${server}, from ${describeSource(source, folder)}${by}.`,
    "#",
    "# These settings have a value other than by default; the first source named counts.",
  ];
  const blocks = settings.map(({ name, value, source, shadows }) => {
    const sources = [source, ...shadows]
      .map((one) => describeSource(one, folder))
      .join(", not ");
    return [`# ${sources}`, `${name} = ${inWords(value)}`];
  });
  return [head, ...blocks].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function inWords(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
