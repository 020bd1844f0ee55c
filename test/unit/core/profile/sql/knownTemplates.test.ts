import { expect, it } from 'vitest';
import { templateOf } from '../../../../../src/core/profile/sql/knownTemplates';
import { readTemplate } from '../../../../../src/core/profile/sql/statementFacts';

// What MySQL takes for a text is a column to others.
const sql = 'SELECT b.id AS id FROM book b WHERE b.title = "dune" AND b.authorId = ?';

it('are those of the statement, in each dialect, however often it was read', () => {
  expect(readTemplate(sql, 'mysql')).not.toEqual(readTemplate(sql, 'sqlite'));
  for (const dialect of ['mysql', 'sqlite', 'mysql', 'sqlite'] as const) expect(templateOf(sql, dialect)).toEqual(readTemplate(sql, dialect));
});

it('are read once, until there are too many of them', () => {
  const first = templateOf(sql, 'mysql');
  expect(templateOf(sql, 'mysql')).toBe(first);
  for (let at = 0; at < 45; at++) templateOf(`SELECT b.id AS id FROM book b WHERE b.id = ? AND b.title = '${'x'.repeat(100_000)}${at}'`, 'mysql');
  expect(templateOf(sql, 'mysql')).not.toBe(first);
  expect(templateOf(sql, 'mysql')).toEqual(first);
});
