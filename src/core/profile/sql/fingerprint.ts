/**
 * The shape of a statement: its text with every value taken out, so that two runs of the same code give the same shape whatever the
 * dialect's placeholders, the list's length or the driver's habit of writing numbers into the text.
 */
import type { QueryKind } from '../queryProfile';
import { type Dialect, isTruncated, type Token, tokenize } from './tokenize';

export interface Fingerprint {
  readonly shape: string;
  readonly kind: QueryKind;
  /** Statements that are nobody's loading mistake: schema queries, version probes, health checks, TypeORM's own tables. */
  readonly housekeeping: boolean;
}

export function fingerprint(sql: string, dialect: Dialect = null): Fingerprint {
  const tokens = tokenize(sql, dialect);
  return { shape: isTruncated(sql) ? collapseSpace(sql) : shapeOf(tokens), kind: kindOf(tokens), housekeeping: isHousekeeping(tokens) };
}

/** What kind of statement it is; a CTE that writes makes the whole a write. */
function kindOf(tokens: readonly Token[]): QueryKind {
  const words = tokens.filter(({ kind }) => kind === 'word').map(({ text }) => text.toUpperCase());
  const first = words[0] ?? '';
  if (first !== 'WITH') return KINDS.get(first) ?? 'other';
  return KINDS.get(words.find((word) => WRITES.has(word)) ?? 'SELECT') ?? 'select';
}

const KINDS = new Map<string, QueryKind>([
  ...entries('select', 'SELECT VALUES TABLE'),
  ...entries('insert', 'INSERT REPLACE UPSERT'),
  ...entries('update', 'UPDATE MERGE'),
  ...entries('delete', 'DELETE'),
  ...entries('transaction', 'BEGIN START COMMIT ROLLBACK SAVEPOINT RELEASE END ABORT SET'),
  ...entries('ddl', 'CREATE ALTER DROP TRUNCATE COMMENT GRANT REVOKE REINDEX RENAME VACUUM ANALYZE'),
]);
const WRITES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function entries(kind: QueryKind, words: string): [string, QueryKind][] {
  return words.split(' ').map((word) => [word, kind]);
}

const SYSTEM_NAMES =
  /^["`[]?(information_schema|pg_catalog|pg_\w+|sqlite_master|sqlite_schema|sqlite_sequence|typeorm_metadata|migrations|query-result-cache|sys|all_tables|user_tables)["`\]]?$/i;

function isHousekeeping(tokens: readonly Token[]): boolean {
  const from = tokens.findIndex(({ kind, text }) => kind === 'word' && /^(FROM|INTO|UPDATE)$/i.test(text));
  if (from >= 0) return tokens.slice(from + 1, from + 4).some(({ kind, text }) => (kind === 'word' || kind === 'quoted') && SYSTEM_NAMES.test(text));
  return /^(SELECT|PRAGMA|SHOW|USE|EXPLAIN)$/i.test(tokens.find(({ kind }) => kind === 'word')?.text ?? '');
}

/** Words written in capitals in a shape; all other unquoted names are folded to lower case, as databases do. */
const KEYWORDS = new Set(
  (
    'ABORT ALL ALTER AND ANY AS ASC BEGIN BETWEEN BY CASCADE CASE CAST COALESCE COLUMN COMMIT CONFLICT CONSTRAINT CREATE CROSS CURRENT DEFAULT DELETE DESC DISTINCT DO DROP ELSE END ' +
    'EXCEPT EXISTS FALSE FETCH FILTER FIRST FOR FOREIGN FROM FULL GROUP HAVING IF ILIKE IN INDEX INNER INSERT INTERSECT INTO IS JOIN KEY LAST LATERAL LEFT LIKE LIMIT LOCKED ' +
    'MATCHED MATERIALIZED MERGE NATURAL NEXT NO NOT NOTHING NOWAIT NULL NULLS OFFSET ON ONLY OR ORDER OUTER OUTPUT OVER PARTITION PRAGMA PRIMARY RECURSIVE REFERENCES RELEASE REPLACE ' +
    'RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT SET SHARE SKIP START TABLE THEN TOP TRANSACTION TRUE UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WINDOW WITH COUNT SUM AVG MIN MAX'
  ).split(' '),
);

/** A statement as nested parentheses: a piece of text, or a group. */
type Node = string | readonly Node[];

function shapeOf(tokens: readonly Token[]): string {
  const reader = new ShapeReader(tokens);
  return render(foldUnion(reader.read(), 0)).trim();
}

/** Turns tokens into words of the shape and nests them by parentheses. */
class ShapeReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  /** Iterative, so that thousands of nested parentheses cannot exhaust the stack. */
  read(): Node[] {
    const stack: Node[][] = [[]];
    for (; this.at < this.tokens.length; this.at++) {
      const token = this.tokens[this.at] as Token;
      const top = stack.at(-1) as Node[];
      if (token.text === '(' && stack.length < 200) stack.push([]);
      else if (token.text === ')' && stack.length > 1) {
        stack.pop();
        (stack.at(-1) as Node[]).push(foldGroup(top, stack.at(-1) as Node[]));
      } else if (token.text === ';' && this.at === this.tokens.length - 1) continue;
      else this.piece(token, top);
    }
    while (stack.length > 1) {
      const open = stack.pop() as Node[];
      (stack.at(-1) as Node[]).push(open);
    }
    return foldValues(stack[0] as Node[]);
  }

  private piece(token: Token, into: Node[]): void {
    if (isValue(token, this.tokens[this.at - 1], this.tokens[this.at - 2])) {
      dropSign(into, this.tokens, this.at);
      into.push('?');
      this.skipCast();
    } else into.push(token.kind === 'word' ? foldCase(token.text) : token.text);
  }

  /** `$1::uuid` and `'…'::date` are values in PostgreSQL's clothes. */
  private skipCast(): void {
    while (this.tokens[this.at + 1]?.text === '::' && this.tokens[this.at + 2]?.kind !== 'punctuation') {
      this.at += 2;
      if (this.tokens[this.at + 1]?.text === '[' && this.tokens[this.at + 2]?.text === ']') this.at += 2;
    }
  }
}

/** Whether a token stands for a value; NULL, TRUE and FALSE do unless they follow IS, NOT or DEFAULT. */
export function isValue(token: Token, previous: Token | undefined, beforePrevious: Token | undefined): boolean {
  if (token.kind === 'param' || token.kind === 'string') return true;
  if (token.kind === 'number') return previous?.text !== '.' || beforePrevious?.kind === 'number';
  return token.kind === 'word' && /^(null|true|false)$/i.test(token.text) && !/^(is|not|default|set|nulls)$/i.test(previous?.text ?? '');
}

/** The sign of `= -1`; the minus of `a - 1` stays. */
function dropSign(into: Node[], tokens: readonly Token[], at: number): void {
  const sign = into.at(-1);
  if (tokens[at]?.kind !== 'number' || (sign !== '-' && sign !== '+')) return;
  const before = tokens[at - 2];
  const isUnary =
    before === undefined ||
    before.kind === 'operator' ||
    before.text === '(' ||
    before.text === ',' ||
    (before.kind === 'word' && KEYWORDS.has(before.text.toUpperCase()));
  if (isUnary) into.pop();
}

function foldCase(word: string): string {
  const upper = word.toUpperCase();
  return KEYWORDS.has(upper) ? upper : word.toLowerCase();
}

/** What stands in parentheses: lists of values shrink to one, equal arms of OR to one arm. */
function foldGroup(nodes: readonly Node[], before: readonly Node[]): Node[] {
  const isCall = typeof before.at(-1) === 'string' && /^[a-z_]\w*$/.test(before.at(-1) as string);
  if (!isCall) {
    const items = split(nodes, ',');
    const first = items[0];
    if (items.length > 1 && first !== undefined && isPlaceholder(first) && items.every((item) => render(item) === render(first))) {
      return before.at(-1) === 'IN' || first.some((node) => typeof node !== 'string') ? [...first] : [...nodes];
    }
  }
  const arms = split(foldUnion(nodes, 1), 'OR');
  const firstArm = arms[0];
  const folds = arms.length > 1 && firstArm !== undefined && firstArm.length > 0 && arms.every((arm) => render(arm) === render(firstArm));
  return folds ? [...firstArm] : foldUnion(nodes, 1);
}

function isPlaceholder(nodes: readonly Node[]): boolean {
  return nodes.every((node) => node === '?' || node === ',' || (typeof node !== 'string' && isPlaceholder(node)));
}

/** `VALUES (?, ?), (?, ?), …` keeps its first row. */
function foldValues(nodes: readonly Node[]): Node[] {
  const folded: Node[] = [];
  for (let i = 0; i < nodes.length; i++) {
    folded.push(nodes[i] as Node);
    if (nodes[i] !== 'VALUES' || typeof nodes[i + 1] === 'string') continue;
    const row = nodes[++i];
    if (row !== undefined) folded.push(row);
    while (nodes[i + 1] === ',' && typeof nodes[i + 2] !== 'string' && nodes[i + 2] !== undefined) i += 2;
  }
  return folded;
}

/** Equal arms of a UNION keep one, with `UNION …` to tell. */
function foldUnion(nodes: readonly Node[], _depth: number): Node[] {
  if (!nodes.includes('UNION')) return [...nodes];
  const arms = split(nodes, 'UNION').map((arm) => (arm[0] === 'ALL' ? arm.slice(1) : arm));
  const first = arms[0];
  if (first === undefined || arms.length < 3 || !arms.every((arm) => render(arm) === render(first))) return [...nodes];
  return [...first, nodes.includes('ALL') ? 'UNION ALL …' : 'UNION …'];
}

function split(nodes: readonly Node[], separator: string): Node[][] {
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    if (node === separator) parts.push([]);
    else (parts.at(-1) as Node[]).push(node);
  }
  return parts;
}

function render(nodes: readonly Node[]): string {
  let text = '';
  let previous: Node | undefined;
  for (const node of nodes) {
    const piece = typeof node === 'string' ? node : `(${render(node)})`;
    text += needsSpace(previous, node) ? ` ${piece}` : piece;
    previous = node;
  }
  return text;
}

function needsSpace(left: Node | undefined, right: Node): boolean {
  if (left === undefined || left === '.' || right === '.' || right === ',' || right === ';' || left === '[' || right === '[' || right === ']')
    return false;
  if (left === '::' || right === '::') return false;
  if (typeof right === 'string') return true;
  // `count(…)` and `"name"(…)` touch their parenthesis, keywords do not.
  return typeof left !== 'string' || !(/^[a-z_][\w$]*$/.test(left) || /^(COUNT|SUM|AVG|MIN|MAX|COALESCE|CAST)$/.test(left));
}

function collapseSpace(sql: string): string {
  return sql.trim().replace(/\s+/g, ' ');
}
