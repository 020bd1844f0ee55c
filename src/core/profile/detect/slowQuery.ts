import { noAdvice } from '../advise/plainAdvice';
import type { Detector } from './judging';
import { placeOf } from './sites';
import { counted, milliseconds, times } from './words';

/** A statement that took long by itself, time in the driver. */
export const slowQuery: Detector = (judging) =>
  [...judging.scope.groups.entries()]
    .filter(([, { slowestMs, kind }]) => slowestMs >= judging.thresholds.slowMs && kind !== 'ddl' && kind !== 'transaction')
    .map(([key, { slowestMs, slowestRows, entity, stack, count, dbTimeMs }]) => {
      const place = placeOf(stack?.site ?? null, judging.root);
      return {
        key: `slow|${key}`,
        kind: 'slow-query',
        severity: 'warning',
        entity,
        relation: null,
        count: 1,
        rows: slowestRows,
        dbTimeMs: slowestMs,
        site: stack?.site ?? null,
        parent: null,
        advice: noAdvice(
          'Look at its plan (EXPLAIN): a sequential scan over many rows wants an index, many returned rows want a limit or fewer columns.',
        ),
        message:
          `A query${place === null ? '' : ` of ${place}`} took ${milliseconds(slowestMs)} and returned ${counted(slowestRows, 'row')}` +
          `${count > 1 ? ` (it ran ${times(count)}, ${milliseconds(dbTimeMs)} in all)` : ''}.`,
        pattern: null,
        loading: null,
      };
    });
