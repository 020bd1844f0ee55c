import type { Call } from '../evidence';
import type { Judging } from './judging';

/** Whether a transaction (or what came after a savepoint) was taken back between two moments: what is asked or written again after that is another attempt. */
export function isTakenBackBetween({ evidence }: Judging, fromMs: number, toMs: number): boolean {
  return evidence.transactions.some(({ sql, startMs }) => startMs >= fromMs && startMs <= toMs && /^\s*ROLLBACK/i.test(sql));
}

/** Calls but those that were taken back before the next one: the attempts of a retry are one. */
export function lastingCalls(judging: Judging, calls: readonly Call[]): Call[] {
  return calls.filter((call, index) => {
    const next = calls[index + 1];
    return next === undefined || !isTakenBackBetween(judging, call.startMs, next.startMs);
  });
}
