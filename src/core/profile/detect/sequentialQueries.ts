import { plainAdvice } from '../advise/plainAdvice';
import type { Call, ResultSample } from '../evidence';
import { factsOf, type Detector, type Draft, type Judging } from './judging';
import { placeOf } from './sites';
import { counted, milliseconds } from './words';

/** Slow reads in a row that it takes before awaiting them together is worth the change. */
const FEWEST = 3;

/** Independent slow reads awaited one after the other in one function, on a database that could answer them side by side. */
export const sequentialQueries: Detector = (judging) => {
  const drafts: Draft[] = [];
  let run: Call[] = [];
  const flush = () => {
    if (run.length >= FEWEST) drafts.push(draftOf(judging, run));
    run = [];
  };
  for (const call of judging.evidence.calls) {
    if (!isSlowRead(judging, call)) flush();
    else {
      if (!run.every((earlier) => couldRunBeside(judging, earlier, call))) flush();
      run.push(call);
    }
  }
  flush();
  return drafts;
};

function isSlowRead(judging: Judging, call: Call): boolean {
  const [query] = call.queries;
  const pattern = judging.patternOf(call);
  if (query?.kind !== 'select' || pattern === undefined || pattern.calls > 1 || judging.covered.has(pattern)) return false;
  // SQLite answers one statement at a time, and so does a transaction's connection.
  return query.source?.dialect !== 'sqlite' && call.endMs - call.startMs >= judging.thresholds.sequentialMs && !inTransaction(judging, call);
}

function inTransaction(judging: Judging, { startMs }: Call): boolean {
  const last = judging.evidence.transactions.filter((query) => query.startMs <= startMs).at(-1);
  return last !== undefined && !/^\s*(COMMIT|ROLLBACK(?!\s+TO)|END)/i.test(last.sql);
}

function couldRunBeside(judging: Judging, earlier: Call, later: Call): boolean {
  if (later.startMs < earlier.endMs || !isSameCaller(earlier, later)) return false;
  const asked = new Set(later.queries.flatMap((query) => factsOf(judging, query).comparisons.flatMap(({ values }) => values)));
  const answered = resultsOf(judging, earlier).flatMap(({ values }) => [...values.values()].flat());
  return !answered.some((value) => asked.has(value));
}

function resultsOf(judging: Judging, call: Call): readonly ResultSample[] {
  const pattern = judging.patternOf(call);
  return pattern ? judging.resultsOf(pattern).filter((result) => result.call === call) : [];
}

function isSameCaller(a: Call, b: Call): boolean {
  const [first, second] = [a.stack?.frames[0], b.stack?.frames[0]];
  return (
    first !== undefined && second !== undefined && first.file === second.file && first.function === second.function && first.line !== second.line
  );
}

function draftOf(judging: Judging, run: readonly Call[]): Draft {
  const durations = run.map(({ startMs, endMs }) => endMs - startMs);
  const total = durations.reduce((sum, duration) => sum + duration, 0);
  const places = run.map(({ stack }) => placeOf(stack?.site ?? null, judging.root)).filter((place) => place !== null);
  return {
    key: `sequential|${run[0]?.stack?.key ?? ''}`,
    kind: 'sequential-queries',
    severity: 'warning',
    entity: null,
    relation: null,
    count: run.length,
    rows: run.reduce((sum, { queries }) => sum + queries.reduce((rows, query) => rows + query.rows, 0), 0),
    dbTimeMs: total,
    site: run[0]?.stack?.site ?? null,
    parent: null,
    advice: plainAdvice(
      'none',
      judging.scope.count,
      `Await them together with \`Promise.all\`: about ${milliseconds(Math.max(...durations))} instead of ${milliseconds(total)}.`,
    ),
    message: `${counted(run.length, 'query')} that do not need each other ran one after the other (${places.join(', ')}): ${milliseconds(total)} in all.`,
    pattern: null,
    loading: null,
  };
}
