import type { Judging, LoopPattern } from '../detect/judging';
import { statementsOf } from '../detect/writeNPlusOne';
import type { Advice } from '../queryProfile';
import { plainAdvice } from './plainAdvice';

/** Statements around a bulk save: BEGIN and COMMIT. */
const TRANSACTION = 2;

export function adviseBulkWrite(judging: Judging, pattern: LoopPattern): Advice {
  const rest = judging.scope.count - statementsOf(pattern);
  const method = /(\w+)$/.exec(pattern.api)?.[1] ?? '';
  const kinds = new Set(pattern.samples.flatMap(({ queries }) => queries.map(({ kind }) => kind)));
  switch (method) {
    case 'save':
      return kinds.has('update')
        ? plainAdvice(
            'bulk-write',
            rest + TRANSACTION + 1 + pattern.calls,
            'Collect the entities and call `save(entities)` once: one SELECT and one transaction for all; where all get the same values, `update({ id: In(ids) }, …)` is one statement.',
          )
        : plainAdvice(
            'bulk-write',
            rest + 1,
            'Collect the rows and call `insert(rows)` once: one INSERT for all (use `save(rows)` where cascades or subscribers are needed).',
          );
    case 'insert':
    case 'upsert':
      return plainAdvice('bulk-write', rest + 1, `Collect the rows and call \`${method}(rows)\` once: it takes an array and writes one statement.`);
    case 'delete':
    case 'softDelete':
    case 'restore':
      return plainAdvice('bulk-write', rest + 1, `Call \`${method}({ id: In(ids) })\` once.`);
    case 'remove':
    case 'softRemove':
    case 'recover':
      return plainAdvice('bulk-write', rest + TRANSACTION + 2, `Collect the entities and call \`${method}(entities)\` once.`);
    case 'update':
    case 'increment':
    case 'decrement':
      return plainAdvice(
        'bulk-write',
        rest + 1,
        'Where the rows get the same values, `update({ id: In(ids) }, …)` writes them in one statement; else collect them and `save(entities)` or `upsert` once.',
      );
    case 'add':
      return plainAdvice('bulk-write', rest + 1, 'Call `.add([…])` with all of them: one INSERT into the junction table.');
    default:
      return plainAdvice('bulk-write', rest + 1, 'Write all rows with one statement (several rows in VALUES, or a condition with IN).');
  }
}
