/** Property paths as a tree: `books`, `books.publisher` → `{ books: { publisher: {} } }`. */

export interface RelationTree {
  readonly [property: string]: RelationTree;
}

type MutableTree = { [property: string]: MutableTree };

/** Keys come out sorted. */
export function relationTree(paths: readonly string[]): RelationTree {
  const root: MutableTree = {};
  for (const path of [...paths].sort()) {
    let at = root;
    for (const step of path.split('.')) at = at[step] ??= {};
  }
  return root;
}

export function isLeaf(tree: RelationTree): boolean {
  return Object.keys(tree).length === 0;
}
