/**
 * How the database would run a query: asked through the app's own connection, because the user wants to see it. The only question that the
 * probe ever asks by itself; it runs nothing but EXPLAIN, which executes nothing.
 */
import type { ExplainRequest } from '../protocol/probe';
import { runQuietly } from './quiet';
import { describeError, type Recorder } from './recorder';
import { dataSourceById } from './sources';

/** `EXPLAIN ANALYZE` would execute the statement. */
const HARMLESS = /^EXPLAIN (?:\(FORMAT JSON\) |QUERY PLAN )?(?:SELECT|WITH|VALUES|TABLE|\()/i;

/** Answers with an event. Never throws. */
export async function answerExplain(recorder: Recorder, { id, source, sql, params }: ExplainRequest): Promise<void> {
  try {
    recorder.define({ e: 'answer', id, rows: await runQuietly(() => explain(source, sql, params)), error: null });
  } catch (error) {
    recorder.define({ e: 'answer', id, rows: [], error: describeError(error) });
  }
}

interface Runner {
  query(sql: string, parameters: readonly unknown[]): Promise<unknown>;
  release(): Promise<void>;
}

async function explain(source: number, sql: string, params: readonly unknown[]): Promise<readonly unknown[]> {
  const dataSource = dataSourceById(source);
  if (!dataSource) throw new Error('The app has closed this DataSource.');
  if (!HARMLESS.test(sql)) throw new Error('Only EXPLAIN of a statement that reads is asked.');
  const runner = dataSource.createQueryRunner() as Runner;
  try {
    const rows = await runner.query(sql, params);
    return Array.isArray(rows) ? rows : [];
  } finally {
    await runner.release();
  }
}
