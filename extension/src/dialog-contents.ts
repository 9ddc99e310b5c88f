import type { PickItem } from "./protocol";

/** A list in which items of one group stand together below its name, in the order in which the groups first come. */
export function arrange<I extends Pick<PickItem, "group">>(
  items: readonly I[],
): (I | { readonly separator: string })[] {
  const groups = new Map<string, I[]>();
  for (const item of items) {
    const name = item.group ?? "";
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups].flatMap(([group, members]) =>
    group === "" ? members : [{ separator: group }, ...members],
  );
}

/** What is wrong with `value` where those in `taken` exist already. */
export function inputProblem(
  value: string,
  taken: readonly string[],
): string | undefined {
  return taken.includes(value.trim())
    ? `'${value.trim()}' exists already.`
    : undefined;
}
