import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { picture, pictureForReadme } from "./pictures";
import { calm, test } from "./workbench";

test.override({
  settings: {
    ...calm,
    // It would come and go over the text.
    "editor.lightbulb.enabled": "off",
    // The list is asked for: if it came by itself too, asking would mean its explanations.
    "editor.quickSuggestions": {
      other: "off",
      comments: "off",
      strings: "off",
    },
  },
});

/** A file with a mistake, and what a person does in it. */
interface Kind {
  readonly file: string;
  readonly text: string;
  readonly explained: { readonly word: string; readonly by: string };
  readonly mistake: {
    readonly line: string;
    readonly severity: "error" | "warning";
    /** A part of the title of the fix. */
    readonly fix: string;
    /** The line after the fix. */
    readonly fixed: string;
  };
  /** What is typed at the end, the name and then the value that are chosen, and the line that results. */
  readonly completed: {
    readonly typed: string;
    readonly name: string;
    readonly value: string;
    readonly line: string;
  };
  readonly symbols: readonly string[];
  /** What of it is shown in the README. */
  readonly readme?: Picture;
}

type Picture = "hover" | "fix" | "completion" | "value" | "symbols";

const kinds: readonly Kind[] = [
  {
    file: "profiles.toml",
    text: `active = "local"

[profiles.local]
PREFECT_API_URL = "http://127.0.0.1:4200/api"
PREFECT_SERVER_LOGGING_LEVEL = "WARN"
`,
    explained: { word: "PREFECT_API_URL", by: "api.url" },
    mistake: {
      line: "PREFECT_SERVER_LOGGING_LEVEL",
      severity: "error",
      fix: "WARNING",
      fixed: 'PREFECT_SERVER_LOGGING_LEVEL = "WARNING"',
    },
    completed: {
      typed: "PREFECT_LOGGING_L",
      name: "PREFECT_LOGGING_LEVEL",
      value: "DEBUG",
      line: 'PREFECT_LOGGING_LEVEL = "DEBUG"',
    },
    symbols: ["active", "local", "PREFECT_API_URL"],
    readme: "completion",
  },
  {
    file: ".env",
    text: `# Where the flows of this folder run
PREFECT_API_URL=http://127.0.0.1:4200/api
PREFECT_RESULTS_PERSIST_BY_DEFALT=true
`,
    explained: { word: "PREFECT_API_URL", by: "api.url" },
    mistake: {
      line: "PREFECT_RESULTS",
      severity: "warning",
      fix: "PREFECT_RESULTS_PERSIST_BY_DEFAULT",
      fixed: "PREFECT_RESULTS_PERSIST_BY_DEFAULT=true",
    },
    completed: {
      typed: "PREFECT_LOG",
      name: "PREFECT_LOGGING_LOG_PRINTS",
      value: "true",
      line: "PREFECT_LOGGING_LOG_PRINTS=true",
    },
    symbols: ["PREFECT_API_URL", "PREFECT_LOGGING_LOG_PRINTS"],
  },
  {
    file: "prefect.toml",
    text: `[api]
ulr = "http://127.0.0.1:4200/api"

[logging]
level = "INFO"

[runner]
`,
    explained: { word: "level", by: "PREFECT_LOGGING_LEVEL" },
    mistake: {
      line: "ulr",
      severity: "warning",
      fix: "url",
      fixed: 'url = "http://127.0.0.1:4200/api"',
    },
    completed: {
      typed: "crash",
      name: "crash_on_cancellation_failure",
      value: "true",
      line: "crash_on_cancellation_failure = true",
    },
    symbols: ["api", "logging", "runner"],
    readme: "hover",
  },
  {
    file: "pyproject.toml",
    text: `[project]
name = "weather"
version = "1.0"

[tool.prefect.api]
request_timeout = 30

[tool.prefect.logging]
level = "warn"
`,
    explained: { word: "request_timeout", by: "PREFECT_API_REQUEST_TIMEOUT" },
    mistake: {
      line: "level",
      severity: "error",
      fix: "WARNING",
      fixed: 'level = "WARNING"',
    },
    completed: {
      typed: "col",
      name: "colors",
      value: "false",
      line: "colors = false",
    },
    symbols: ["tool.prefect.api", "tool.prefect.logging"],
  },
];

/** More names that a file of the kind of `.env` may have. */
const relatives = [".env.local", "prod.env"];

test("in each kind of file mistakes, fixes, explanations, completion and symbols are shown", async ({
  project,
  open,
}) => {
  for (const { file, text } of kinds) {
    await writeFile(path.join(project, file), text);
  }
  for (const file of relatives) {
    await writeFile(path.join(project, file), "PREFECT_LOGING_LEVEL=INFO\n");
  }
  const workbench = await open(path.join(project, "profiles.toml"), {
    viewport: { width: 1000, height: 420 },
    deviceScaleFactor: 2,
  });
  for (const file of relatives) {
    await workbench.openFromExplorer(file);
    await workbench.squiggles("warning").first().waitFor();
    await workbench.closeTab(file);
  }
  for (const { file, mistake } of kinds) {
    await workbench.openFromExplorer(file);
    await workbench.squiggles(mistake.severity).first().waitFor();
  }
  await workbench.press("ControlOrMeta+b");
  await workbench.explorer.waitFor({ state: "hidden" });

  for (const kind of kinds) {
    const { file, explained, mistake, completed, symbols, readme } = kind;
    const show = (what: Picture) =>
      workbench.screenshot(
        what === readme
          ? pictureForReadme(`${what}.png`)
          : picture(`${what}-${file}.png`),
      );
    await workbench.tab(file).click();

    await workbench.goTo(explained.word);
    await workbench.press("ControlOrMeta+k");
    await workbench.press("ControlOrMeta+i");
    await workbench.hover(explained.by).waitFor();
    await show("hover");
    await workbench.press("Escape");
    await workbench.hover(explained.by).waitFor({ state: "hidden" });

    await workbench.line(mistake.line).click();
    await workbench.press("End");
    await workbench.press("ControlOrMeta+.");
    const fix = workbench.actions(mistake.fix).first();
    await fix.waitFor();
    await show("fix");
    await workbench.choose(fix);
    await workbench.line(mistake.fixed).waitFor();

    await workbench.press("ControlOrMeta+End");
    await workbench.insert(completed.typed);
    await workbench.press("ControlOrMeta+Space");
    await workbench.suggestions(completed.name).first().waitFor();
    if (kind === kinds[0]) {
      // Shows explanations beside the list, from now on.
      await workbench.press("ControlOrMeta+Space");
    }
    await workbench.suggestionDetails.waitFor();
    await show("completion");
    await workbench.suggestions(completed.name).first().click();
    await workbench.suggestions(completed.value).click();
    await workbench.line(completed.line).waitFor();
    await show("value");

    await workbench.press("ControlOrMeta+Shift+o");
    for (const symbol of symbols) {
      await workbench.choices(symbol).first().waitFor();
    }
    await show("symbols");
    await workbench.press("Escape");
  }
});
