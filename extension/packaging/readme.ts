import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { root } from "../workbench/paths";

/** Sections for people who have the repository. */
const withRepository = ["Try it", "Install", "How it works", "Develop"];

/** A sentence that only leads to another file. */
const pointer = /(?<=\.)\s+\[[^\]]*\]\((?!\w+:)[^)\s]+\)\./g;

const link = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;

/**
 * The README with its images in it, for the page of the extension in VS Code, which shows images from the web or from the text but
 * none from files.
 */
export async function readmeWithImages(): Promise<string> {
  return readmeAlone(async (file, text) => {
    const image = await readFile(path.join(root, file), "base64");
    return `![${text}](data:image/png;base64,${image})`;
  });
}

/** The README without its images, for the page of the wheel on PyPI, which shows images from the web only. */
export async function readmeWithoutImages(): Promise<string> {
  const text = await readmeAlone(() => Promise.resolve(""));
  return text.replaceAll(/\n{3,}/g, "\n\n");
}

/**
 * The README for those who have nothing else of the repository: a link to another of its files becomes the link's text, or goes
 * with its sentence, and an image becomes what `image` makes of its path and text.
 */
async function readmeAlone(
  image: (file: string, text: string) => Promise<string>,
): Promise<string> {
  const whole = await readFile(path.join(root, "README.md"), "utf8");
  const readme = whole
    .split(/^(?=## )/m)
    .filter(
      (section) =>
        !withRepository.some((title) => section.startsWith(`## ${title}\n`)),
    )
    .join("")
    .replaceAll(pointer, "");
  const parts: string[] = [];
  let end = 0;
  for (const match of readme.matchAll(link)) {
    const [markdown, mark, text = "", to = ""] = match;
    parts.push(readme.slice(end, match.index));
    end = match.index + markdown.length;
    if (/^\w+:/.test(to)) {
      parts.push(markdown);
    } else {
      parts.push(mark === "!" ? await image(to, text) : text);
    }
  }
  return [...parts, readme.slice(end)].join("");
}
