import { isWriteApi } from './apis';
import { adviseInsert } from '../advise/insertRows';
import { plainAdvice } from '../advise/plainAdvice';
import type { Call, ShapeTally } from '../evidence';
import type { QueryKind } from '../queryProfile';
import { factsOf, type Detector, type Draft, type Judging, type LoopPattern } from './judging';
import { placeOf } from './sites';
import { isClosure, treeAdvice, writesTree } from './trees';
import { times } from './words';

/** Many statements of one kind out of ONE call of TypeORM's API: no loop of the user's, and not the user's to unroll. */
export const ormFanOut: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    const fan = largestFan(judging, pattern);
    if (fan !== null) drafts.push(draftOf(judging, pattern, fan));
  }
  return drafts;
};

interface Fan {
  readonly kind: QueryKind;
  readonly table: string;
  /** Statements over all calls of the pattern. */
  readonly count: number;
  readonly rows: number;
  readonly dbTimeMs: number;
  /** Statements in the worst call. */
  readonly most: number;
}

function largestFan(judging: Judging, pattern: LoopPattern): Fan | null {
  const fans = pattern.samples.flatMap((call) => fansOf(judging, call)).filter(({ count }) => count >= judging.thresholds.fanOut);
  const worst = fans.sort((a, b) => b.count - a.count)[0];
  if (worst === undefined) return null;
  const alike = fans.filter(({ kind, table }) => kind === worst.kind && table === worst.table);
  const sum = (of: (fan: Fan) => number) => alike.reduce((total, fan) => total + of(fan), 0);
  return { ...worst, count: sum(({ count }) => count), rows: sum(({ rows }) => rows), dbTimeMs: sum(({ dbTimeMs }) => dbTimeMs), most: worst.count };
}

/** Statements of a call by kind and table: updates of different columns differ in shape and are still one fan. */
function fansOf(judging: Judging, call: Call): Fan[] {
  const { operation } = call;
  if (operation === null || /^(lazy|query)$|^DataSource\.|\.(query|stream)$|transaction/i.test(operation.api)) return [];
  const statements = [...call.shapes.values()].reduce((sum, { count }) => sum + count, 0);
  if (statements < judging.thresholds.fanOut) return [];
  const fans = new Map<string, Fan>();
  for (const tally of call.shapes.values()) {
    const table = factsOf(judging, tally.first).tables[0]?.table ?? '';
    if (!isTelling(operation.api, operation.entity, table, tally, call)) continue;
    const key = tally.kind === 'select' ? tally.shape : `${tally.kind} ${table}`;
    const fan = fans.get(key) ?? { kind: tally.kind, table, count: 0, rows: 0, dbTimeMs: 0, most: 0 };
    fans.set(key, { ...fan, count: fan.count + tally.count, rows: fan.rows + tally.rows, dbTimeMs: fan.dbTimeMs + tally.dbTimeMs });
  }
  return [...fans.values()];
}

/**
 * Within a save, rows of other tables are its cascade (case H15) and reads are re-selects (case H16): nobody's mistake. Closure tables are told as
 * information.
 */
function isTelling(api: string, entity: string | null, table: string, tally: ShapeTally, call: Call): boolean {
  if (tally.kind === 'select') return !isWriteApi(api);
  const own = call.operation?.source?.findEntity(entity)?.table;
  return own === undefined || entity === null || own.toLowerCase() === table.toLowerCase() || isClosure(table);
}

function draftOf(judging: Judging, pattern: LoopPattern, fan: Fan): Draft {
  const site = pattern.stack?.site ?? null;
  const place = placeOf(site, judging.root);
  const tree = writesTree(pattern) || isClosure(fan.table);
  return {
    key: `fan|${pattern.key}`,
    kind: 'orm-fan-out',
    severity: (tree && fan.kind !== 'select') || (fan.kind === 'insert' && hasOnlyDefaults(pattern)) ? 'info' : 'warning',
    entity: pattern.entity,
    relation: null,
    count: fan.count,
    rows: fan.rows,
    dbTimeMs: fan.dbTimeMs,
    site,
    parent: null,
    advice: adviceFor(judging, pattern, fan, tree),
    message:
      `One call of ${pattern.api}${place === null ? '' : ` at ${place}`} ran ${fan.kind.toUpperCase()} ${times(fan.most)}${pattern.calls > 1 ? ` (called ${times(pattern.calls)})` : ''}: ` +
      (fan.kind === 'select' ? `TypeORM reads ${fan.table} again for each row.` : 'TypeORM sends one statement for each row.'),
    pattern,
    loading: null,
  };
}

/** Rows that name no value cannot be told apart in one statement, so TypeORM inserts them one by one on every database (case H5). */
function hasOnlyDefaults(pattern: LoopPattern): boolean {
  const inserts = pattern.samples.flatMap(({ queries }) => queries.filter(({ kind }) => kind === 'insert'));
  return (
    inserts.length > 0 &&
    inserts.every(({ sql, parameters }) => (parameters ?? []).length === 0 && /VALUES\s*\((\s*(DEFAULT|NULL)\s*,?)+\)|DEFAULT VALUES/i.test(sql))
  );
}

function adviceFor(judging: Judging, pattern: LoopPattern, fan: Fan, tree: boolean) {
  const after = judging.scope.count - fan.count + pattern.calls;
  if (fan.kind === 'select') {
    return /findTrees$/.test(pattern.api)
      ? plainAdvice(
          'batch-in',
          after,
          '`findTrees()` reads each root’s descendants by itself: load all rows with one `find()` and build the tree, or read one root with `findDescendantsTree`.',
        )
      : plainAdvice(
          'none',
          null,
          'TypeORM repeats the query inside of this call: ask for less in one call, or write the query with a query builder.',
        );
  }
  if (tree) return treeAdvice();
  if (fan.kind === 'insert') return adviseInsert(judging, pattern, fan.count);
  if (/softRemove|recover/.test(pattern.api))
    return plainAdvice('bulk-write', after, 'One UPDATE runs for each entity: `softDelete({ id: In(ids) })` (or `restore`) does it with one.');
  return plainAdvice(
    'bulk-write',
    after,
    'One statement runs for each changed entity: `update({ id: In(ids) }, …)` where all get the same values, else `upsert(rows, …)`.',
  );
}
