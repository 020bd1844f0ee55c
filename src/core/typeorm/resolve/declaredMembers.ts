/** Which declaration of a property counts where a class, its base classes and its children declare several. */
import type { RelationArgs, RelationIdArgs, TargetArgs, TargetKey } from './declarations';

/** A declaration, and the class that it is written in. */
export interface Owned<T> {
  readonly args: T;
  readonly owner: TargetArgs;
}

/** All declarations of one sort, without those whose property was declared before. */
export function firstOfEach<T extends { readonly property: string }>(
  ordered: readonly TargetArgs[],
  pick: (args: TargetArgs) => readonly T[],
): Owned<T>[] {
  const seen = new Set<string>();
  const first: Owned<T>[] = [];
  for (const owner of ordered) {
    for (const args of pick(owner)) {
      if (seen.has(args.property)) continue;
      seen.add(args.property);
      first.push({ args, owner });
    }
  }
  return first;
}

export function firstRelationIds(ordered: readonly TargetArgs[]): RelationIdArgs[] {
  return firstOfEach(ordered, ({ relationIds }) => relationIds).map(({ args }) => args);
}

/** A relation that is declared again in a subclass keeps everything but its target from the base class. */
export function declaredRelations(ordered: readonly TargetArgs[], distance: ReadonlyMap<TargetKey, number>): Owned<RelationArgs>[] {
  const found = new Map<string, Owned<RelationArgs> & { readonly distance: number }>();
  for (const owner of ordered) {
    const ownDistance = distance.get(owner.key) ?? 0;
    for (const args of owner.relations) {
      const earlier = found.get(args.property);
      if (!earlier) found.set(args.property, { args, owner, distance: ownDistance });
      else if (ownDistance < earlier.distance) found.set(args.property, { ...earlier, args: { ...earlier.args, target: args.target } });
    }
  }
  return [...found.values()];
}
