/** What to do about a `save` of new rows that inserts one after the other, where the database does not hand back generated keys of many. */
import type { Call } from '../evidence';
import { factsOf, type Judging, type LoopPattern } from '../detect/judging';
import { counted } from '../detect/words';
import { statementsOf } from '../detect/writeNPlusOne';
import type { Advice } from '../queryProfile';
import { plainAdvice } from './plainAdvice';

/** @param inserts of one table, over all calls of the pattern */
export function adviseInsert(judging: Judging, pattern: LoopPattern, inserts: number): Advice {
  const [worst] = [...pattern.samples].sort((a, b) => b.queries.length - a.queries.length);
  const tables = worst === undefined ? null : tablesInserted(judging, worst);
  const others = (tables?.length ?? 1) - 1;
  const how = `On ${pattern.source?.driver ?? 'this database'} TypeORM inserts row by row to learn each generated key: `;
  return plainAdvice(
    'bulk-write',
    tables === null ? judging.scope.count - inserts + pattern.calls : afterInserts(judging, pattern, tables),
    others === 0
      ? `${how}\`insert(rows)\` writes them all with one statement.`
      : `${how}\`insert(rows)\` writes them all with one statement, but not what their relations cascade to (rows of ${counted(others, 'more table')}): insert those as well, with the keys of the first, in one transaction.`,
  );
}

interface InsertedTable {
  readonly table: string;
  /** TypeORM reads rows again for what the database fills in: all of a list at once. */
  readonly isReadAgain: boolean;
}

/** Null where the call did more than insert: then not everything it ran would go. */
function tablesInserted(judging: Judging, { shapes }: Call): readonly InsertedTable[] | null {
  const tallies = [...shapes.values()].map(({ kind, first }) => ({ kind, table: factsOf(judging, first).tables[0]?.table ?? '' }));
  const tables = [...new Set(tallies.filter(({ kind }) => kind === 'insert').map(({ table }) => table))];
  if (tallies.some(({ kind, table }) => kind !== 'insert' && !(kind === 'select' && tables.includes(table)))) return null;
  return tables.map((table) => ({ table, isReadAgain: tallies.some((tally) => tally.kind === 'select' && tally.table === table) }));
}

/** All statements of the calls go, their own transaction too where one table is left; for each table one INSERT comes instead. */
function afterInserts({ scope, evidence }: Judging, pattern: LoopPattern, tables: readonly InsertedTable[]): number {
  const own = new Set(pattern.samples.map(({ operation }) => operation));
  const opensTransaction = evidence.transactions.some(({ operation }) => own.has(operation));
  const transaction = opensTransaction && tables.length > 1 ? 2 : 0;
  const instead = tables.reduce((sum, { isReadAgain }) => sum + (isReadAgain ? 2 : 1), transaction);
  return scope.count - statementsOf(pattern) + pattern.calls * instead;
}
