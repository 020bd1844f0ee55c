import { counted } from '../detect/words';
import { readFacts } from '../sql/statementFacts';
import { dialectOf } from '../sql/tokenize';

/** One step of a plan, as the database tells it. */
export interface PlanStep {
  readonly depth: number;
  readonly text: string;
  /** Rows that the database expects, or null where it does not say. */
  readonly rows: number | null;
  /** What to look at, in a sentence; null where it is fine. */
  readonly note: string | null;
  /** `warning`: it reads much to find little. `info`: it does, in a table that is small yet. */
  readonly severity: 'warning' | 'info' | null;
}

/**
 * Reads what EXPLAIN answered. A table that is read as a whole is marked where a condition could have been served by an index.
 * @param sql the statement that was explained
 * @param rows the driver's rows
 * @param driver TypeORM's name of the driver
 * @returns steps from the outermost on; empty where the answer has a shape that is not known
 */
export function readPlan(sql: string, rows: readonly unknown[], driver: string): PlanStep[] {
  switch (dialectOf(driver)) {
    case 'postgres':
      return readPostgres(rows);
    case 'mysql':
      return rows.filter(isRecord).map(readMysqlRow);
    case 'sqlite':
      return readSqlite(sql, rows.filter(isRecord));
    default:
      return [];
  }
}

/** Rows, or PostgreSQL's units of cost, below which an index would gain nothing yet. */
const SMALL_TABLE = 100;
const LOW_COST = 25;

function readPostgres(rows: readonly unknown[]): PlanStep[] {
  const [row] = rows.filter(isRecord);
  if (row === undefined) return [];
  const answer = parsed(row['QUERY PLAN']);
  // CockroachDB answers with lines of text.
  if (answer === undefined) return rows.filter(isRecord).map((line) => ({ depth: 0, text: textOf(Object.values(line)[0]), rows: null, ...fine }));
  const [plan] = Array.isArray(answer) ? answer.filter(isRecord) : [];
  return isRecord(plan?.['Plan']) ? postgresStep(plan['Plan'], 0) : [];
}

function postgresStep(node: Readonly<Record<string, unknown>>, depth: number): PlanStep[] {
  const kind = textOf(node['Node Type']);
  const table = textOf(node['Relation Name']);
  const index = textOf(node['Index Name']);
  const condition = ['Index Cond', 'Hash Cond', 'Merge Cond', 'Join Filter', 'Filter', 'Recheck Cond']
    .map((name) => textOf(node[name]))
    .find(Boolean);
  const rows = typeof node['Plan Rows'] === 'number' ? node['Plan Rows'] : null;
  const text = [kind, index && `using ${index}`, table && `on ${table}`, condition && `· ${condition}`].filter(Boolean).join(' ');
  const isWhole = kind === 'Seq Scan' && textOf(node['Filter']) !== '';
  const isSmall = typeof node['Total Cost'] === 'number' && node['Total Cost'] < LOW_COST;
  const step = { depth, text, rows, ...(isWhole ? readsWhole(table, isSmall) : fine) };
  const children = Array.isArray(node['Plans']) ? node['Plans'].filter(isRecord) : [];
  return [step, ...children.flatMap((child) => postgresStep(child, depth + 1))];
}

function readMysqlRow(row: Readonly<Record<string, unknown>>): PlanStep {
  const [table, type, key, extra] = ['table', 'type', 'key', 'Extra'].map((name) => textOf(row[name]));
  const rows = Number(row['rows']) || null;
  const isWhole = type === 'ALL' && /Using where/.test(extra ?? '');
  return {
    depth: 0,
    text: [`${type || 'table'} ${table}`, key && `using ${key}`, extra && `· ${extra}`].filter(Boolean).join(' '),
    rows,
    ...(isWhole ? readsWhole(table ?? '', (rows ?? 0) < SMALL_TABLE) : fine),
  };
}

/** Rows of `id, parent, notused, detail`; tables go by their alias. */
function readSqlite(sql: string, rows: readonly Readonly<Record<string, unknown>>[]): PlanStep[] {
  const compared = new Set(readFacts(sql, null, 'sqlite').comparisons.map(({ alias, table }) => (alias ?? table ?? '').toLowerCase()));
  const depths = new Map<number, number>();
  const loops = new Set<number>();
  return rows.map((row) => {
    const depth = (depths.get(Number(row['parent'])) ?? -1) + 1;
    depths.set(Number(row['id']), depth);
    const text = textOf(row['detail']);
    const scanned = /^SCAN (?:TABLE )?(\S+)/.exec(text)?.[1];
    // Inside of another loop a table is read as a whole again and again.
    const isInner = loops.has(Number(row['parent']));
    if (/^(SCAN|SEARCH) /.test(text)) loops.add(Number(row['parent']));
    const isWanted = scanned !== undefined && (isInner || compared.has(scanned.toLowerCase()));
    const isWhole = isWanted && !/USING (?:COVERING |AUTOMATIC )?INDEX/.test(text);
    return { depth, text, rows: null, ...(isWhole ? readsWhole(scanned, false) : fine) };
  });
}

const fine = { note: null, severity: null } as const;

function readsWhole(table: string, isSmall: boolean): Pick<PlanStep, 'note' | 'severity'> {
  const end = isSmall ? '; right while the table is small' : ': no index serves the condition';
  return { note: `Reads every row of ${table}${end}.`, severity: isSmall ? 'info' : 'warning' };
}

/** `3 steps, 1 of them reads a whole table`. */
export function planSummary(steps: readonly PlanStep[]): string {
  const whole = steps.filter(({ severity }) => severity === 'warning').length;
  return `${counted(steps.length, 'step')}${whole === 0 ? '' : `, ${whole} of them ${whole === 1 ? 'reads a whole table' : 'read whole tables'}`}`;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
