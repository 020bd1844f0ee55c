/**
 * What a statement says about tables and keys: enough to tell which column a value was compared with, and which table and column a
 * result's column came from. It reads token patterns, not a grammar; what it does not recognise it leaves out.
 */
import { isValue } from './fingerprint';
import { type Dialect, type Token, tokenize } from './tokenize';

/** Keys are compared as text: a driver may return `"5"` where the next query is asked for `5`. */
export type Key = string;

interface TableReference {
  readonly table: string;
  readonly alias: string;
}

export interface ColumnReference {
  readonly table: string | null;
  readonly column: string;
  /** The table's alias as the statement names it. */
  readonly alias: string | null;
}

export interface Comparison extends ColumnReference {
  readonly operator: 'equals' | 'in' | 'other';
  readonly clause: 'where' | 'on';
  readonly values: readonly Key[];
}

export interface StatementFacts {
  /** The first is what the statement is about. */
  readonly tables: readonly TableReference[];
  readonly comparisons: readonly Comparison[];
  /** Result column → where it comes from, for `SELECT alias.column AS name`. */
  readonly resultColumns: ReadonlyMap<string, ColumnReference>;
  readonly hasWhere: boolean;
  readonly hasLimit: boolean;
  readonly ordered: boolean;
  /** Selects a COUNT, SUM, AVG, MIN, MAX or EXISTS and groups nothing. */
  readonly aggregate: boolean;
  readonly locking: boolean;
  /** Values stand outside of the text. */
  readonly parametrised: boolean;
}

/** Facts of a text, with the places of its parameters still open: read once for all runs of a prepared statement. */
export interface StatementTemplate extends Omit<StatementFacts, 'comparisons'> {
  readonly comparisons: readonly (Omit<Comparison, 'values'> & { readonly values: readonly Slot[] })[];
}

/** A value in the text, or the index of the parameter that gives it. */
type Slot = Key | number;

export function readTemplate(sql: string, dialect: Dialect): StatementTemplate {
  return new FactReader(tokenize(sql, dialect)).read();
}

export function bindFacts(template: StatementTemplate, parameters: readonly unknown[] | null): StatementFacts {
  return { ...template, comparisons: template.comparisons.map((comparison) => bind(comparison, parameters ?? [])) };
}

export function readFacts(sql: string, parameters: readonly unknown[] | null, dialect: Dialect): StatementFacts {
  return bindFacts(readTemplate(sql, dialect), parameters);
}

function bind(comparison: StatementTemplate['comparisons'][number], parameters: readonly unknown[]): Comparison {
  const values = comparison.values.flatMap((slot) => (typeof slot === 'number' ? toKeys(parameters[slot]) : [slot]));
  // An equality with an array parameter (`IN (?)` expanded by the driver) is a list.
  return { ...comparison, values, operator: comparison.operator === 'equals' && values.length > 1 ? 'in' : comparison.operator };
}

/** The text a key is compared by, or null where a value cannot be a key (objects, booleans, long texts). */
export function toKey(value: unknown): Key | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return value.length <= 200 ? value : null;
  if (value !== null && typeof value === 'object' && 'value' in value) return toKey(value.value);
  return null;
}

const CLAUSES: Readonly<Record<string, Clause>> = {
  SELECT: 'select',
  FROM: 'from',
  JOIN: 'from',
  UPDATE: 'from',
  INTO: 'from',
  USING: 'from',
  ON: 'on',
  WHERE: 'where',
  HAVING: 'other',
  SET: 'other',
  VALUES: 'other',
  GROUP: 'other',
  ORDER: 'other',
  LIMIT: 'other',
  OFFSET: 'other',
  FETCH: 'other',
  RETURNING: 'other',
};
type Clause = 'select' | 'from' | 'on' | 'where' | 'other';

const NO_ALIAS =
  /^(ON|WHERE|LEFT|RIGHT|INNER|OUTER|FULL|CROSS|JOIN|NATURAL|SET|VALUES|ORDER|GROUP|HAVING|LIMIT|OFFSET|FETCH|USING|UNION|RETURNING|FOR|WITH|DEFAULT|SELECT|USE|FORCE|OUTPUT|LATERAL)$/i;
const COMPARATORS = new Set(['=', '<', '>', '<=', '>=', '<>', '!=', '<=>', '~~', '~~*']);

interface RawComparison {
  readonly qualifier: string | null;
  readonly column: string;
  readonly operator: Comparison['operator'];
  readonly clause: 'where' | 'on';
  readonly values: readonly Slot[];
}

class FactReader {
  private at = 0;
  private clause: Clause = 'other';
  private readonly clauses: Clause[] = [];
  private positional = 0;
  private readonly tables: TableReference[] = [];
  private readonly comparisons: RawComparison[] = [];
  private readonly selected = new Map<string, { qualifier: string; column: string }>();
  private hasWhere = false;
  private hasLimit = false;
  private ordered = false;
  private aggregate = false;
  private grouped = false;
  private locking = false;

  constructor(private readonly tokens: readonly Token[]) {}

  read(): StatementTemplate {
    while (this.at < this.tokens.length) this.step();
    return {
      tables: this.tables,
      comparisons: this.comparisons.map(({ qualifier, ...comparison }) => ({ ...comparison, ...this.resolve(qualifier, comparison.column) })),
      resultColumns: new Map([...this.selected].map(([name, { qualifier, column }]) => [name, this.resolve(qualifier, column)])),
      hasWhere: this.hasWhere,
      hasLimit: this.hasLimit,
      ordered: this.ordered,
      aggregate: this.aggregate && !this.grouped,
      locking: this.locking,
      parametrised: this.tokens.some(({ kind }) => kind === 'param'),
    };
  }

  private step(): void {
    const token = this.tokens[this.at] as Token;
    if (token.text === '(') {
      this.clauses.push(this.clause);
      this.at++;
    } else if (token.text === ')') {
      this.clause = this.clauses.pop() ?? this.clause;
      this.at++;
      if (this.clause === 'from') this.derivedAlias();
    } else if (token.kind === 'word' && this.keyword(token.text.toUpperCase())) return;
    else if (token.kind === 'word' || token.kind === 'quoted') this.name();
    else {
      if (isValue(token, this.tokens[this.at - 1], this.tokens[this.at - 2])) this.reversed();
      else this.at++;
    }
  }

  private keyword(word: string): boolean {
    const clause = CLAUSES[word];
    this.note(word);
    if (clause === undefined) return false;
    // `FOR UPDATE`, `ON DUPLICATE KEY UPDATE`, `DO UPDATE SET` name no table.
    if (word === 'UPDATE' && /^(FOR|KEY|DO)$/i.test(this.tokens[this.at - 1]?.text ?? '')) {
      this.at++;
      return true;
    }
    this.clause = clause;
    this.at++;
    if (clause === 'from') this.tableName();
    return true;
  }

  private note(word: string): void {
    if (word === 'WHERE') this.hasWhere = true;
    else if (word === 'LIMIT' || word === 'FETCH' || word === 'TOP') this.hasLimit = true;
    else if (word === 'ORDER') this.ordered = true;
    else if (word === 'GROUP') this.grouped = true;
    else if (word === 'FOR' && /^(UPDATE|SHARE|NO|KEY)$/i.test(this.tokens[this.at + 1]?.text ?? '')) this.locking = true;
    else if (this.clause === 'select' && /^(COUNT|SUM|AVG|MIN|MAX|EXISTS)$/.test(word) && this.tokens[this.at + 1]?.text === '(')
      this.aggregate = true;
  }

  private tableName(): void {
    while (/^(ONLY|LATERAL)$/i.test(this.tokens[this.at]?.text ?? '')) this.at++;
    const parts = this.nameParts();
    const table = parts.at(-1);
    if (table === undefined) return;
    this.tables.push({ table, alias: this.alias() ?? table });
    if (this.clause === 'from' && this.tokens[this.at]?.text === ',') {
      this.at++;
      this.tableName();
    }
  }

  /** `FROM (SELECT …) "distinctAlias"`: the alias is no table; its columns are found by their result names. */
  private derivedAlias(): void {
    const next = this.tokens[this.at];
    if (next?.kind === 'quoted' || (next?.kind === 'word' && !NO_ALIAS.test(next.text))) this.alias();
  }

  private alias(): string | null {
    if (/^AS$/i.test(this.tokens[this.at]?.text ?? '')) this.at++;
    const token = this.tokens[this.at];
    if (token?.kind !== 'quoted' && !(token?.kind === 'word' && !NO_ALIAS.test(token.text))) return null;
    this.at++;
    return unquote(token);
  }

  /** `a.b.c` as its parts; empty where no name stands here. */
  private nameParts(): string[] {
    const parts: string[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      if (token?.kind !== 'word' && token?.kind !== 'quoted') return parts;
      parts.push(unquote(token));
      this.at++;
      if (this.tokens[this.at]?.text !== '.') return parts;
      this.at++;
    }
  }

  private name(): void {
    const parts = this.nameParts();
    const column = parts.at(-1);
    const qualifier = parts.at(-2) ?? null;
    if (column === undefined) {
      this.at++;
      return;
    }
    if (this.clause === 'select' && qualifier !== null && /^AS$/i.test(this.tokens[this.at]?.text ?? '')) {
      this.at++;
      const alias = this.tokens[this.at++];
      if (alias) this.selected.set(unquote(alias), { qualifier, column });
    } else if (this.clause === 'select' && qualifier !== null) this.selected.set(column, { qualifier, column });
    else if (this.clause === 'select' && this.tokens[this.at]?.text !== '(') this.selected.set(column, { qualifier: '', column });
    else if (this.clause === 'where' || this.clause === 'on') this.comparison(qualifier, column, this.clause);
  }

  private comparison(qualifier: string | null, column: string, clause: 'where' | 'on'): void {
    while (this.tokens[this.at]?.text === '::') this.at += 2;
    const token = this.tokens[this.at];
    const negated = /^NOT$/i.test(token?.text ?? '');
    const operator = (negated ? this.tokens[this.at + 1] : token)?.text.toUpperCase() ?? '';
    if (operator === 'IN') {
      this.at += negated ? 2 : 1;
      this.add(qualifier, column, negated ? 'other' : 'in', clause, this.list());
    } else if (COMPARATORS.has(operator)) {
      this.at++;
      const isAny = /^ANY$/i.test(this.tokens[this.at]?.text ?? '');
      const values = isAny ? this.anyOf() : this.value();
      if (values !== null) this.add(qualifier, column, isAny ? 'in' : operator === '=' || operator === '<=>' ? 'equals' : 'other', clause, values);
    } else if (/^(LIKE|ILIKE|BETWEEN)$/.test(operator)) {
      this.at += negated ? 2 : 1;
      this.add(qualifier, column, 'other', clause, this.value() ?? []);
    }
  }

  /** `5 = t.id` */
  private reversed(): void {
    const values = this.value() ?? [];
    if (this.tokens[this.at]?.text !== '=' || (this.clause !== 'where' && this.clause !== 'on')) return;
    const clause = this.clause;
    this.at++;
    const parts = this.nameParts();
    const column = parts.at(-1);
    if (column !== undefined) this.add(parts.at(-2) ?? null, column, 'equals', clause, values);
  }

  private add(qualifier: string | null, column: string, operator: Comparison['operator'], clause: 'where' | 'on', values: readonly Slot[]): void {
    this.comparisons.push({ qualifier, column, operator, clause, values });
  }

  private anyOf(): readonly Slot[] {
    this.at++;
    return this.list();
  }

  /** The values of `( … )`; leaves off at the closing parenthesis. */
  private list(): Slot[] {
    const values: Slot[] = [];
    if (this.tokens[this.at]?.text !== '(') return values;
    this.at++;
    while (this.at < this.tokens.length && this.tokens[this.at]?.text !== ')') {
      const found = this.value();
      if (found !== null) values.push(...found);
      else if (this.tokens[this.at]?.text === ',') this.at++;
      else {
        // A subquery or an expression: read on as usual, inside its parenthesis.
        this.clauses.push(this.clause);
        return values;
      }
    }
    this.at++;
    return values;
  }

  /** The value standing here (several for an array parameter), or null where none stands. */
  private value(): readonly Slot[] | null {
    const wrapped = this.tokens[this.at]?.text === '(' && this.tokens[this.at + 2]?.text === ')' ? 1 : 0;
    const signed = /^[-+]$/.test(this.tokens[this.at + wrapped]?.text ?? '') ? 1 : 0;
    const token = this.tokens[this.at + wrapped + signed];
    if (token === undefined || !isValue(token, this.tokens[this.at + wrapped + signed - 1], this.tokens[this.at + wrapped + signed - 2])) return null;
    const isNegative = signed === 1 && this.tokens[this.at + wrapped]?.text === '-';
    this.at += 1 + signed + wrapped * 2;
    while (this.tokens[this.at]?.text === '::') this.at += 2;
    if (token.kind === 'param') return [this.parameterIndex(token.text)];
    if (token.kind === 'number') return [isNegative ? `-${token.text}` : token.text];
    return token.kind === 'string' ? [unquoteString(token.text)] : [];
  }

  private parameterIndex(text: string): number {
    const numbered = /^[$?:](\d+)$/.exec(text);
    if (numbered) return Number(numbered[1]) - 1;
    const mssql = /^@(\d+)$/.exec(text);
    return mssql ? Number(mssql[1]) : this.positional++;
  }

  private resolve(qualifier: string | null, column: string): ColumnReference {
    const table =
      qualifier === null || qualifier === ''
        ? this.tables.length === 1
          ? this.tables[0]
          : undefined
        : this.tables.find(({ alias }) => alias === qualifier);
    if (table) return { table: table.table, column, alias: table.alias };
    const inner = this.selected.get(column);
    if (inner && inner.qualifier !== qualifier && inner.qualifier !== '') return this.resolve(inner.qualifier, inner.column);
    return { table: null, column, alias: qualifier === '' ? null : qualifier };
  }
}

function toKeys(value: unknown): Key[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map(toKey).filter((key) => key !== null);
}

function unquote(token: Token): string {
  if (token.kind !== 'quoted' && token.kind !== 'string') return token.text;
  const name = token.text.slice(1, -1);
  return /""|``/.test(name) ? name.replace(/(["`])\1/g, '$1') : name;
}

function unquoteString(text: string): string {
  const open = text.search(/['$"]/);
  return text.slice(open + 1, -1).replace(/''/g, "'");
}
