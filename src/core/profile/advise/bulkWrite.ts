import { loopSite } from '../detect/sites';
import type { Judging, LoopPattern } from '../detect/judging';
import { statementsOf } from '../detect/writeNPlusOne';
import type { Advice } from '../queryProfile';
import { readTemplate } from '../sql/statementFacts';
import type { Call } from '../evidence';
import { editableAdvice } from './plainAdvice';

/** Statements around a bulk save: BEGIN and COMMIT. */
const TRANSACTION = 2;

interface Surroundings {
  /** Whether the loop runs in a transaction of its own, so that the bulk call opens none. */
  readonly inTransaction: boolean;
  /** The write whose subscriber or listener writes this for each of its rows. */
  readonly calledBy: Call | null;
}

export function adviseBulkWrite(judging: Judging, pattern: LoopPattern, { inTransaction, calledBy }: Surroundings): Advice {
  const { statements, reason, statementsPerRow } = bulkOf(pattern, inTransaction ? 0 : TRANSACTION, perRowOf(judging, pattern));
  const advice = editableAdvice({
    kind: 'bulk-write',
    predictedQueryCount: judging.scope.count - statementsOf(pattern) + statements,
    currentQueryCount: judging.scope.count,
    reason,
    site: loopSite(pattern.stack, null, judging.sourceLine).site,
    driver: pattern.source?.driver ?? null,
  });
  return {
    ...advice,
    ...(calledBy === null ? {} : onceForAll(calledBy)),
    ...(statementsPerRow === undefined ? {} : { statementsPerRow }),
    ...(inTransaction ? { inTransaction: true as const } : {}),
  };
}

/** TypeORM hands a subscriber or listener one row at a time: there is no loop in the app to take the write out of. */
function onceForAll({ operation }: Call): Pick<Advice, 'editable' | 'whyNot' | 'reason'> {
  const method = /(\w+)$/.exec(operation?.api ?? '')?.[1] ?? 'save';
  return {
    editable: false,
    whyNot: `TypeORM calls this for each row that \`${method}\` writes.`,
    reason: `TypeORM calls this for each row that \`${method}\` writes: collect the rows here, and write them with one \`insert(rows)\` in \`beforeTransactionCommit\`.`,
  };
}

interface Bulk {
  /** That the one call runs. */
  readonly statements: number;
  readonly statementsPerRow?: number;
  readonly reason: string;
}

/**
 * Statements of one call but for its transaction. More than one where a database gives no defaults back: TypeORM then reads them after the INSERT,
 * once for all rows of an insert (ReturningResultsEntityUpdator).
 */
function perRowOf({ evidence }: Judging, { samples }: LoopPattern): number {
  const own = new Set(samples.map(({ operation }) => operation));
  const control = evidence.transactions.filter(({ operation }) => own.has(operation)).length;
  const statements = samples.reduce((sum, { operation, queries }) => sum + (operation?.queryCount ?? queries.length), 0);
  return Math.max(1, Math.round((statements - control) / Math.max(1, samples.length)));
}

/** Databases that give back generated keys of many rows with one INSERT; to the others a save sends one for each row. */
const RETURNING = /^(postgres|aurora-postgres|cockroachdb|mssql|mariadb|sap|spanner)$/;

/** Rows that were there before: only what hangs on them was new. */
function savesKnownRows({ entity, source, samples }: LoopPattern): boolean {
  const own = source?.findEntity(entity)?.table.toLowerCase();
  const written = samples.flatMap(({ shapes }) => [...shapes.values()].filter(({ kind }) => kind !== 'select').map(({ shape }) => shape));
  const tables = written.map((shape) => readTemplate(shape, null).tables[0]?.table.toLowerCase());
  return own !== undefined && tables.length > 0 && !tables.includes(own);
}

/** What one call reads before it writes; for many entities as much. */
function readsOfOne({ samples }: LoopPattern): number {
  return Math.max(...samples.map(({ queries }) => queries.filter(({ kind }) => kind === 'select').length));
}

/** What one call reads before it writes: its rows, and those that its cascades lead to; for many entities as much. */
function readFirst({ samples }: LoopPattern): number {
  const reads = samples.map(({ queries }) => {
    const first = queries.findIndex(({ kind }) => kind !== 'select' && kind !== 'transaction');
    return queries.slice(0, Math.max(0, first)).filter(({ kind }) => kind === 'select').length;
  });
  return Math.max(1, ...reads);
}

/** Rows that are changed, by a cascade too: each has a statement of its own in a bulk call as well. */
function updatesOf({ calls, samples }: LoopPattern): number {
  const updates = samples.reduce((sum, { queries }) => sum + queries.filter(({ kind }) => kind === 'update').length, 0);
  return Math.round((calls * updates) / Math.max(1, samples.length));
}

/** What is read after the writes, row by row in a bulk call too: dates and versions, where the database does not give back what it wrote. */
function readBack({ calls, samples }: LoopPattern): number {
  const reads = samples.map(({ queries }) => {
    const first = queries.findIndex(({ kind }) => kind === 'update');
    return first < 0 ? 0 : queries.slice(first).filter(({ kind }) => kind === 'select').length;
  });
  return Math.round((calls * reads.reduce((sum, each) => sum + each, 0)) / Math.max(1, samples.length));
}

function bulkOf(pattern: LoopPattern, transaction: number, perRow: number): Bulk {
  const method = /(\w+)$/.exec(pattern.api)?.[1] ?? '';
  const kinds = new Set(pattern.samples.flatMap(({ queries }) => queries.map(({ kind }) => kind)));
  switch (method) {
    case 'save':
      if (!kinds.has('update') && savesKnownRows(pattern)) {
        return {
          statements: transaction + readsOfOne(pattern) + (RETURNING.test(pattern.source?.driver ?? '') ? 1 : pattern.writes),
          reason: 'Collect the entities and call `save(entities)` once: their rows are read, and what hangs on them is written, in one transaction.',
        };
      }
      return kinds.has('update')
        ? {
            statements: transaction + readFirst(pattern) + updatesOf(pattern) + readBack(pattern),
            reason:
              'Collect the entities and call `save(entities)` once: one SELECT and one transaction for all; where all get the same values, `update({ id: In(ids) }, …)` is one statement.',
          }
        : {
            statements: perRow,
            statementsPerRow: perRow,
            reason: 'Collect the rows and call `insert(rows)` once: one INSERT for all (use `save(rows)` where cascades or subscribers are needed).',
          };
    case 'insert':
    case 'upsert':
      return { statements: perRow, reason: `Collect the rows and call \`${method}(rows)\` once: it takes an array and writes one statement.` };
    case 'delete':
    case 'softDelete':
    case 'restore':
      return { statements: 1, reason: `Call \`${method}({ id: In(ids) })\` once.` };
    case 'remove':
      return { statements: transaction + 2, reason: 'Collect the entities and call `remove(entities)` once.' };
    case 'softRemove':
    case 'recover':
      return {
        statements: transaction + readFirst(pattern) + updatesOf(pattern) + readBack(pattern),
        reason: `Collect the entities and call \`${method}(entities)\` once: one SELECT and one transaction for all.`,
      };
    case 'update':
    case 'increment':
    case 'decrement':
      return {
        statements: 1,
        reason:
          'Where the rows get the same values, `update({ id: In(ids) }, …)` writes them in one statement; else collect them and `save(entities)` or `upsert` once.',
      };
    case 'add':
      return { statements: 1, reason: 'Call `.add([…])` with all of them: one INSERT into the junction table.' };
    default:
      return { statements: 1, reason: 'Write all rows with one statement (several rows in VALUES, or a condition with IN).' };
  }
}
