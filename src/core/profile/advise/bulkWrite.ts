import { loopSite } from '../detect/sites';
import type { Judging, LoopPattern } from '../detect/judging';
import { statementsOf } from '../detect/writeNPlusOne';
import type { Advice } from '../queryProfile';
import { editableAdvice } from './plainAdvice';

/** Statements around a bulk save: BEGIN and COMMIT. */
const TRANSACTION = 2;

/** @param inTransaction whether the loop runs in a transaction of its own, so that the bulk call opens none. */
export function adviseBulkWrite(judging: Judging, pattern: LoopPattern, inTransaction: boolean): Advice {
  const { statements, reason, statementsPerRow } = bulkOf(pattern, inTransaction ? 0 : TRANSACTION);
  const advice = editableAdvice({
    kind: 'bulk-write',
    predictedQueryCount: judging.scope.count - statementsOf(pattern) + statements,
    currentQueryCount: judging.scope.count,
    reason,
    site: loopSite(pattern.stack, null).site,
    driver: pattern.source?.driver ?? null,
  });
  return statementsPerRow === undefined ? advice : { ...advice, statementsPerRow };
}

interface Bulk {
  /** That the one call runs. */
  readonly statements: number;
  readonly statementsPerRow?: number;
  readonly reason: string;
}

function bulkOf(pattern: LoopPattern, transaction: number): Bulk {
  const method = /(\w+)$/.exec(pattern.api)?.[1] ?? '';
  const kinds = new Set(pattern.samples.flatMap(({ queries }) => queries.map(({ kind }) => kind)));
  // Where a database gives no defaults back, TypeORM reads them after the INSERT: once for all rows of an insert (ReturningResultsEntityUpdator).
  const perRow = pattern.samples.some(
    ({ queries }) => queries.findIndex(({ kind }) => kind === 'insert') < queries.findLastIndex(({ kind }) => kind === 'select'),
  )
    ? 2
    : 1;
  switch (method) {
    case 'save':
      return kinds.has('update')
        ? {
            statements: transaction + 1 + pattern.calls,
            reason:
              'Collect the entities and call `save(entities)` once: one SELECT and one transaction for all; where all get the same values, `update({ id: In(ids) }, …)` is one statement.',
          }
        : {
            statements: 1,
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
        statements: transaction + 1 + pattern.calls,
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
