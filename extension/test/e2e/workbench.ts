import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from "playwright-core";
import { expect, inject, test as base } from "vitest";
import { address, startVSCode, type VSCode } from "../../workbench/start";
import { picture } from "./pictures";

/** A window of the real VS Code, as a person sees it. Every method waits until what it speaks of is there. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The lines of the active editor. */
  get editor(): Locator {
    return this.page.locator(".editor-group-container.active .view-lines");
  }

  /** The lines of the active editor that contain `text`. */
  line(text: string): Locator {
    // VS Code shows every space as one that cannot be broken.
    const shown = text.replaceAll(" ", "\u00a0");
    return this.editor.locator(".view-line", { hasText: shown });
  }

  /** The Output panel while it shows the channel with this name. */
  output(channel: string): Locator {
    return this.page.locator(`.output-view[aria-label^="${channel} "]`);
  }

  /** The notifications in sight that contain `text`. */
  notification(text: string): Locator {
    return this.page.locator(".notification-toast", { hasText: text });
  }

  /** The bell that says there are notifications, be they in sight or not. */
  get unread(): Locator {
    return this.page.locator(".statusbar-item .codicon-bell-dot");
  }

  /** The underlined places of the active editor. */
  squiggles(severity: "error" | "warning" | "info" | "hint"): Locator {
    return this.page.locator(
      `.editor-group-container.active .squiggly-${severity}`,
    );
  }

  /** The underlined places of the active editor that lead somewhere, if they contain `text`. */
  links(text: string): Locator {
    return this.editor.locator(".detected-link", { hasText: text });
  }

  /** The problems in the Problems panel that mention `text`. */
  problems(text: string): Locator {
    return this.page.locator(".markers-panel .monaco-list-row", {
      hasText: text,
    });
  }

  /** The entries of the completion list that mention `text`. */
  suggestions(text: string): Locator {
    return this.page.locator(".suggest-widget.visible .monaco-list-row", {
      hasText: text,
    });
  }

  /** The explanation beside the completion list. */
  get suggestionDetails(): Locator {
    return this.page
      .locator(".suggest-details")
      .filter({ visible: true, hasText: /./ });
  }

  /** The entries of the light bulb's menu that mention `text`. */
  actions(text: string): Locator {
    return this.page.locator(".action-widget .monaco-list-row.action", {
      hasText: text,
    });
  }

  /** The explanation in sight, if it mentions `text`. */
  hover(text: string): Locator {
    return this.page
      .locator(".monaco-hover", { hasText: text })
      .filter({ visible: true });
  }

  /** The light bulb of the active editor: in the text where there is room for it, else in the margin. */
  get lightBulb(): Locator {
    return this.page
      .locator(".editor-group-container.active")
      .locator(".lightBulbWidget, [class*=codicon-gutter-lightbulb]")
      .filter({ visible: true });
  }

  /** The box at the top in which something is typed. */
  get box(): Locator {
    return this.page.locator(".quick-input-widget input");
  }

  /** What stands below that box, if it contains `text`. */
  prompt(text: string): Locator {
    return this.page.locator(".quick-input-message", { hasText: text });
  }

  /** The button called `title` of an entry of the list at the top; it is there while the pointer is on the entry. */
  choiceButton(text: string, title: string): Locator {
    return this.choices(text).locator(`.action-label[aria-label="${title}"]`);
  }

  /** The active terminal. */
  get terminal(): Locator {
    return this.page.locator(".terminal-wrapper.active .xterm-screen");
  }

  /** The lines in the active terminal that contain `text`. */
  terminalText(text: string): Locator {
    return this.page.locator(".terminal-wrapper.active .xterm-rows > div", {
      hasText: text,
    });
  }

  /** A question that must be answered before anything else. */
  dialog(text: string): Locator {
    return this.page.locator(".monaco-dialog-box", { hasText: text });
  }

  /** The button that offers other ways of pasting. */
  get pasteOptions(): Locator {
    return this.page.locator(".post-edit-widget .monaco-button");
  }

  /** The item in the status bar that says where flows run, if it mentions `text`. */
  status(text: string): Locator {
    return this.page.locator('.statusbar-item[id$="prefect.workspace"]', {
      hasText: text,
    });
  }

  /** The icon of that item. */
  statusIcon(name: string): Locator {
    return this.status("").locator(`.codicon-${name}`);
  }

  /** Shows the explanation of that item and follows the link in it that is called `title`. */
  async followStatus(title: string): Promise<void> {
    await this.status("").hover();
    await this.hover(title).getByRole("link", { name: title }).click();
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** Puts `text` where the cursor is, as it stands: no quote is closed for it. */
  async insert(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** Puts the cursor on `word`, and the pointer on the line's number: with Ctrl the word under it would become a link. */
  async goTo(word: string): Promise<void> {
    await this.editor.getByText(word, { exact: true }).first().click();
    await this.page
      .locator(".editor-group-container.active .active-line-number")
      .hover();
  }

  /** Clicks `action` in the menu of the light bulb, which takes no click before the pointer has moved over it. */
  async choose(action: Locator): Promise<void> {
    await action.hover({ force: true });
    await action.click();
  }

  /** Puts a picture of the window, with nothing half faded in, into the file with this path. */
  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file, animations: "disabled" });
  }

  /** Runs the command with this title from the palette. */
  async command(title: string): Promise<void> {
    await this.press("F1");
    await this.page.locator(".quick-input-widget input").fill(`>${title}`);
    await this.choices(title).first().click();
  }

  /** Saves the active file and waits until its tab has no more unsaved changes. */
  async save(): Promise<void> {
    await this.press("ControlOrMeta+s");
    await this.page.locator(".tab.active:not(.dirty)").waitFor();
  }

  /** The tab of the open file with this name. */
  tab(name: string): Locator {
    return this.page.locator(
      `.tabs-container .tab[data-resource-name="${name}"]`,
    );
  }

  /** The list of files in the side bar. */
  get explorer(): Locator {
    return this.page.locator(".explorer-folders-view");
  }

  /** The entries of the list at the top, such as that of symbols, that mention `text`. */
  choices(text: string): Locator {
    // By what a screen reader says: rows that are used again keep text that is hidden.
    return this.page
      .locator(".quick-input-list")
      .getByRole("option", { name: text });
  }

  /** The entry of that list which Enter would choose, if it mentions `text`. */
  focused(text: string): Locator {
    return this.choices(text).and(this.page.locator(".focused"));
  }

  /**
   * Reports whether the Explorer shows the folder with this name. A VS Code that is slow looks for the list of folders before it
   * can read files, and believes that there is none until the window is loaded again, which this does.
   */
  async showsFolder(name: string): Promise<boolean> {
    if (await this.page.getByText("not yet added a folder").isVisible()) {
      await this.page.reload();
    }
    return this.explorer.getByText(name, { exact: true }).isVisible();
  }

  async closeTab(name: string): Promise<void> {
    await this.tab(name).click({ button: "middle" });
    await this.tab(name).waitFor({ state: "detached" });
  }

  /** Opens the file with this name, beside those that are open, from the Explorer. */
  async openFromExplorer(name: string): Promise<void> {
    await this.explorer
      .locator(".monaco-list-row")
      .getByText(name, { exact: true })
      .dblclick();
    await this.tab(name).waitFor();
  }

  /** How long VS Code took to load and activate the extension with this name, in milliseconds, by its own clock. */
  async activationTime(extension: string): Promise<number> {
    const row = this.page.locator(
      ".runtime-extensions-editor .monaco-list-row",
      { hasText: extension },
    );
    const time = row.locator(".activation-time", { hasText: /\d ?ms/ });
    return Number(/\d+/.exec(await time.innerText())?.[0]);
  }
}

/** Settings for pictures: only what a picture is about. */
export const calm = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 14,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.scrollBeyondLastLine": false,
  "editor.selectionHighlight": false,
  "editor.wordWrap": "on",
  "remote.autoForwardPorts": false,
  // Drawn on a canvas, a terminal could not be read.
  "terminal.integrated.gpuAcceleration": "off",
  "window.title": "${activeEditorShort}",
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
};

/** The `package.json` of an extension. */
interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/** What a test of the real VS Code gets. */
export interface Fixtures {
  /** A temporary folder. */
  readonly temporary: string;
  /** Prefect's home in that folder; VS Code and the language server know it. */
  readonly prefectHome: string;
  /** The user's settings. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The manifests of more extensions, which hold nothing else. */
  readonly extensions: readonly Manifest[];
  /** A folder for a person's files. */
  readonly project: string;
  /** More of the environment of VS Code and the language server. */
  readonly environment: Readonly<Record<string, string>>;
  /** Opens a window on the folder of `file`, or on several folders, which shows `file`. */
  readonly open: (file: string, window?: Window) => Promise<Workbench>;
}

/** What a window is opened with. */
export interface Window extends BrowserContextOptions {
  /** The folders to open together. */
  readonly folders?: readonly string[];
}

interface Machinery {
  readonly browser: Browser;
  readonly vscode: VSCode;
}

const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The tests of a file share one VS Code; each opens windows of its own. */
const shared = { scope: "file" } as const;

export const test = base.extend<Fixtures & Machinery>({
  settings: [{}, shared],

  extensions: [[], shared],

  environment: [{}, shared],

  temporary: [
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), "prefect-ls-e2e-"));
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    shared,
  ],

  prefectHome: [
    async ({ temporary }, use) => {
      const folder = path.join(temporary, "home", ".prefect");
      await mkdir(folder, { recursive: true });
      await use(folder);
    },
    shared,
  ],

  project: [
    async ({ temporary }, use) => {
      const folder = path.join(temporary, "project");
      await mkdir(folder);
      await use(folder);
    },
    shared,
  ],

  vscode: [
    async (
      { temporary, prefectHome, settings, extensions, environment },
      use,
    ) => {
      const data = path.join(temporary, "vscode");
      await Promise.all(extensions.map((manifest) => install(data, manifest)));
      const vscode = await startVSCode({
        vscode: inject("vscode"),
        vsix: inject("vsix"),
        data,
        home: path.dirname(prefectHome),
        settings,
        environment: { PREFECT_HOME: prefectHome, ...environment },
        port: 0,
      });
      await use(vscode);
      await vscode.stop();
    },
    shared,
  ],

  browser: [
    async ({}, use) => {
      const browser = await chromium.launch({
        executablePath: inject("chromium"),
        args: browserArguments,
      });
      await use(browser);
      await browser.close();
    },
    shared,
  ],

  open: async ({ browser, vscode, temporary, task }, use) => {
    const pages: Page[] = [];
    await use(async (file, { folders, ...window } = {}) => {
      const page = await browser.newPage(window);
      // A wait that never ends; a machine under load may need this long to show a window.
      page.setDefaultTimeout(90_000);
      pages.push(page);
      const url = new URL(address(vscode.port, path.dirname(file), file));
      if (folders !== undefined) {
        const workspace = path.join(temporary, "several.code-workspace");
        const list = { folders: folders.map((path) => ({ path })) };
        await writeFile(workspace, JSON.stringify(list));
        url.searchParams.delete("folder");
        url.searchParams.set("workspace", workspace);
      }
      await page.goto(url.href);
      const workbench = new Workbench(page);
      await workbench.editor.waitFor();
      if (folders !== undefined) {
        const last = path.basename(folders.at(-1) ?? "");
        await expect
          .poll(() => workbench.showsFolder(last), { interval: 1_000 })
          .toBe(true);
      }
      return workbench;
    });
    // How every window looked at its end, whether the test passed or not.
    for (const [index, page] of pages.entries()) {
      const name = `${task.name}-${index}.png`.replaceAll(/[^\w.-]+/g, "-");
      await page.screenshot({ path: picture(name) });
      await page.close();
    }
  },
});

/** Puts an extension that is but a manifest where the VS Code that keeps its things in `data` looks for extensions. */
async function install(data: string, manifest: Manifest): Promise<void> {
  const { publisher, name, version } = manifest;
  const folder = path.join(
    data,
    "extensions",
    `${publisher}.${name}-${version}`,
  );
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
}
