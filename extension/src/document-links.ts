/** A link, as far as it matters where it leads. */
interface Link {
  readonly target?: { readonly authority: string } | undefined;
}

/** Where Prefect explains its settings. */
const reference = "docs.prefect.io";

/**
 * The links that lead somewhere else than to Prefect's reference. The name of each setting leads there, and VS Code underlines each link,
 * so that mistakes would not stand out any more. The hover of the setting has that link, too.
 */
export function withoutReference<L extends Link>(
  links: readonly L[] | null | undefined,
): L[] | undefined {
  return links?.filter(({ target }) => target?.authority !== reference);
}
