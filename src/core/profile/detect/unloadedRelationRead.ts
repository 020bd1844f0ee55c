/**
 * A relation that is not lazy was read and had not been loaded: TypeORM leaves it `undefined`, without a word. Whoever reads it takes "not loaded"
 * for "nothing there".
 */
import { adviseFor, costOfLoading } from '../advise/loadRelations';
import type { UnloadedReads } from '../evidence';
import type { Detector, Draft, Judging } from './judging';
import { describeParent } from './parentOf';
import { placeOf } from './sites';
import { nounOf, relationName, times } from './words';

export const unloadedRelationRead: Detector = (judging) => {
  const bySite = new Map<string, UnloadedReads[]>();
  for (const reads of judging.evidence.unloaded) {
    const key = `${reads.stack?.site.file}:${reads.stack?.site.line}:${reads.stack?.site.column} ${reads.entity}.${reads.relation}`;
    bySite.set(key, [...(bySite.get(key) ?? []), reads]);
  }
  return [...bySite].map(([key, reads]) => draftOf(judging, key, reads));
};

function draftOf(judging: Judging, key: string, all: readonly UnloadedReads[]): Draft {
  const [first] = all as readonly [UnloadedReads];
  const { operation, entity, relation, stack } = first;
  const count = all.reduce((sum, reads) => sum + reads.count, 0);
  const path = [...(first.path === '' ? [] : first.path.split('.')), relation];
  const place = placeOf(operation.stack?.site ?? null, judging.root);
  const loading = { call: operation.call, cost: costOfLoading(path, operation.source?.findRelation(entity, relation), count) };
  return {
    key: `unloaded|${key}`,
    kind: 'unloaded-relation-read',
    severity: 'warning',
    entity,
    relation,
    count,
    rows: 0,
    dbTimeMs: 0,
    site: stack?.site ?? null,
    parent: describeParent(operation.call, true),
    advice: adviseFor(judging, loading.call, [loading.cost]),
    message:
      `${relationName(entity, relation)} was read ${times(count)} and is undefined: ` +
      `the ${nounOf(entity)} ${place === null ? 'came from a query' : `came from ${place}`} that does not load it, and it is not lazy.`,
    pattern: null,
    loading,
  };
}
