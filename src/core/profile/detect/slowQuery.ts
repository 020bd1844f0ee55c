import { noAdvice } from '../advise/plainAdvice';
import type { Detector } from './judging';
import { placeOf } from './sites';
import { counted, milliseconds, times } from './words';

/** A statement that took long by itself, time in the driver. */
export const slowQuery: Detector = (judging) =>
  [...judging.scope.groups.entries()]
    .filter(([, { slowest, kind }]) => slowest.durationMs >= judging.thresholds.slowMs && kind !== 'ddl' && kind !== 'transaction')
    .map(([key, { slowest, stack, count, dbTimeMs }]) => {
      const place = placeOf(stack?.site ?? null, judging.root);
      return {
        key: `slow|${key}`,
        kind: 'slow-query',
        severity: 'warning',
        entity: slowest.operation?.entity ?? null,
        relation: null,
        count: 1,
        rows: slowest.rows,
        dbTimeMs: slowest.durationMs,
        site: stack?.site ?? null,
        parent: null,
        advice: noAdvice(
          'Look at its plan (EXPLAIN): a sequential scan over many rows wants an index, many returned rows want a limit or fewer columns.',
        ),
        message:
          `A query${place === null ? '' : ` of ${place}`} took ${milliseconds(slowest.durationMs)} and returned ${counted(slowest.rows, 'row')}` +
          `${count > 1 ? ` (it ran ${times(count)}, ${milliseconds(dbTimeMs)} in all)` : ''}.`,
        pattern: null,
        loading: null,
      };
    });
