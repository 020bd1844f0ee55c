/**
 * The foreign key that every query of an N+1 looks for, where no index is known to help: each of the queries then reads the whole table. In small tables
 * nobody would notice, so it is a finding of its own only where the queries met many rows.
 */
import { indexAdvice } from '../advise/indexAdvice';
import type { EntityRelation, MetadataIndex } from '../metadataIndex';
import { columnsOf, joinsOnlyToOne, searchedWithoutIndex, type UnindexedKey, unindexedKey } from './foreignKeys';
import { type Detector, type Draft, factsOf, type Judging, type LoopPattern } from './judging';
import { mainQuery, varyingKey } from './keys';
import { placeOf } from './sites';
import { counted, relationName } from './words';

/** A sentence for the finding of the N+1, or nothing. @param found the relation that the loop loads, from its parent */
export function noteMissingIndex(source: MetadataIndex | null, found: EntityRelation | undefined): string {
  const relation = found?.relation;
  if (!source || relation?.kind !== 'one-to-many') return '';
  const child = source.findRelation(relation.target, relation.inverse);
  const key = child && unindexedKey(source, child.entity, child.relation);
  return key
    ? ` No index is declared on ${columnsOf(key)}, so each of them may read the whole table: add \`@Index()\` to ${relationName(key.entity.name, key.relation.property)}.`
    : '';
}

/** Queries of a loop that search one table by a foreign key without an index, at least `indexRows` rows of it. */
export const missingIndex: Detector = (judging) => {
  const found = new Map<string, Search[]>();
  for (const pattern of judging.covered) {
    const search = searchOf(judging, pattern);
    if (search) found.set(columnsOf(search.key), [...(found.get(columnsOf(search.key)) ?? []), search]);
  }
  // Several loops over one table may have met the same rows.
  return [...found.values()]
    .filter((searches) => Math.max(...searches.map(({ rows }) => rows)) >= judging.thresholds.indexRows)
    .map((searches) => draftOf(judging, searches));
};

interface Search {
  readonly pattern: LoopPattern;
  readonly key: UnindexedKey;
  /** Rows that its queries met, each counted once: the table has at least as many. */
  readonly rows: number;
}

function searchOf(judging: Judging, pattern: LoopPattern): Search | null {
  const main = pattern.samples[0] && mainQuery(pattern.samples[0]);
  if (main?.kind !== 'select' || !pattern.source) return null;
  const facts = factsOf(judging, main);
  const key = searchedWithoutIndex(pattern.source, facts);
  // A join to many repeats rows, and an aggregate's row stands for many.
  if (!key || facts.aggregate || !joinsOnlyToOne(pattern.source, facts)) return null;
  const distinct = varyingKey(judging, pattern)?.distinct.size ?? 0;
  return { pattern, key, rows: Math.floor((pattern.rows * distinct) / Math.max(1, pattern.samples.length)) };
}

function draftOf(judging: Judging, searches: readonly Search[]): Draft {
  const [{ pattern, key }] = [...searches].sort((a, b) => b.rows - a.rows) as [Search];
  const sum = (of: (pattern: LoopPattern) => number) => searches.reduce((total, search) => total + of(search.pattern), 0);
  const site = pattern.stack?.site ?? null;
  const place = placeOf(site, judging.root);
  return {
    key: `index|${columnsOf(key)}`,
    kind: 'missing-index',
    severity: 'info',
    entity: key.entity.name,
    relation: key.relation.property,
    count: sum(({ count }) => count),
    rows: sum(({ rows }) => rows),
    dbTimeMs: sum(({ dbTimeMs }) => dbTimeMs),
    site,
    parent: null,
    advice: indexAdvice(key),
    message:
      `${counted(
        sum(({ calls }) => calls),
        'query',
      )}${place === null ? '' : ` of ${place}`} looked for ${columnsOf(key)} among at least ` +
      `${counted(Math.max(...searches.map(({ rows }) => rows)), 'row')}, and no index is declared on it.`,
    pattern,
    loading: null,
  };
}
