import { fingerprint } from '../sql/fingerprint';
import { type Dialect, dialectOf, tokenize } from '../sql/tokenize';

export type ExplainStatement = { readonly sql: string } | { readonly whyNot: string };

/**
 * The statement that asks the database how it would run a query, without running it: https://www.postgresql.org/docs/current/sql-explain.html,
 * https://dev.mysql.com/doc/refman/8.4/en/explain.html, https://www.sqlite.org/eqp.html. Only for one statement that reads.
 * @param driver TypeORM's name of the driver
 */
export function explainStatement(sql: string, driver: string): ExplainStatement {
  const dialect = dialectOf(driver);
  const prefix = PREFIX[dialect ?? 'unknown'];
  if (prefix === undefined) return { whyNot: `Plans of ${driver} cannot be asked for yet; use the database's own tool.` };
  if (fingerprint(sql, dialect).kind !== 'select') return { whyNot: 'Only statements that read are explained.' };
  if (holdsSeveral(sql, dialect)) return { whyNot: 'This text holds several statements; only one can be explained.' };
  return { sql: `${prefix} ${sql}` };
}

const PREFIX: Readonly<Record<string, string>> = {
  postgres: 'EXPLAIN (FORMAT JSON)',
  mysql: 'EXPLAIN',
  sqlite: 'EXPLAIN QUERY PLAN',
};

function holdsSeveral(sql: string, dialect: Dialect): boolean {
  const at = tokenize(sql, dialect).findIndex(({ text }) => text === ';');
  return at >= 0 && tokenize(sql, dialect).length > at + 1;
}
