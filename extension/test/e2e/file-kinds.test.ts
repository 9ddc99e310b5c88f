import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { test } from "./workbench";

// Without other extensions VS Code takes these for plain text, properties or a shell script. They are ours by their names.
test.for([
  [
    "profiles.toml",
    '[profiles.prod]\nPREFECT_LOGGING_LEVEL = "WARN"\n',
    "invalid-value",
  ],
  ["prefect.toml", '[api]\nulr = "http://x/api"\n', "unknown-setting"],
  ["pyproject.toml", "[tool.prefect.api]\nulr = 1\n", "unknown-setting"],
  [".env", "PREFECT_LOGING_LEVEL=INFO\n", "unknown-setting"],
  [".env.local", "PREFECT_LOGING_LEVEL=INFO\n", "unknown-setting"],
  ["prod.env", "PREFECT_LOGING_LEVEL=INFO\n", "unknown-setting"],
] as const)(
  "%s shows its problem",
  async ([name, text, code], { project, open }) => {
    const file = path.join(project, name);
    await writeFile(file, text);
    const workbench = await open(file);
    await workbench.press("ControlOrMeta+Shift+m");
    await workbench.problems(code).waitFor();
  },
);
