/**
 * Rows that belong together, written by calls of their own outside of a transaction: where the second fails, the first stays (case H18). Often good enough,
 * so this only informs, and only of a row with those that refer to it: inserted after it, or deleted before it.
 */
import { noAdvice } from '../advise/plainAdvice';
import type { Call } from '../evidence';
import type { QueryKind, ScopeKind } from '../queryProfile';
import { factsOf, type Detector, type Draft, type Judging } from './judging';
import { placeOf } from './sites';

/** Fixtures and scripts write as they like. */
const JUDGED: ReadonlySet<ScopeKind> = new Set<ScopeKind>(['http', 'graphql', 'job', 'custom']);

export const splitWrite: Detector = (judging) => {
  if (!JUDGED.has(judging.scope.kind)) return [];
  const writes = judging.evidence.calls.filter((call) => isPlainWrite(call) && writesOwnRow(judging, call));
  const pairs = writes.flatMap((second, index) => {
    const first = writes[index - 1];
    return first && belongTogether(first, second) && !isInTransaction(judging, first) ? [[first, second] as const] : [];
  });
  const byPlace = new Map(pairs.map((pair) => [pair.map(({ stack }) => stack?.key).join('\n'), pair] as const));
  return [...byPlace].map(([key, [first, second]]) => draftOf(judging, key, first, second));
};

/** Of the app's own code, once: loops have findings of their own. */
function isPlainWrite({ operation, queries, stack, pattern }: Call): boolean {
  return (
    operation !== null &&
    operation.parent === null &&
    operation.error === null &&
    stack !== null &&
    pattern?.calls === 1 &&
    kindOf(queries.map(({ kind }) => kind)) !== null
  );
}

/** A save may write rows of its entity's relations only: pairs of a many-to-many, children that cascade. */
function writesOwnRow(judging: Judging, { operation, queries }: Call): boolean {
  const table = operation?.source?.findEntity(operation.entity)?.table.toLowerCase();
  const written = queries.filter(({ kind }) => kind === 'insert' || kind === 'delete');
  return written.some((query) => factsOf(judging, query).tables[0]?.table.toLowerCase() === table);
}

/** Inserts, or deletes; null for anything else. */
function kindOf(kinds: readonly QueryKind[]): 'insert' | 'delete' | null {
  const writes = new Set(kinds.filter((kind) => kind !== 'select'));
  if (writes.size !== 1) return null;
  return writes.has('insert') ? 'insert' : writes.has('delete') ? 'delete' : null;
}

function belongTogether(first: Call, second: Call): boolean {
  const kind = kindOf(first.queries.map((query) => query.kind));
  if (kind !== kindOf(second.queries.map((query) => query.kind)) || first.endMs > second.startMs || !isSameFunction(first, second)) return false;
  const [parent, child] = kind === 'insert' ? [first, second] : [second, first];
  const source = child.operation?.source;
  // Rows of one tree are written node by node.
  if (!source || source !== parent.operation?.source || child.operation?.entity === parent.operation.entity) return false;
  const relations = source.findEntity(child.operation?.entity ?? null)?.relations ?? [];
  return relations.some(({ owner, joinTable, target }) => owner && joinTable === null && target === parent.operation?.entity);
}

function isSameFunction(a: Call, b: Call): boolean {
  const [first, second] = [a.stack?.frames[0], b.stack?.frames[0]];
  return first !== undefined && second !== undefined && first.file === second.file && first.function === second.function;
}

function isInTransaction({ evidence }: Judging, { startMs }: Call): boolean {
  const last = evidence.transactions.filter((query) => query.startMs < startMs).at(-1);
  return last !== undefined && !/^\s*(COMMIT|ROLLBACK(?!\s+TO)|END)/i.test(last.sql);
}

function draftOf(judging: Judging, key: string, first: Call, second: Call): Draft {
  const [one, other] = [first, second].map((call) => {
    const place = placeOf(call.stack?.site ?? null, judging.root);
    return `${call.operation?.entity ?? 'a row'}${place === null ? '' : ` (${place})`}`;
  });
  const verb = kindOf(first.queries.map(({ kind }) => kind)) === 'insert' ? 'inserted' : 'deleted';
  return {
    key: `split|${key}`,
    kind: 'split-write',
    severity: 'info',
    entity: second.operation?.entity ?? null,
    relation: null,
    count: 2,
    rows: 0,
    dbTimeMs: 0,
    site: second.stack?.site ?? null,
    parent: null,
    advice: noAdvice('Where they belong together, write both within `dataSource.transaction(…)`, or save the one with the other by `cascade`.'),
    message: `${one} and ${other} were ${verb} one after the other, without a transaction: where the second fails, the first stays.`,
    pattern: null,
    loading: null,
  };
}
