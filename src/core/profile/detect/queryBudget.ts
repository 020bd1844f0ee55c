import { noAdvice } from '../advise/plainAdvice';
import type { Detector, Draft, Judging } from './judging';
import { counted } from './words';

/** Rise over the run before from which a route's growth is worth a word. */
const RISE = 3;

/** More queries than the scope's budget; without one, more different queries than one request should need, or more than in the run before. */
export const queryBudget: Detector = (judging) => {
  const { scope, thresholds } = judging;
  const budget = thresholds.budgets[scope.name];
  if (budget !== undefined) {
    return scope.count > budget ? [draftOf(judging, 'warning', `${scope.name} ran ${counted(scope.count, 'query')}; its budget is ${budget}.`)] : [];
  }
  if (scope.kind === 'unattributed') return [];
  const different = [...scope.groups.values()].filter(({ kind }) => kind === 'select' || kind === 'insert' || kind === 'update' || kind === 'delete');
  const shapes = new Set(different.map(({ shape }) => shape)).size;
  if (shapes > thresholds.distinctQueries) {
    return [
      draftOf(
        judging,
        'info',
        `${scope.name} ran ${shapes} different queries, ${counted(scope.count, 'statement')} in all: each is a round trip of its own.`,
      ),
    ];
  }
  const { previousQueryCount: before } = judging;
  if (before !== null && scope.count >= before + RISE && scope.count >= before * 1.2) {
    return [draftOf(judging, 'info', `${scope.name} ran ${counted(scope.count, 'query')}; in the run before it was ${before}.`)];
  }
  return [];
};

function draftOf({ scope }: Judging, severity: 'warning' | 'info', message: string): Draft {
  return {
    key: 'budget',
    kind: 'query-budget',
    severity,
    entity: null,
    relation: null,
    count: scope.count,
    rows: scope.rows,
    dbTimeMs: scope.dbTimeMs,
    site: null,
    parent: null,
    advice: noAdvice('See which of the operations can be joined, asked for at once or left out.'),
    message,
    pattern: null,
    loading: null,
  };
}
