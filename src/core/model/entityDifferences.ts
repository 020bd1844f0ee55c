import type { Entity } from './relationGraph';

export interface EntityDifferences {
  /** Entities of `now` that are other objects than in `before`, or are not there. */
  readonly changed: readonly Entity[];
  /** Entities of `before` whose id is gone. */
  readonly removed: readonly Entity[];
  /** Of `before`, all that may stand for the changed ones or be removed: a few more where entities have moved. */
  readonly former: readonly Entity[];
}

/** Graphs share the entities that nothing happened to, and most edits leave every entity in its place: only what lies between the first and the last difference is looked at. */
export function entityDifferences(before: readonly Entity[], now: readonly Entity[]): EntityDifferences {
  let start = 0;
  while (start < before.length && start < now.length && before[start] === now[start]) start++;
  let end = 0;
  while (end < before.length - start && end < now.length - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end++;
  const [old, present] = [before.slice(start, before.length - end), now.slice(start, now.length - end)];
  const changed = present.filter((entity, index) => entity !== old[index]);
  if (old.length === present.length && old.every(({ id }, index) => id === present[index]?.id)) return { changed, removed: [], former: old };
  const known = new Set(old);
  const ids = new Set(present.map(({ id }) => id));
  return { changed: changed.filter((entity) => !known.has(entity)), removed: old.filter(({ id }) => !ids.has(id)), former: old };
}
