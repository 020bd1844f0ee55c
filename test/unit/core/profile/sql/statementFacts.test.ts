import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../../../src/core/profile/sql/statementFacts';
import type { Dialect } from '../../../../../src/core/profile/sql/tokenize';

function comparisons(sql: string, parameters: readonly unknown[] = [], dialect: Dialect = null): string[] {
  return readFacts(sql, parameters, dialect).comparisons.map(
    ({ table, column, operator, values }) => `${table}.${column} ${operator} ${values.join(',')}`,
  );
}

describe('what a statement compares', () => {
  it.each<[name: string, sql: string, parameters: readonly unknown[], found: readonly string[], dialect?: Dialect]>([
    ['a number in the text', 'SELECT * FROM "user" "u" WHERE "u"."id" = 5', [], ['user.id equals 5']],
    ['a negative number', 'SELECT * FROM t WHERE a = -5', [], ['t.a equals -5']],
    ['a string', "SELECT * FROM t WHERE code = 'it''s'", [], ["t.code equals it's"]],
    ['a question mark', 'SELECT * FROM t WHERE a = ? AND b = ?', [1, 'x'], ['t.a equals 1', 't.b equals x']],
    ['dollar placeholders in any order', 'SELECT * FROM t WHERE b = $2 AND a = $1', [1, 2], ['t.b equals 2', 't.a equals 1']],
    ['SQL Server parameters', 'SELECT * FROM [t] WHERE [t].[id] = @0', [{ value: 7, type: 'int' }], ['t.id equals 7'], 'mssql'],
    ['Oracle placeholders', 'SELECT * FROM t WHERE id = :1', [9], ['t.id equals 9'], 'oracle'],
    ['an IN list', 'SELECT * FROM t WHERE id IN (1, 2, 3)', [], ['t.id in 1,2,3']],
    ['an IN list of placeholders', 'SELECT * FROM t WHERE id IN (?, ?)', [4, 5], ['t.id in 4,5']],
    ['an array parameter', 'SELECT * FROM t WHERE id = ANY($1)', [[4, 5]], ['t.id in 4,5'], 'postgres'],
    ['NOT IN is no key', 'SELECT * FROM t WHERE id NOT IN (1, 2)', [], ['t.id other 1,2']],
    ['a range is no key', 'SELECT * FROM t WHERE id > 5 AND id <= 9', [], ['t.id other 5', 't.id other 9']],
    ['LIKE is no key', "SELECT * FROM t WHERE name LIKE 'a%'", [], ['t.name other a%']],
    ['the value first', 'SELECT * FROM t WHERE 5 = t.id', [], ['t.id equals 5']],
    ['nested parentheses', 'SELECT * FROM "t" "T" WHERE ( (("T"."id" = 20)) ) AND ( "T"."gone" IS NULL )', [], ['t.id equals 20']],
    ['a join condition', 'SELECT * FROM tag t INNER JOIN book_tag bt ON bt.bookId IN (?) AND bt.tagId = t.id', [3], ['book_tag.bookId in 3']],
    ['a joined table', 'SELECT * FROM book b LEFT JOIN author a ON a.id = b.authorId WHERE a.id = 2', [], ['author.id equals 2']],
    ['a cast', 'SELECT * FROM t WHERE id = $1::uuid', ['u-1'], ['t.id equals u-1'], 'postgres'],
    ['the condition of an update, not its values', 'UPDATE t SET a = 1, b = 2 WHERE id = 3', [], ['t.id equals 3']],
    ['nothing of an insert', 'INSERT INTO t (a) VALUES (1)', [], []],
    ['the tail, not the limit', 'SELECT * FROM t WHERE a = 1 LIMIT 2', [], ['t.a equals 1']],
    [
      'a subquery of EXISTS',
      'SELECT 1 AS x FROM (SELECT 1 AS d) "dummy" WHERE EXISTS (SELECT 1 FROM book b WHERE b.authorId = 4) LIMIT 1',
      [],
      ['book.authorId equals 4'],
    ],
  ])('%s', (_name, sql, parameters, found, dialect = null) => {
    expect(comparisons(sql, parameters, dialect)).toEqual(found);
  });
});

describe('where a result’s columns come from', () => {
  const originOf = (sql: string, column: string) => {
    const origin = readFacts(sql, [], null).resultColumns.get(column);
    return origin && `${origin.table}.${origin.column}`;
  };

  it('follows aliases of tables and columns', () => {
    const sql =
      'SELECT "O"."id" AS "O_id", "O"."customerId" AS "O_customerId", "C"."id" AS "O__C_id" FROM "orders" "O" LEFT JOIN "customer" "C" ON "C"."id" = "O"."customerId"';
    expect(['O_id', 'O_customerId', 'O__C_id'].map((column) => originOf(sql, column))).toEqual(['orders.id', 'orders.customerId', 'customer.id']);
  });

  it('follows TypeORM’s query of distinct keys', () => {
    const sql =
      'SELECT DISTINCT "distinctAlias"."A_id" AS "ids_A_id" FROM (SELECT "A"."id" AS "A_id" FROM "author" "A") "distinctAlias" ORDER BY "A_id" ASC LIMIT 2';
    expect(originOf(sql, 'ids_A_id')).toBe('author.id');
  });

  it('takes plain columns to be the only table’s', () => {
    expect(originOf('SELECT id, name FROM users', 'id')).toBe('users.id');
  });

  it('leaves out what several tables could mean', () => {
    expect(originOf('SELECT id FROM users, orders', 'id')).toBe('null.id');
  });
});

describe('what kind of question it is', () => {
  const facts = (sql: string) => readFacts(sql, [], null);

  it('knows limits, order, locks and aggregates', () => {
    expect(facts('SELECT * FROM t WHERE a = 1 ORDER BY b LIMIT 1')).toMatchObject({
      hasWhere: true,
      hasLimit: true,
      ordered: true,
      aggregate: false,
      locking: false,
    });
    expect(facts('SELECT COUNT(1) AS cnt FROM t')).toMatchObject({ aggregate: true, hasWhere: false });
    expect(facts('SELECT COUNT(1) FROM t GROUP BY a')).toMatchObject({ aggregate: false });
    expect(facts('SELECT * FROM jobs WHERE done = false LIMIT 1 FOR UPDATE SKIP LOCKED')).toMatchObject({ locking: true });
  });

  it('names the tables, the main one first', () => {
    expect(facts('SELECT * FROM "a" "x" LEFT JOIN b AS y ON y.id = x.id, c').tables).toEqual([
      { table: 'a', alias: 'x' },
      { table: 'b', alias: 'y' },
    ]);
    expect(facts('UPDATE "shop"."orders" SET a = 1').tables).toEqual([{ table: 'orders', alias: 'orders' }]);
    expect(facts('DELETE FROM t WHERE id = 1').tables[0]?.table).toBe('t');
    expect(facts('INSERT INTO "t"("a") VALUES (1)').tables[0]?.table).toBe('t');
  });
});
