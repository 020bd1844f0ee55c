/** Queries that go from row to row: up from child to parent, or down a tree. Each needs what one before it found, so no batch of all keys replaces them. */
import { noAdvice } from '../advise/plainAdvice';
import type { Call } from '../evidence';
import type { Draft, Judging, LoopPattern } from './judging';
import { factsOf } from './judging';
import { mainQuery, type VaryingKey } from './keys';
import { kinshipOf } from './kinship';
import { placeOf } from './sites';
import { nounOf } from './words';

/** Null where the keys did not come from the pattern's own results. */
export function chainOf(judging: Judging, pattern: LoopPattern, key: VaryingKey): Draft | null {
  if (walksDown(judging, pattern, key)) return walk(judging, pattern, relationOf(judging, pattern, key, true));
  return isChain(judging, pattern, key) ? chain(judging, pattern, relationOf(judging, pattern, key, false)) : null;
}

/**
 * Each key stood in the result before: parents of parents, read by explicit queries (case B15). Several chains, one after the other, begin with keys
 * from elsewhere; then the metadata has to say that the column leads on.
 */
function isChain(judging: Judging, pattern: LoopPattern, key: VaryingKey): boolean {
  const values = valuesByCall(judging, pattern);
  const stepsIn = (columns: readonly string[] | null): boolean[] =>
    pattern.samples.slice(1).map((_, index) => {
      const before = [...(values.get(pattern.samples[index] as Call) ?? [])].filter(([column]) => columns === null || columns.includes(column));
      return before.some(([, list]) => list.includes(key.keys[index + 1] ?? ''));
    });
  return isMost(stepsIn(null), judging.thresholds.provenShare) || isMost(stepsIn(relatedColumns(judging, pattern, key, false)), OWN_SHARE);
}

/** Part of the keys that must come from the pattern's own results where several walks begin with keys from elsewhere. */
const OWN_SHARE = 0.5;

/**
 * Each key stood in some result before, in a column that the metadata says the key refers to: the children of children, depth first or all at
 * once (case X13). Without that relation, small numbers would look like it by chance.
 */
function walksDown(judging: Judging, pattern: LoopPattern, key: VaryingKey): boolean {
  const related = relatedColumns(judging, pattern, key, true);
  if (related.length === 0) return false;
  const values = valuesByCall(judging, pattern);
  const found = new Set<string>();
  const steps = pattern.samples.map((call, index) => {
    const isKnown = found.has(key.keys[index] ?? '');
    for (const column of related) for (const value of values.get(call)?.get(column) ?? []) found.add(value);
    return isKnown;
  });
  return isMost(steps.slice(1), OWN_SHARE);
}

function relatedColumns(judging: Judging, pattern: LoopPattern, key: VaryingKey, down: boolean): readonly string[] {
  return relatedResults(judging, pattern, key, down).map(({ column }) => column);
}

/** The relation that is followed from row to row, where one is declared on the side that it leads from. */
function relationOf(judging: Judging, pattern: LoopPattern, key: VaryingKey, down: boolean): string | null {
  const [found] = relatedResults(judging, pattern, key, down);
  return found?.relation ?? null;
}

interface RelatedColumn {
  readonly column: string;
  readonly relation: string | null;
}

/** Result columns that a relation connects with the key's: downwards `id`, where the key is `parentId`; upwards the other way round. */
function relatedResults(judging: Judging, pattern: LoopPattern, { columns: [child, ...more] }: VaryingKey, down: boolean): readonly RelatedColumn[] {
  const query = pattern.samples[0] && mainQuery(pattern.samples[0]);
  if (query === undefined || child === undefined || more.length > 0 || pattern.source === null) return [];
  const metadata = pattern.source;
  const { tables, resultColumns } = factsOf(judging, query);
  return [...resultColumns].flatMap(([column, parent]) => {
    const isKey = parent.table !== null && metadata.findColumn(parent.table, parent.column)?.column.primary === true;
    const kinship = kinshipOf({ metadata, child, childTables: tables, parent, resultColumn: column });
    return isKey === down && kinship.kind === 'relation' ? [{ column, relation: kinship.relation?.relation.property ?? null }] : [];
  });
}

function valuesByCall(judging: Judging, pattern: LoopPattern): ReadonlyMap<Call, ReadonlyMap<string, readonly string[]>> {
  return new Map(judging.resultsOf(pattern).map(({ call, values }) => [call, values]));
}

function isMost(steps: readonly boolean[], share: number): boolean {
  return steps.length > 0 && steps.filter(Boolean).length >= steps.length * share;
}

function chain(judging: Judging, pattern: LoopPattern, relation: string | null): Draft {
  return draftOf(
    judging,
    pattern,
    relation,
    'followed a chain of',
    'each for what the one before had found',
    'Each query needs the answer of the one before: use a tree entity (`TreeRepository`) or one recursive CTE to read the whole chain at once.',
  );
}

function walk(judging: Judging, pattern: LoopPattern, relation: string | null): Draft {
  return draftOf(
    judging,
    pattern,
    relation,
    'walked down a tree of',
    'each for the children of one row that another had found',
    'Ask for a whole level at once (`In(ids)` of the level above: as many queries as the tree is deep), or for the tree with one recursive CTE or a tree entity (`TreeRepository`).',
  );
}

function draftOf(judging: Judging, pattern: LoopPattern, relation: string | null, verb: string, how: string, reason: string): Draft {
  const site = pattern.stack?.site ?? null;
  return {
    key: `loop|${pattern.key}`,
    kind: 'loop-n-plus-one',
    severity: pattern.calls >= judging.thresholds.unprovenRepeats ? 'warning' : 'info',
    entity: pattern.entity,
    relation,
    count: pattern.count,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: null,
    advice: noAdvice(reason),
    message: `${placeOf(site, judging.root) ?? 'A loop'} ${verb} ${nounOf(pattern.entity)} rows with ${pattern.count} queries, ${how}.`,
    pattern,
    loading: null,
  };
}
