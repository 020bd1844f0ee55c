/** Writes that changed nothing: a condition that no row met, or a `save` of what was saved already. Often meant so, so this only informs. */
import { noAdvice } from '../advise/plainAdvice';
import type { Call, QueryRecord } from '../evidence';
import type { Detector, Draft, Judging, LoopPattern } from './judging';
import { placeOf } from './sites';
import { nounOf, times } from './words';

/** Databases whose answer always says how many rows a write met. */
const TELLING_DRIVERS = /sqlite|sqljs|postgres|cockroach|mysql|mariadb/;

export const writeWithoutEffect: Detector = (judging) =>
  judging.patterns.flatMap((pattern) => {
    if (pattern.samples.length === 0 || judging.covered.has(pattern)) return [];
    if (/\.save$/.test(pattern.api) && pattern.samples.every(isSuperfluousSave)) {
      return [
        draftOf(
          judging,
          pattern,
          'found nothing to change, and read the rows only to compare',
          'Save what has changed; an unchanged entity costs a SELECT each time.',
        ),
      ];
    }
    if (
      TELLING_DRIVERS.test(pattern.source?.driver ?? '') &&
      /\.(update|delete|softDelete|restore|increment|decrement)$/.test(pattern.api) &&
      pattern.samples.every(metNoRow)
    ) {
      return [
        draftOf(
          judging,
          pattern,
          'met no row',
          'TypeORM does not complain where no row meets the condition: look at `affected` where that would be an error.',
        ),
      ];
    }
    return [];
  });

function isSuperfluousSave({ queries, operation }: Call): boolean {
  return operation?.error === null && queries.length > 0 && queries.every(({ kind, error }) => kind === 'select' && error === null);
}

function metNoRow({ queries }: Call): boolean {
  const writes = queries.filter(isWrite);
  return writes.length > 0 && writes.every(({ rows, error }) => rows === 0 && error === null);
}

function isWrite({ kind }: QueryRecord): boolean {
  return kind === 'update' || kind === 'delete';
}

function draftOf(judging: Judging, pattern: LoopPattern, what: string, reason: string): Draft {
  const site = pattern.stack?.site ?? null;
  const place = placeOf(site, judging.root);
  const method = /(\w+)$/.exec(pattern.api)?.[1] ?? 'write';
  return {
    key: `effect|${pattern.key}`,
    kind: 'write-without-effect',
    severity: 'info',
    entity: pattern.entity,
    relation: null,
    count: pattern.calls,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: null,
    advice: noAdvice(reason),
    message: `\`${method}\` of ${nounOf(pattern.entity)}${place === null ? '' : ` at ${place}`} ${what} (${times(pattern.calls)}).`,
    pattern,
    loading: null,
  };
}
