import { plainAdvice } from '../advise/plainAdvice';
import { whyNotEditable } from '../advise/whyNotEditable';
import type { Call } from '../evidence';
import { factsOf, type Detector, type Draft, type Judging, type LoopPattern } from './judging';
import { placeOf } from './sites';
import { counted } from './words';

/** Several collections in one join: each row of one is repeated for each row of the other. Measured, not guessed from the number of joins. */
export const rowMultiplication: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    const worst = pattern.samples.map((call) => ({ call, ...factorOf(judging, call) })).sort((a, b) => b.factor - a.factor)[0];
    if (worst && worst.factor >= judging.thresholds.rowFactor && worst.rows >= judging.thresholds.rowFactorRows)
      drafts.push(draftOf(judging, pattern, worst));
  }
  return drafts;
};

function factorOf(judging: Judging, { operation, queries }: Call): { readonly rows: number; readonly entities: number; readonly factor: number } {
  const entities = operation?.entities ?? 0;
  const widest = queries
    .filter((query) => query.kind === 'select' && query.rows >= judging.thresholds.rowFactorRows && factsOf(judging, query).tables.length > 2)
    .sort((a, b) => b.rows - a.rows)[0];
  const rows = widest?.rows ?? 0;
  return { rows, entities, factor: entities > 0 ? rows / entities : 0 };
}

function draftOf(judging: Judging, pattern: LoopPattern, { rows, entities, factor }: { rows: number; entities: number; factor: number }): Draft {
  const site = pattern.stack?.site ?? null;
  const place = placeOf(site, judging.root);
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
      ...plainAdvice(
        'query-strategy',
        null,
        `With \`relationLoadStrategy: "query"\` each relation is read by itself: about ${counted(entities, 'row')} instead of ${rows}.`,
      ),
      strategy: 'query',
      editable: whyNot === null,
      whyNot,
    },
    message: `${place ?? pattern.api} read ${counted(rows, 'row')} to build ${counted(entities, 'entity')}: its joined collections multiply each other ${factor.toFixed(1)} times.`,
    pattern,
    loading: null,
  };
}
