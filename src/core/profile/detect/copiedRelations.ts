import { noAdvice } from '../advise/plainAdvice';
import { isCreateApi } from './apis';
import type { Detector, Draft, Judging, LoopPattern } from './judging';
import { placeOf } from './sites';
import { counted, relationName } from './words';

/**
 * `create` reads every relation of the objects that it is handed, lazy ones too: queries that nobody wrote and nobody waits for. No loop of the app's,
 * and no question that it asked twice.
 */
export const copiedRelations: Detector = (judging) => {
  const byPlace = new Map<string, LoopPattern[]>();
  for (const pattern of judging.patterns) {
    if (!isCreateApi(pattern.api)) continue;
    judging.covered.add(pattern);
    const place = `${pattern.api} ${pattern.stack?.key}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), pattern]);
  }
  return [...byPlace].flatMap(([place, patterns]) => draftOf(judging, place, patterns) ?? []);
};

/** Null where it is one query: that is told of as any other. */
function draftOf(judging: Judging, place: string, patterns: readonly LoopPattern[]): Draft | null {
  const [first] = patterns;
  const sum = (of: (pattern: LoopPattern) => number) => patterns.reduce((total, pattern) => total + of(pattern), 0);
  const count = sum((pattern) => pattern.count);
  if (first === undefined || count < judging.thresholds.repeats) return null;
  const names = [...new Set(patterns.map(({ entity, relation }) => relationName(entity, relation)))];
  const site = first.stack?.site ?? null;
  const at = placeOf(site, judging.root);
  return {
    key: `copied|${place}`,
    kind: 'orm-fan-out',
    severity: 'info',
    entity: first.entity,
    relation: first.relation,
    count,
    rows: sum((pattern) => pattern.rows),
    dbTimeMs: sum((pattern) => pattern.dbTimeMs),
    site,
    parent: null,
    advice: noAdvice(
      `Hand it the keys (\`{ id }\`) in place of loaded entities, or set the relation after \`create\`: then there is nothing to read.`,
    ),
    message: `\`create\`${at === null ? '' : ` at ${at}`} read lazy relations of the objects that it was handed (${names.join(', ')}): ${counted(count, 'query')} whose answers nobody waits for.`,
    pattern: first,
    loading: null,
  };
}
