/** Names for formats in which a name may stand but once. */

/** For each item the word that `toWord` makes of its name; of items with one word, the later ones get a number: `Node`, `Node (2)`. */
export function numberedNames<Item extends { readonly id: string }>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  toWord: (name: string) => string,
): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    items.map((item) => {
      const name = nameOf(item);
      let word = toWord(name);
      for (let count = 2; taken.has(word); count++) word = toWord(`${name} (${count})`);
      taken.add(word);
      return [item.id, word];
    }),
  );
}
