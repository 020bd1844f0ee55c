/**
 * A relation that is not lazy was read and had not been loaded: TypeORM leaves it `undefined`, without a word. Whoever reads it takes "not loaded"
 * for "nothing there".
 */
import { adviseFor, costOfLoading } from '../advise/loadRelations';
import type { UnloadedReads } from '../evidence';
import type { Site } from '../queryProfile';
import type { Detector, Draft, Judging } from './judging';
import { describeParent } from './parentOf';
import { isSameOrSubclass } from './paths';
import { placeOf, toSite } from './sites';
import { nounOf, relationName, times } from './words';

export const unloadedRelationRead: Detector = (judging) => {
  const bySite = new Map<string, UnloadedReads[]>();
  for (const reads of judging.evidence.unloaded) {
    if (isAskedInstead(judging, reads)) continue;
    const key = `${reads.stack?.site.file}:${reads.stack?.site.line}:${reads.stack?.site.column} ${reads.entity}.${reads.relation}`;
    bySite.set(key, [...(bySite.get(key) ?? []), reads]);
  }
  return [...bySite].map(([key, reads]) => draftOf(judging, key, reads));
};

/** Lines below a check within which the query stands that it is made for. */
const NEAR = 6;
/** Behind the property: the code asks whether there is anything, and takes something else where there is not. */
const CHECKED = /^\s*(?:\?\?|\|\||&&|\?(?!\.)|\)|[=!]==?)/;

/** `order.customer ?? (await customers.findOneBy(…))`: the code knows that it may not be loaded, and asks for it then. */
function isAskedInstead({ patterns, sourceLine }: Judging, { operation, entity, relation, stack }: UnloadedReads): boolean {
  const target = operation.source?.findRelation(entity, relation)?.relation.target;
  const site = stack?.site;
  if (target === undefined || site === undefined || !CHECKED.test(textBehind(site, relation, sourceLine))) return false;
  return patterns.some(
    ({ entity: asked, source, stack: asking }) =>
      asked !== null && source !== null && isSameOrSubclass(source, asked, target) && asking?.frames.some((frame) => isBelow(toSite(frame), site)),
  );
}

function textBehind({ file, line, column }: Site, property: string, sourceLine: Judging['sourceLine']): string {
  const text = sourceLine?.(file, line)?.slice(Math.max(0, column - 1)) ?? '';
  const at = text.indexOf(property);
  return at < 0 ? '' : `${text.slice(at + property.length)} ${sourceLine?.(file, line + 1) ?? ''}`;
}

function isBelow(site: Site, check: Site): boolean {
  return site.file === check.file && site.function === check.function && site.line >= check.line && site.line <= check.line + NEAR;
}

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
