import { execFile } from "node:child_process";
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { cache, root } from "../workbench/paths";

const run = promisify(execFile);

let temporary: string;
/** A repository of somebody who uses Prefect, with a mistake. */
let project: string;

beforeAll(async () => {
  temporary = await mkdtemp(path.join(tmpdir(), "prefect-ls-ci-"));
  project = path.join(temporary, "project");
  await mkdir(project);
  await writeFile(path.join(project, ".env"), mistake);
  await writeFile(path.join(project, ".env.example"), mistake);
  await writeFile(path.join(project, "pyproject.toml"), "[tool.black]\n");
  await commit(project);
});

afterAll(async () => {
  await rm(temporary, { recursive: true });
});

const mistake = "PREFECT_LOGING_LEVEL=INFO\n";

async function commit(folder: string): Promise<void> {
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  for (const args of [
    ["init", "--quiet"],
    ["add", "--all"],
    [...who, "commit", "--quiet", "--no-verify", "--message", "All"],
  ]) {
    await run("git", args, { cwd: folder });
  }
}

test("pre-commit builds the program and checks the files that are for Prefect", async () => {
  await run(path.join(root, ".ci/install"), ["pre-commit"]);
  const repository = path.join(temporary, "repository");
  for (const part of [
    ".pre-commit-hooks.yaml",
    "go.mod",
    "go.sum",
    "profiles",
    "protocol",
    "server",
  ]) {
    await cp(path.join(root, part), path.join(repository, part), {
      recursive: true,
    });
  }
  await commit(repository);
  const { stdout: modules } = await run("go", ["env", "GOMODCACHE"]);
  const hook = run(
    path.join(cache, "pre-commit/bin/pre-commit"),
    ["try-repo", repository, "prefect-ls", "--all-files"],
    {
      cwd: project,
      env: {
        ...process.env,
        GOMODCACHE: modules.trim(),
        PRE_COMMIT_HOME: path.join(temporary, "pre-commit"),
      },
    },
  );
  const failure = (await hook.catch((error: unknown) => error)) as {
    stdout?: string;
  };
  expect(failure.stdout).toMatch(/warning: .*\n *--> \.env:1:1\n/);
  expect(failure.stdout).toContain("1 warning in 2 files.");
});

interface Action {
  inputs: Record<string, { default: string }>;
  runs: {
    steps: {
      uses?: string;
      with?: Record<string, string>;
      run?: string;
      env?: Record<string, string>;
    }[];
  };
}

test("the action for GitHub marks a mistake at its line", async () => {
  const here = path.join(root, ".github/actions/check");
  const { inputs, runs } = parse(
    await readFile(path.join(here, "action.yml"), "utf8"),
  ) as Action;
  const filled = (value: string) =>
    value.replaceAll(
      /\$\{\{ (?:inputs\.(\w+)|github\.action_path) \}\}/g,
      (_, input?: string) =>
        input === undefined ? here : (inputs[input]?.default ?? ""),
    );
  let said = "";
  for (const step of runs.steps) {
    for (const file of Object.values(step.with ?? {})) {
      expect((await stat(filled(file))).isFile()).toBe(true);
    }
    const env = { ...process.env, GITHUB_ACTION_PATH: here };
    Object.assign(env, { RUNNER_TEMP: temporary });
    for (const [name, value] of Object.entries(step.env ?? {})) {
      Object.assign(env, { [name]: filled(value) });
    }
    const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c"];
    const script = run("bash", [...args, step.run ?? ""], {
      cwd: project,
      env,
    });
    ({ stdout: said } = (await script.catch((error: unknown) => error)) as {
      stdout: string;
    });
  }
  expect(said).toMatch(/^::warning file=\.env,line=1,/m);
});
