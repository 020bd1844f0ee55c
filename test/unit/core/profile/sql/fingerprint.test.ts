import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../../src/core/profile/sql/fingerprint';
import type { Dialect } from '../../../../../src/core/profile/sql/tokenize';

/** [what it is about, SQL, its shape, dialect] */
const shapes: readonly (readonly [name: string, sql: string, shape: string, dialect?: Dialect])[] = [
  ['dollar placeholders', 'SELECT * FROM t WHERE id = $1', 'SELECT * FROM t WHERE id = ?'],
  ['question marks', 'SELECT * FROM t WHERE id = ?', 'SELECT * FROM t WHERE id = ?'],
  ['numbered question marks', 'SELECT * FROM t WHERE id = ?1', 'SELECT * FROM t WHERE id = ?'],
  ['named placeholders', 'SELECT * FROM t WHERE id = :id', 'SELECT * FROM t WHERE id = ?'],
  ['Oracle placeholders', 'SELECT * FROM t WHERE id = :1', 'SELECT * FROM t WHERE id = ?', 'oracle'],
  ['SQL Server placeholders', 'SELECT * FROM t WHERE id = @0', 'SELECT * FROM t WHERE id = ?', 'mssql'],
  ['named SQL Server placeholders', 'SELECT * FROM t WHERE id = @p0', 'SELECT * FROM t WHERE id = ?', 'mssql'],
  ['server variables are no placeholders', 'SELECT @@version', 'SELECT @@version', 'mssql'],
  ['literal numbers', 'SELECT * FROM t WHERE id = 42', 'SELECT * FROM t WHERE id = ?'],
  ['numbers inside names', 'SELECT col2, t1_id FROM t3', 'SELECT col2, t1_id FROM t3'],
  ['numbers that are quoted names', 'SELECT `42` FROM `2024`', 'SELECT `42` FROM `2024`'],
  ['negative numbers', 'SELECT * FROM t WHERE a = -1 AND b IN (-2, 3)', 'SELECT * FROM t WHERE a = ? AND b IN (?)'],
  ['subtraction keeps its minus', 'UPDATE t SET n = n - 1 WHERE id = 2', 'UPDATE t SET n = n - ? WHERE id = ?'],
  ['fractions', 'SELECT * FROM t WHERE a > 1.50 OR b < .5', 'SELECT * FROM t WHERE a > ? OR b < ?'],
  ['scientific numbers', 'SELECT * FROM t WHERE a = 1e-9 AND b = 2.5E+10', 'SELECT * FROM t WHERE a = ? AND b = ?'],
  ['hexadecimal numbers', 'SELECT * FROM t WHERE a = 0xDEADbeef', 'SELECT * FROM t WHERE a = ?'],
  ['strings', "SELECT * FROM t WHERE a = 'x' AND b = ''", 'SELECT * FROM t WHERE a = ? AND b = ?'],
  ['doubled quotes', "SELECT * FROM t WHERE a = 'it''s -- fine' AND b = 1", 'SELECT * FROM t WHERE a = ? AND b = ?'],
  ['backslash escapes', "SELECT * FROM t WHERE a = 'it\\'s' AND b = 1", 'SELECT * FROM t WHERE a = ? AND b = ?', 'mysql'],
  [
    'a backslash is nothing special in PostgreSQL',
    "SELECT * FROM t WHERE a = 'C:\\' AND b = 'x'",
    'SELECT * FROM t WHERE a = ? AND b = ?',
    'postgres',
  ],
  ["E'' strings", "SELECT * FROM t WHERE a = E'it\\'s' AND b = 1", 'SELECT * FROM t WHERE a = ? AND b = ?', 'postgres'],
  ["N'' and X'' strings", "SELECT * FROM t WHERE a = N'ü' AND b = X'1F'", 'SELECT * FROM t WHERE a = ? AND b = ?'],
  ['dollar quotes', "SELECT * FROM t WHERE a = $$it's$$ AND b = $tag$x $$ y$tag$", 'SELECT * FROM t WHERE a = ? AND b = ?', 'postgres'],
  ['double quotes are strings in MySQL', 'SELECT * FROM t WHERE a = "x"', 'SELECT * FROM t WHERE a = ?', 'mysql'],
  ['double quotes are names elsewhere', 'SELECT "Users"."id" FROM "Users"', 'SELECT "Users"."id" FROM "Users"'],
  ['comment marks inside strings', "SELECT * FROM t WHERE a = '-- # /* x' AND b = 2", 'SELECT * FROM t WHERE a = ? AND b = ?'],
  ['line comments', 'SELECT 1 -- one\nFROM t', 'SELECT ? FROM t'],
  ['hash comments', 'SELECT a # note\nFROM t', 'SELECT a FROM t', 'mysql'],
  ['hash operators', "SELECT a #>> '{x}' FROM t", 'SELECT a #>> ? FROM t', 'postgres'],
  ['temporary tables', 'SELECT * FROM #work', 'SELECT * FROM #work', 'mssql'],
  ['block comments', 'SELECT /* trace=abc */ a FROM t /* tail */', 'SELECT a FROM t'],
  ['nested block comments', 'SELECT /* a /* b */ c */ a FROM t', 'SELECT a FROM t', 'postgres'],
  ['hints stay', 'SELECT /*+ INDEX(t i) */ a FROM t', 'SELECT /*+ INDEX(t i) */ a FROM t', 'oracle'],
  ['IN lists of any length', 'SELECT * FROM t WHERE id IN (1, 2, 3, 4)', 'SELECT * FROM t WHERE id IN (?)'],
  ['IN lists of one', 'SELECT * FROM t WHERE id IN ($1)', 'SELECT * FROM t WHERE id IN (?)'],
  ['IN lists of tuples', 'SELECT * FROM t WHERE (a, b) IN ((1, 2), (3, 4))', 'SELECT * FROM t WHERE (a, b) IN ((?, ?))'],
  ['IN with a subquery', 'SELECT * FROM t WHERE id IN (SELECT id FROM u WHERE a = 1)', 'SELECT * FROM t WHERE id IN (SELECT id FROM u WHERE a = ?)'],
  ['= ANY', 'SELECT * FROM t WHERE id = ANY($1)', 'SELECT * FROM t WHERE id = ANY (?)'],
  ['VALUES of many rows', "INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'), (3, 'z')", 'INSERT INTO t(a, b) VALUES (?, ?)'],
  ['VALUES of one row', 'INSERT INTO t (a, b) VALUES ($1, $2)', 'INSERT INTO t(a, b) VALUES (?, ?)'],
  ['VALUES with defaults', 'INSERT INTO t (a, b) VALUES (DEFAULT, $1), (DEFAULT, $2)', 'INSERT INTO t(a, b) VALUES (DEFAULT, ?)'],
  ['casts of values', 'SELECT * FROM t WHERE id = $1::uuid AND a = ANY($2::int[])', 'SELECT * FROM t WHERE id = ? AND a = ANY (?)', 'postgres'],
  ['casts of columns stay', 'SELECT a::text FROM t', 'SELECT a::text FROM t', 'postgres'],
  ['null, true and false as values', 'INSERT INTO t (a, b, c) VALUES (NULL, true, FALSE)', 'INSERT INTO t(a, b, c) VALUES (?, ?, ?)'],
  [
    'IS NULL is no value',
    'SELECT * FROM t WHERE a IS NULL AND b IS NOT NULL AND c = true',
    'SELECT * FROM t WHERE a IS NULL AND b IS NOT NULL AND c = ?',
  ],
  ['LIMIT and OFFSET', 'SELECT * FROM t LIMIT 10 OFFSET 20', 'SELECT * FROM t LIMIT ? OFFSET ?'],
  ['white space', '  SELECT\n\t*  FROM   t ;', 'SELECT * FROM t'],
  ['case of keywords and plain names', 'select A.Name from Users a where A.Id = 1', 'SELECT a.name FROM users a WHERE a.id = ?'],
  ['case of quoted names', 'select "A"."Name" from "Users" "A"', 'SELECT "A"."Name" FROM "Users" "A"'],
  ['brackets', 'SELECT [User].[id] FROM [User] WHERE [User].[id] = @0', 'SELECT [User].[id] FROM [User] WHERE [User].[id] = ?', 'mssql'],
  ['arrays', 'SELECT a[1] FROM t WHERE b = ARRAY[1, 2]', 'SELECT a[?] FROM t WHERE b = array[?, ?]', 'postgres'],
  ['JSON operators', "SELECT a -> 'x' FROM t WHERE b ? 'k' AND c @> '{}'", 'SELECT a -> ? FROM t WHERE b ? ? AND c @> ?', 'postgres'],
  [
    'equal arms of OR',
    'SELECT * FROM t WHERE (a = 1 AND b = 2) OR (a = 3 AND b = 4)',
    'SELECT * FROM t WHERE (a = ? AND b = ?) OR (a = ? AND b = ?)',
  ],
  ['equal arms of OR in parentheses', 'DELETE FROM t WHERE (id = 1 OR id = 2 OR id = 3)', 'DELETE FROM t WHERE (id = ?)'],
  ['repeated UNION', 'SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3', 'SELECT ? UNION ALL …'],
  ['different arms of UNION', 'SELECT a FROM t UNION SELECT b FROM u', 'SELECT a FROM t UNION SELECT b FROM u'],
  ['letters beyond ASCII', "SELECT größe FROM straße WHERE name = 'Ä'", 'SELECT größe FROM straße WHERE name = ?'],
  ['functions', 'SELECT COUNT(*), lower("a") FROM t', 'SELECT COUNT(*), lower("a") FROM t'],
  ['unfinished strings', "SELECT 'abc", 'SELECT ?'],
  ['nothing', '', ''],
];

describe('the shape of a statement', () => {
  for (const [name, sql, shape, dialect] of shapes) {
    it(`takes out ${name}`, () => expect(fingerprint(sql, dialect ?? null).shape).toBe(shape));
  }

  it('is the same for numbers written into the text and for placeholders', () => {
    const inlined = fingerprint('SELECT "a"."id" FROM "a" WHERE "a"."id" = 5', 'sqlite');
    expect(inlined.shape).toBe(fingerprint('SELECT "a"."id" FROM "a" WHERE "a"."id" = $1', 'postgres').shape);
  });

  it('never merges texts that were cut off', () => {
    const [a, b] = ['SELECT * FROM t WHERE id = 1 AND ...', 'SELECT * FROM t WHERE id = 2 AND ...'].map((sql) => fingerprint(sql).shape);
    expect(a).not.toBe(b);
  });

  it('is its own shape', () => {
    for (const [, , shape] of shapes.filter(([, , , dialect]) => dialect === undefined)) expect(fingerprint(shape).shape).toBe(shape);
  });

  it('reads a statement of ten thousand nested parentheses', () => {
    expect(fingerprint(`SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)}`).kind).toBe('select');
  });
});

describe('the kind of a statement', () => {
  it.each([
    ['SELECT 1', 'select'],
    ['(SELECT a FROM t) UNION (SELECT b FROM u)', 'select'],
    ['WITH x AS (SELECT 1) SELECT * FROM x', 'select'],
    ['WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x', 'delete'],
    ['with recursive x as (select 1) insert into t select * from x', 'insert'],
    ['INSERT INTO t VALUES (1)', 'insert'],
    ['REPLACE INTO t VALUES (1)', 'insert'],
    ['UPDATE t SET a = 1', 'update'],
    ['MERGE INTO t USING u ON 1 = 1', 'update'],
    ['DELETE FROM t', 'delete'],
    ['BEGIN TRANSACTION', 'transaction'],
    ['START TRANSACTION', 'transaction'],
    ['SAVEPOINT typeorm_1', 'transaction'],
    ['COMMIT', 'transaction'],
    ['SET TRANSACTION ISOLATION LEVEL SERIALIZABLE', 'transaction'],
    ['CREATE TABLE t (a int)', 'ddl'],
    ['/* note */ ALTER TABLE t ADD b int', 'ddl'],
    ['PRAGMA foreign_keys = ON', 'other'],
    ['EXPLAIN SELECT 1', 'other'],
  ])('%s: %s', (sql, kind) => {
    expect(fingerprint(sql).kind).toBe(kind);
  });
});

describe('housekeeping', () => {
  it.each([
    'SELECT 1',
    'SELECT version()',
    'PRAGMA table_info("t")',
    'SELECT * FROM "sqlite_master" WHERE name = ?',
    'SELECT * FROM "information_schema"."columns"',
    'SELECT * FROM "typeorm_metadata"',
    'SELECT * FROM "query-result-cache" WHERE id = ?',
  ])('is %s', (sql) => expect(fingerprint(sql).housekeeping).toBe(true));

  it.each(['SELECT * FROM users', 'SELECT 1 AS row_exists FROM users', 'INSERT INTO "migration_plan" VALUES (1)', 'UPDATE t SET a = 1'])(
    'is not %s',
    (sql) => expect(fingerprint(sql).housekeeping).toBe(false),
  );
});
