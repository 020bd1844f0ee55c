import { plainAdvice } from '../advise/plainAdvice';
import type { Call, OperationRecord, PathReads } from '../evidence';
import { factsOf, type Detector, type Draft, type Judging, type LoopPattern } from './judging';
import { describeParent } from './parentOf';
import { isHandedOn, isKeyOf, rootOf } from './readsOf';
import { placeOf } from './sites';
import { counted, nounOf } from './words';

/** More rows than were needed: a whole table read into memory, or a result of which the app looked at a few rows or none. */
export const unboundedResult: Detector = (judging) => {
  const drafts: Draft[] = [];
  for (const pattern of judging.patterns) {
    const call = pattern.samples.find((candidate) => isUnbounded(judging, candidate));
    if (call) drafts.push(draftOf(judging, pattern, call));
  }
  for (const [path, operation] of judging.evidence.reads) {
    const pattern = judging.patternOf(operation.call);
    const waste = wasteOf(judging, path, operation);
    if (pattern !== undefined && waste !== null && !drafts.some((draft) => draft.pattern === pattern)) {
      drafts.push({
        ...draftOf(judging, pattern, operation.call),
        ...waste,
        key: `unread rows|${pattern.key}`,
        parent: describeParent(operation.call, true),
      });
    }
  }
  return drafts;
};

/** Part of the rows that counts as "a few" and the part that counts as "all". */
const FEW = 0.1;
const ALL = 0.95;

/** What the first run of the call path shows, in which every read was counted (cases G21 and G22). */
function wasteOf(judging: Judging, path: PathReads, operation: OperationRecord): Pick<Draft, 'message' | 'advice' | 'count'> | null {
  const root = rootOf(path);
  const rows = root?.firstEntities ?? 0;
  if (root === undefined || rows < judging.thresholds.unreadRows || root.partial || Object.keys(root.columns).length === 0 || isHandedOn(root))
    return null;
  const reads = [...Object.entries(root.columns), ...Object.entries(root.relations)]
    .map(([name, { firstReads }]) => ({ name, count: firstReads }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const [most, next] = reads;
  const all = counted(rows, nounOf(root.entity));
  if (most === undefined) {
    return {
      count: rows,
      message: `Of ${all} fetched nothing was read, at most how many there are.`,
      advice: plainAdvice('paginate', null, '`count()` or `exists()` answers that without fetching the rows.'),
    };
  }
  if (most.count <= rows * FEW) {
    return {
      count: rows,
      message: `Of ${all} fetched, ${most.count} were looked at.`,
      advice: plainAdvice('paginate', null, 'Ask for as many as are needed: `take`, or a `where` that ends the search in the database.'),
    };
  }
  if (most.count >= rows * ALL && !isKeyOf(operation, root.entity, most.name) && (next?.count ?? 0) <= rows * FEW && next !== undefined) {
    return {
      count: rows,
      message: `Of ${all} fetched, all but ${next.count} were left aside after a look at ${most.name}.`,
      advice: plainAdvice('paginate', null, `Filter by ${most.name} in \`where\`: the database then sends only the rows that are used.`),
    };
  }
  return null;
}

function isUnbounded(judging: Judging, { operation, queries }: Call): boolean {
  const [first] = queries;
  if (!operation || first?.kind !== 'select' || operation.api === 'lazy' || operation.roots <= judging.thresholds.unboundedRows) return false;
  const facts = factsOf(judging, first);
  return !facts.hasWhere && !facts.hasLimit;
}

function draftOf(judging: Judging, pattern: LoopPattern, call: Call): Draft {
  const site = pattern.stack?.site ?? null;
  const roots = call.operation?.roots ?? 0;
  return {
    key: `unbounded|${pattern.key}`,
    kind: 'unbounded-result',
    severity: 'warning',
    entity: pattern.entity,
    relation: null,
    count: roots,
    rows: pattern.rows,
    dbTimeMs: pattern.dbTimeMs,
    site,
    parent: null,
    advice: plainAdvice(
      'paginate',
      null,
      'Page it with `take` and `skip` (or by the last key seen), narrow it with `where`, or `stream()` where all rows must be visited.',
    ),
    message: `${placeOf(site, judging.root) ?? pattern.api} read every ${pattern.entity ?? 'row'} there is: ${counted(roots, 'entity')}, with no condition and no limit.`,
    pattern,
    loading: null,
  };
}
