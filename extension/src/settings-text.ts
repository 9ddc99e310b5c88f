import type { SettingStatus, Status } from "./protocol";
import { describeSource } from "./source";
import { nameTarget } from "./target";

/** The settings in effect, as a person reads them: each below the line that says what gives it its value. */
export function settingsText(
  status: Status,
  settings: readonly SettingStatus[],
): string {
  const profile =
    status.profile.name === "" ? "" : `, with profile '${status.profile.name}'`;
  const head = [
    `# Code that is started in ${status.folder}`,
    `# runs on ${nameTarget(status)}, from ${describeSource(status.source, status.folder)}${profile}.`,
    "#",
    "# These settings have a value other than by default; the first source named counts.",
  ];
  const blocks = settings.map(({ name, value, source, shadows }) => {
    const sources = [source, ...shadows]
      .map((one) => describeSource(one, status.folder))
      .join(", not ");
    return [`# ${sources}`, `${name} = ${inWords(value)}`];
  });
  return [head, ...blocks].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function inWords(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
