import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { inject } from "vitest";

/** Runs the real `prefect` command on the files in `prefectHome`, and returns what it prints. */
export async function prefect(
  prefectHome: string,
  ...args: string[]
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    inject("python"),
    ["-m", "prefect", ...args],
    {
      cwd: prefectHome,
      env: {
        HOME: prefectHome,
        PREFECT_HOME: prefectHome,
        // Else a long address is broken over many lines.
        COLUMNS: "1000",
        NO_COLOR: "1",
        DO_NOT_TRACK: "1",
      },
    },
  );
  return stdout;
}
