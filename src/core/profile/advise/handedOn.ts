/** Rows that are sent or copied whole: what is loaded with them shows in the answer. */
import type { ReadNode } from '../../../protocol/probeReads';
import type { Judging, LoopPattern } from '../detect/judging';
import type { Call } from '../evidence';
import { isSameOrSubclass } from '../detect/paths';

/**
 * Whether rows on which a lazy relation was read were also made JSON of, or copied; or those that led to them by lazy relations of their own,
 * which hold what is loaded below them as well. TypeORM keeps what it has loaded of a lazy relation in properties of the row (`__books__`, and
 * `__has_books__` where it was loaded by reading), which JSON and copies hold: loading it with the query would change them.
 */
export function areRowsHandedOn(judging: Judging, pattern: LoopPattern): boolean {
  return wayTo(judging, pattern).some((step) => areOwnRowsHandedOn(judging, step));
}

/** The pattern itself, and the lazy loads that its rows came from. */
function wayTo(judging: Judging, pattern: LoopPattern): LoopPattern[] {
  const way = new Set([pattern]);
  for (const { samples } of way) {
    for (const { operation } of samples) {
      const owner = operation?.owner?.api === 'lazy' ? judging.patternOf(operation.owner.call) : undefined;
      if (owner !== undefined) way.add(owner);
    }
  }
  return [...way];
}

function areOwnRowsHandedOn(judging: Judging, pattern: LoopPattern): boolean {
  const owners = new Set(pattern.samples.flatMap(({ operation }) => operation?.owner?.call ?? []).map((call) => judging.patternOf(call)));
  return [...judging.evidence.reads].some(
    ([{ nodes }, { call }]) => owners.has(judging.patternOf(call as Call)) && nodes.some((node) => isOf(pattern, node.entity) && isHandedOn(node)),
  );
}

/** TypeORM's own reads, of the keys that it loads by, are no one else's; a GraphQL library takes single properties out of the row. */
function isHandedOn({ columns, relations }: ReadNode): boolean {
  return [...Object.values(columns), ...Object.values(relations)].some(({ by }) => by === 'serialised' || by === 'copied');
}

function isOf({ entity, source }: LoopPattern, name: string): boolean {
  return entity !== null && (name === entity || (source !== null && source !== undefined && isSameOrSubclass(source, name, entity)));
}
