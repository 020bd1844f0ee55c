import { plainAdvice } from '../advise/plainAdvice';
import { whyNotEditable } from '../advise/whyNotEditable';
import type { Call } from '../evidence';
import { factsOf, type Detector, type Draft, type Judging, type LoopPattern } from './judging';
import { loadedRelations, rootOf } from './readsOf';
import { placeOf } from './sites';
import { bytes as inBytes, counted, nounOf } from './words';

/** Several collections in one join: each row of one is repeated for each row of the other. Measured, not guessed from the number of joins. */
export const rowMultiplication: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    const worst = pattern.samples.map((call) => ({ call, ...factorOf(judging, call) })).sort((a, b) => b.factor - a.factor)[0];
    if (worst && worst.factor >= judging.thresholds.rowFactor && worst.rows >= judging.thresholds.rowFactorRows)
      drafts.push(draftOf(judging, pattern, worst));
    else {
      const repeated = repeatedBytes(judging, pattern);
      if (repeated !== null && repeated.bytes >= judging.thresholds.repeatedBytes) drafts.push(repetitionOf(judging, pattern, repeated));
    }
  }
  return drafts;
};

interface Repetition {
  readonly rows: number;
  readonly roots: number;
  readonly bytes: number;
}

/** One collection multiplies no rows, but its join sends the parent's columns again with each child (case G15). Their width is known where reads are watched. */
function repeatedBytes(judging: Judging, pattern: LoopPattern): Repetition | null {
  for (const [path, { call, roots }] of judging.evidence.reads) {
    const root = rootOf(path);
    if (judging.patternOf(call) !== pattern || root === undefined || root.entities === 0) continue;
    // Loaded for nothing: that is said by itself, and its repetition goes with it.
    if (loadedRelations(path).some(({ state }) => state.by === null)) return null;
    const rows = Math.max(0, ...call.queries.filter((query) => factsOf(judging, query).tables.length > 1).map((query) => query.rows));
    const width = Object.values(root.columns).reduce((sum, column) => sum + column.bytes, 0) / root.entities;
    return rows > roots ? { rows, roots, bytes: width * (rows - roots) } : null;
  }
  return null;
}

function factorOf(judging: Judging, { operation, queries }: Call): { readonly rows: number; readonly entities: number; readonly factor: number } {
  const entities = operation?.entities ?? 0;
  const widest = queries
    .filter((query) => query.kind === 'select' && query.rows >= judging.thresholds.rowFactorRows && factsOf(judging, query).tables.length > 2)
    .sort((a, b) => b.rows - a.rows)[0];
  const rows = widest?.rows ?? 0;
  return { rows, entities, factor: entities > 0 ? rows / entities : 0 };
}

function draftOf(judging: Judging, pattern: LoopPattern, { rows, entities, factor }: { rows: number; entities: number; factor: number }): Draft {
  const place = placeOf(pattern.stack?.site ?? null, judging.root);
  return multiplied(
    judging,
    pattern,
    rows,
    `${place ?? pattern.api} read ${counted(rows, 'row')} to build ${counted(entities, 'entity')}: its joined collections multiply each other ${factor.toFixed(1)} times.`,
    `With \`relationLoadStrategy: "query"\` each relation is read by itself: about ${counted(entities, 'row')} instead of ${rows.toLocaleString('en')}.`,
  );
}

function repetitionOf(judging: Judging, pattern: LoopPattern, { rows, roots, bytes }: Repetition): Draft {
  const place = placeOf(pattern.stack?.site ?? null, judging.root);
  return multiplied(
    judging,
    pattern,
    rows,
    `${place ?? pattern.api} read the wide columns of ${counted(roots, nounOf(pattern.entity))} with each of ${counted(rows, 'joined row')}: about ${inBytes(bytes)} more than once.`,
    `With \`relationLoadStrategy: "query"\` the ${nounOf(pattern.entity)} rows are sent once and the joined ones by themselves.`,
  );
}

function multiplied(judging: Judging, pattern: LoopPattern, rows: number, message: string, reason: string): Draft {
  const site = pattern.stack?.site ?? null;
  const whyNot = /QueryBuilder/.test(pattern.api) ? 'A query builder has no loading strategy: split the query by hand.' : whyNotEditable(site);
  return {
    key: `rows|${pattern.key}`,
    kind: 'row-multiplication',
    severity: 'warning',
    entity: pattern.entity,
    relation: null,
    count: rows,
    rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: null,
    advice: {
      ...plainAdvice('query-strategy', null, reason),
      strategy: 'query',
      currentQueryCount: judging.scope.count,
      editable: whyNot === null,
      whyNot,
      ...(pattern.source ? { driver: pattern.source.driver } : {}),
    },
    message,
    pattern,
    loading: null,
  };
}
