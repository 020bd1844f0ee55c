/** SQL as the profiler shows and copies it; no browser needed. */
import { describe, expect, test } from 'vitest';
import { compactSql } from '../../webview/profiler/sql/compactSql';
import { fillParameters } from '../../webview/profiler/sql/fillParameters';
import { formatSql } from '../../webview/profiler/sql/formatSql';
import { tokenizeSql, type SqlToken } from '../../webview/profiler/sql/tokenizeSql';

const textOf = (tokens: readonly SqlToken[]): string => tokens.map(({ text }) => text).join('');

describe('tokens', () => {
  test.each([
    ['a plain statement', 'SELECT "Author"."id" AS "Author_id" FROM "author" "Author"  WHERE id = ? AND name = \'it\'\'s\''],
    ['comments, also with names in them', "/* name */ SELECT name -- name\nFROM author # a note\nWHERE a = 'x' /* end"],
    ['MySQL’s quotes and escapes', "SELECT `a``b` FROM `t` WHERE c = 'it\\'s' AND d = 1.5e3"],
    ['PostgreSQL’s casts, dollars and arrays', "SELECT $1::int, a[1], $tag$ it's $tag$ FROM t WHERE b @> '{}'"],
    ['SQL Server’s brackets and parameters', 'SELECT [a b] FROM [t] WHERE c = @0'],
    ['something unfinished', "SELECT 'open"],
    ['nothing', ''],
  ])('of %s are the text again', (_, sql) => expect(textOf(tokenizeSql(sql))).toBe(sql));

  test('tell keywords from names, and values from parameters', () => {
    const kinds = tokenizeSql(`select "order".total from "order" where id = $1 and state = 'open' limit 5`).flatMap(({ kind, text }) =>
      kind === 'space' ? [] : [`${text}:${kind}`],
    );
    expect(kinds).toEqual(
      'select:keyword "order":quoted .:punctuation total:word from:keyword "order":quoted where:keyword id:word =:punctuation $1:parameter and:keyword state:word =:punctuation \'open\':string limit:keyword 5:number'.split(
        ' ',
      ),
    );
  });
});

describe('one line', () => {
  test.each([
    [
      'drops quotes, aliases and the only table’s name',
      'SELECT "Book"."id" AS "Book_id", "Book"."title" AS "Book_title" FROM "book" "Book" WHERE "Book"."authorId" = ?',
      'SELECT id, title FROM book WHERE authorId = ?',
    ],
    ['counts the columns of a long list', 'SELECT a, b, c, d, e, f FROM t', 'SELECT 6 columns FROM t'],
    ['leaves a list of three whole', 'SELECT DISTINCT a, b, c FROM t', 'SELECT DISTINCT a, b, c FROM t'],
    ['keeps the word before a counted list', 'SELECT DISTINCT a, b, f(c, d), e FROM t', 'SELECT DISTINCT 4 columns FROM t'],
    [
      'names joined tables by their table',
      'SELECT "Author"."id" AS "Author_id", "Author__Author_books"."id" AS "x" FROM "author" "Author" LEFT JOIN "book" "Author__Author_books" ON "Author__Author_books"."authorId"="Author"."id"',
      'SELECT author.id, book.id FROM author LEFT JOIN book ON book.authorId = author.id',
    ],
    [
      'keeps the aliases of a table that is joined to itself',
      'SELECT "c"."id" FROM "category" "c" LEFT JOIN "category" "p" ON "p"."id" = "c"."parentId"',
      'SELECT c.id FROM category c LEFT JOIN category p ON p.id = c.parentId',
    ],
    ['drops needless brackets', 'SELECT id FROM t WHERE ((a > 3000)) LIMIT 1', 'SELECT id FROM t WHERE a > 3000 LIMIT 1'],
    ['keeps brackets that matter', 'SELECT id FROM t WHERE (a = 1 OR b = 2) AND (c = 3)', 'SELECT id FROM t WHERE (a = 1 OR b = 2) AND (c = 3)'],
    ['counts the values of a long list', 'SELECT id FROM t WHERE id IN (?, ?, ?, ?, ?, ?)', 'SELECT id FROM t WHERE id IN (?, … 5 more)'],
    [
      'keeps functions, casts and what needs its quotes',
      'SELECT COUNT(DISTINCT("a"."id")) AS "cnt" FROM "my table" "a"',
      'SELECT COUNT(DISTINCT (id)) FROM "my table"',
    ],
    [
      'keeps a subquery’s prefixes',
      'SELECT "a"."id" FROM "t" "a" WHERE "a"."id" IN (SELECT "b"."id" FROM "u" "b")',
      'SELECT t.id FROM t WHERE t.id IN (SELECT u.id FROM u)',
    ],
    [
      'leaves writes as they are but for quotes',
      'INSERT INTO "book"("id", "title") VALUES (NULL, ?)',
      'INSERT INTO book(id, title) VALUES (NULL, ?)',
    ],
    ['keeps an alias outside of select lists', 'WITH x AS (SELECT 1) SELECT * FROM x', 'WITH x AS (SELECT 1) SELECT * FROM x'],
  ])('%s', (_, sql, line) => expect(textOf(compactSql(sql))).toBe(line));
});

describe('several lines', () => {
  test('give each clause its own and a long list a line for each column', () => {
    const sql =
      'SELECT "Order"."id" AS "Order_id", "Order"."state" AS "Order_state", "Order"."total" AS "Order_total" FROM "order" "Order" LEFT JOIN "line" "l" ON "l"."orderId"="Order"."id" AND "l"."gone" IS NULL WHERE ("Order"."a" = $1 AND "Order"."b" = $2) AND "Order"."at" BETWEEN $3 AND $4 AND "Order"."c" = 1 ORDER BY "Order"."id" DESC LIMIT 20';
    expect(textOf(formatSql(sql))).toBe(
      [
        'SELECT',
        '  "Order"."id" AS "Order_id",',
        '  "Order"."state" AS "Order_state",',
        '  "Order"."total" AS "Order_total"',
        'FROM "order" "Order"',
        'LEFT JOIN "line" "l" ON "l"."orderId" = "Order"."id"',
        '  AND "l"."gone" IS NULL',
        'WHERE ("Order"."a" = $1 AND "Order"."b" = $2)',
        '  AND "Order"."at" BETWEEN $3 AND $4',
        '  AND "Order"."c" = 1',
        'ORDER BY "Order"."id" DESC',
        'LIMIT 20',
      ].join('\n'),
    );
  });

  test('indent subqueries', () => {
    expect(textOf(formatSql('SELECT COUNT(1) FROM (SELECT id FROM t WHERE a = 1) x WHERE EXISTS (SELECT 1 FROM u)'))).toBe(
      ['SELECT COUNT(1)', 'FROM (', '  SELECT id', '  FROM t', '  WHERE a = 1) x', 'WHERE EXISTS (', '  SELECT 1', '  FROM u)'].join('\n'),
    );
  });

  test('keep a write together', () => {
    expect(textOf(formatSql('UPDATE "book" SET "price" = ?, "title" = ? WHERE "id" IN (?)'))).toBe(
      'UPDATE "book"\nSET "price" = ?, "title" = ?\nWHERE "id" IN (?)',
    );
    expect(textOf(formatSql('DELETE FROM book WHERE id = ?'))).toBe('DELETE FROM book\nWHERE id = ?');
  });
});

describe('filled in', () => {
  test.each([
    ['question marks in order', 'a = ? AND b = ?', [1, 'two'], "a = 1 AND b = 'two'"],
    ['numbered ones, also twice', 'a = $2 OR b = $1 OR c = $2', [1, 2], 'a = 2 OR b = 1 OR c = 2'],
    ['SQL Server’s, from zero', 'a = @0 AND b = @1', ['x', null], "a = 'x' AND b = NULL"],
    ['Oracle’s, from one', 'a = :1', [true], 'a = 1'],
    ['what a boolean is to others', 'a = ? AND b = ?', [true, false], 'a = TRUE AND b = FALSE'],
    ['strings with quotes', 'a = ?', ["it's"], "a = 'it''s'"],
    ['JSON', 'a = ?', ['{"x":[1]}'], `a = '{"x":[1]}'`],
    ['a list, as PostgreSQL reads it', 'a = ANY($1)', [[1, 'it\'s "b"', null, [2]]], `a = ANY('{1,"it''s \\"b\\"",NULL,{2}}')`],
    ['a list elsewhere', 'a = ?', [[1, 'b']], `a = '[1,"b"]'`],
    ['no bytes, which are not recorded', 'a = $1 AND b = $2', ['<12 bytes>', 3], 'a = $1 /* 12 bytes */ AND b = 3'],
    ['no text that was cut', 'a = ?', [`${'x'.repeat(2000)}…`], 'a = ? /* a text of more than 2000 characters */'],
    ['nothing in strings and names', `a = '?' AND "b?" = ?`, [1], `a = '?' AND "b?" = 1`],
    ['nothing where a value is missing', 'a = ? AND b = ? AND c = :name', [1], 'a = 1 AND b = ? AND c = :name'],
    ['white space as it was', 'a = ?\n  AND b = ?', [1, 2], 'a = 1\n  AND b = 2'],
  ])('%s', (_, sql, parameters, filled) => expect(fillParameters(sql, parameters)).toBe(filled));
});
