/**
 * What differs between two diagrams, as it travels to whoever holds the earlier one: an edit of one file then costs a table or two
 * instead of thousands. What did not change keeps its objects, so that whatever was derived from them can be kept as well.
 */
import type { DiagramEdge, DiagramModel, DiagramModule, DiagramProblem, DiagramTable } from '../core/diagram/diagramModel';
import { sameData } from '../core/model/sameData';

export interface DiagramChange {
  readonly tables: readonly Splice<DiagramTable>[];
  readonly edges: readonly Splice<DiagramEdge>[];
  readonly modules: readonly Splice<DiagramModule>[];
  readonly problems: readonly Splice<DiagramProblem>[];
}

/** A stretch of the earlier list with what stands in its place; in the list's order, none overlapping another. */
interface Splice<Item> {
  /** Index in the earlier list. */
  readonly at: number;
  readonly removed: number;
  readonly added: readonly Item[];
}

/** What leads from one diagram to the other. */
export function changeBetween(before: DiagramModel, after: DiagramModel): DiagramChange {
  const byId = ({ id }: { readonly id: string }): string => id;
  return {
    tables: splicesBetween(before.tables, after.tables, byId),
    edges: splicesBetween(before.edges, after.edges, byId),
    modules: splicesBetween(before.modules, after.modules, byId),
    problems: splicesBetween(before.problems, after.problems, ({ table, property, message }) => `${table}\n${property ?? ''}\n${message}`),
  };
}

/** The later diagram, from the earlier one and what changed since. */
export function applyChange(before: DiagramModel, change: DiagramChange): DiagramModel {
  return {
    tables: applySplices(before.tables, change.tables),
    edges: applySplices(before.edges, change.edges),
    modules: applySplices(before.modules, change.modules),
    problems: applySplices(before.problems, change.problems),
  };
}

/** An edit changes a stretch of a list: what is equal before and behind it is passed over, without a look at the keys. */
function splicesBetween<Item>(before: readonly Item[], after: readonly Item[], keyOf: (item: Item) => string): Splice<Item>[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let ahead = 0;
  while (ahead < shorter && sameData(before[ahead], after[ahead])) ahead++;
  let behind = 0;
  while (behind < shorter - ahead && sameData(before[before.length - 1 - behind], after[after.length - 1 - behind])) behind++;
  const middle = splicesWithin(before.slice(ahead, before.length - behind), after.slice(ahead, after.length - behind), keyOf);
  return middle.map((splice) => ({ ...splice, at: splice.at + ahead }));
}

/** Walks both lists side by side; the keys tell a changed item from one that came or went. */
function splicesWithin<Item>(before: readonly Item[], after: readonly Item[], keyOf: (item: Item) => string): Splice<Item>[] {
  const places = new Map(before.map((item, index) => [keyOf(item), index]));
  const splices: { at: number; removed: number; added: Item[] }[] = [];
  const splice = (at: number): { removed: number; added: Item[] } => {
    const last = splices.at(-1);
    if (last && last.at + last.removed === at) return last;
    const next = { at, removed: 0, added: [] };
    splices.push(next);
    return next;
  };
  let next = 0;
  for (const item of after) {
    const key = keyOf(item);
    const place = places.get(key);
    if (place === undefined || place < next) {
      splice(next).added.push(item);
      continue;
    }
    for (; next < place; next++) splice(next).removed++;
    if (!sameData(before[next], item)) {
      const own = splice(next);
      own.removed++;
      own.added.push(item);
    }
    next++;
  }
  for (; next < before.length; next++) splice(next).removed++;
  return splices;
}

function applySplices<Item>(before: readonly Item[], splices: readonly Splice<Item>[]): readonly Item[] {
  if (splices.length === 0) return before;
  let next = 0;
  const stretches = splices.flatMap(({ at, removed, added }) => {
    const kept = before.slice(next, at);
    next = at + removed;
    return [kept, added];
  });
  return [...stretches, before.slice(next)].flat();
}
