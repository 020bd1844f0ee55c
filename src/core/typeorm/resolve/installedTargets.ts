/** Classes of installed packages that relations lead to. */
import { isInstalled } from '../../model/isInstalled';
import type { ClassShape, TargetKey } from './declarations';

/** Those that the relations of one class lead to. */
export function targetsInPackages({ args }: ClassShape): TargetKey[] {
  return args.relations.flatMap(({ target }) => (target.kind === 'class' && isInstalled(target.key) ? [target.key] : []));
}

/**
 * With those that they lead on to: an app that starts has loaded them all, for TypeORM refuses a relation to what no DataSource knows
 * (metadata-builder/EntityMetadataBuilder.ts, `Entity metadata for … was not found`).
 *
 * @param chain a class and its bases
 */
export function followTargets(targets: readonly TargetKey[], chain: (key: TargetKey) => readonly ClassShape[]): ReadonlySet<TargetKey> {
  const keys = new Set(targets);
  // A set goes on with what is added while it is gone through: with the roots of single-table inheritance, and what base classes lead to.
  for (const key of keys)
    for (const shape of chain(key)) for (const next of [shape.key, ...targetsInPackages(shape)]) if (isInstalled(next)) keys.add(next);
  return keys;
}
