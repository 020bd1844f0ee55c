import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { explainStatement } from '../../../../../src/core/profile/explain/explainStatement';
import { planSummary, readPlan } from '../../../../../src/core/profile/explain/readPlan';

describe('a statement to explain', () => {
  it('is asked for in the words of its database', () => {
    expect(explainStatement('SELECT 1', 'postgres')).toEqual({ sql: 'EXPLAIN (FORMAT JSON) SELECT 1' });
    expect(explainStatement('SELECT 1;', 'better-sqlite3')).toEqual({ sql: 'EXPLAIN QUERY PLAN SELECT 1;' });
    expect(explainStatement('WITH a AS (SELECT 1) SELECT * FROM a', 'mysql')).toMatchObject({
      sql: expect.stringMatching(/^EXPLAIN WITH/) as string,
    });
  });

  it.each([
    ['a write', 'DELETE FROM book', 'postgres'],
    ['a write within a read', 'WITH gone AS (DELETE FROM book RETURNING *) SELECT * FROM gone', 'postgres'],
    ['a second statement', 'SELECT 1; DROP TABLE book', 'postgres'],
    ['a database without EXPLAIN', 'SELECT 1', 'mssql'],
    ['an explanation', 'EXPLAIN SELECT 1', 'postgres'],
  ])('is never %s', (_, sql, driver) => expect(explainStatement(sql, driver)).toHaveProperty('whyNot'));

  it('may hold a semicolon in a text', () => expect(explainStatement("SELECT ';' AS a", 'postgres')).toHaveProperty('sql'));
});

describe('a plan of SQLite', () => {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT); CREATE TABLE book (id INTEGER PRIMARY KEY, authorId INT, title TEXT)');
  database.exec('CREATE INDEX title ON book (title)');
  const planOf = (sql: string) => readPlan(sql, database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(), 'better-sqlite3');

  it('marks a table that is read as a whole for a condition', () => {
    expect(planOf('SELECT * FROM book WHERE authorId = 1')).toEqual([
      { depth: 0, text: 'SCAN book', rows: null, note: 'Reads every row of book: no index serves the condition.', severity: 'warning' },
    ]);
    const joined = planOf('SELECT * FROM author a LEFT JOIN book b ON b.authorId = a.id WHERE a.id = 3');
    expect(joined.map(({ severity }) => severity)).toEqual([null, 'warning']);
  });

  it.each(['SELECT * FROM book', 'SELECT * FROM book ORDER BY title', "SELECT * FROM book WHERE title = 'x'", 'SELECT * FROM author WHERE id = 1'])(
    'finds nothing wrong with %s',
    (sql) => expect(planOf(sql).map(({ severity }) => severity)).toEqual([null]),
  );

  it('is nested as the database nests it', () => {
    expect(planOf('SELECT * FROM author WHERE id IN (SELECT authorId FROM book)').map(({ depth, text }) => `${depth} ${text}`)).toEqual([
      '0 SEARCH author USING INTEGER PRIMARY KEY (rowid=?)',
      '0 LIST SUBQUERY 1',
      '1 SCAN book',
    ]);
  });
});

describe('a plan of PostgreSQL', () => {
  const scan = { 'Node Type': 'Seq Scan', 'Relation Name': 'book', Filter: '("authorId" = 1)', 'Plan Rows': 5, 'Total Cost': 1808 };
  const answer = (plan: object) => [{ 'QUERY PLAN': [{ Plan: plan }] }];

  it('tells its steps with tables, indices, conditions and rows', () => {
    const index = { 'Node Type': 'Index Scan', 'Index Name': 'author_pkey', 'Relation Name': 'author', 'Index Cond': '(id = 1)', 'Plan Rows': 1 };
    expect(readPlan('', answer({ 'Node Type': 'Nested Loop', 'Plan Rows': 5, Plans: [index, scan] }), 'postgres')).toEqual([
      { depth: 0, text: 'Nested Loop', rows: 5, note: null, severity: null },
      { depth: 1, text: 'Index Scan using author_pkey on author · (id = 1)', rows: 1, note: null, severity: null },
      {
        depth: 1,
        text: 'Seq Scan on book · ("authorId" = 1)',
        rows: 5,
        note: 'Reads every row of book: no index serves the condition.',
        severity: 'warning',
      },
    ]);
  });

  it('does not mind a small table, nor one that is wanted as a whole', () => {
    const { Filter: _, ...whole } = scan;
    expect(readPlan('', answer(whole), 'postgres')[0]?.severity).toBeNull();
    expect(readPlan('', answer({ ...scan, 'Total Cost': 2 }), 'postgres')[0]).toMatchObject({ severity: 'info' });
  });

  it('is read where the driver hands JSON over as text, and empty where nothing is known', () => {
    expect(readPlan('', [{ 'QUERY PLAN': JSON.stringify([{ Plan: scan }]) }], 'postgres')).toHaveLength(1);
    expect(readPlan('', [], 'postgres')).toEqual([]);
    expect(readPlan('', [{ other: 1 }], 'oracle')).toEqual([]);
  });
});

describe('a plan of MySQL', () => {
  it('marks full scans', () => {
    const row = { id: 1, select_type: 'SIMPLE', table: 'book', type: 'ALL', key: null, rows: 5000, Extra: 'Using where' };
    const steps = readPlan('', [row, { ...row, table: 'author', type: 'eq_ref', key: 'PRIMARY', rows: 1, Extra: null }], 'mysql');
    expect(steps.map(({ text, severity }) => [text, severity])).toEqual([
      ['ALL book · Using where', 'warning'],
      ['eq_ref author using PRIMARY', null],
    ]);
    expect(planSummary(steps)).toBe('2 steps, 1 of them reads a whole table');
  });
});
