import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { splitSuppressed } from '../../../../src/core/edits/suppressedFindings';
import type { SuppressEntry } from '../../../../src/core/profile/suppressEntries';
import type { Finding } from '../../../../src/core/profile/queryProfile';
import { aFinding, aParent, aSite } from '../../builders/findingBuilder';
import { aShop } from '../../builders/graphBuilder';

const FILE = '/app/src/authors.ts';
const CODE = 'async function list() {\n  const authors = await repo.find();\n  for (const author of authors) show(await author.books);\n}\n';

function split(text: string, entries: readonly SuppressEntry[] = [], finding: Partial<Finding> = {}) {
  const found = aFinding({
    site: aSite({ file: FILE, line: 3, column: 50, function: 'list' }),
    parent: aParent({ site: aSite({ file: FILE, line: 2, column: 30, function: 'list' }) }),
    ...finding,
  });
  const { open, suppressed } = splitSuppressed(
    { typescript: ts, graph: aShop(), readFile: (file) => (file === FILE ? text : undefined) },
    [found],
    entries,
  );
  return open.length === 1 ? 'open' : suppressed.map(({ by, reason }) => `${by}: ${reason}`).join();
}

const above = (line: string, comment: string): string => CODE.replace(line, `  // ${comment}\n${line}`);

describe('by a comment', () => {
  const query = '  const authors';
  const loop = '  for (const';

  test.each([
    [
      'above the query, with its reason',
      above(query, 'relation-lens-ignore-next-line lazy-n-plus-one: at most three authors'),
      'comment: at most three authors',
    ],
    ['above the loop', above(loop, 'relation-lens-ignore-next-line lazy-n-plus-one'), 'comment: null'],
    ['for the file', `// relation-lens-ignore-file lazy-n-plus-one: a script\n${CODE}`, 'comment: a script'],
    ['of several kinds', above(loop, 'relation-lens-ignore-next-line duplicate-query, lazy-n-plus-one: known'), 'comment: known'],
    ['in the lines’ new place', `// one\n// two\n${above(query, 'relation-lens-ignore-next-line lazy-n-plus-one: few')}`, 'comment: few'],
  ])('%s', (_, text, expected) => expect(split(text)).toBe(expected));

  test.each([
    ['there is none', CODE],
    ['it is of another kind', above(query, 'relation-lens-ignore-next-line slow-query: known')],
    ['it is of another line', `// relation-lens-ignore-next-line lazy-n-plus-one: few\nstart();\n${CODE}`],
  ])('heard where %s', (_, text) => expect(split(text)).toBe('open'));
});

describe('by the setting', () => {
  const entry: SuppressEntry = { finding: 'lazy-n-plus-one', reason: 'an admin page' };

  test.each<[string, Partial<SuppressEntry>]>([
    ['the kind alone', {}],
    ['the relation', { entity: 'Author', relation: 'books' }],
    ['the file, by its end', { file: 'src/authors.ts' }],
    ['the function', { function: 'list' }],
    ['the request', { scope: 'GET /authors' }],
  ])('%s', (_, fields) => expect(split(CODE, [{ ...entry, ...fields }])).toBe('setting: an admin page'));

  test.each<[string, Partial<SuppressEntry>]>([
    ['another kind', { finding: 'slow-query' }],
    ['another relation', { entity: 'Author', relation: 'awards' }],
    ['a file whose name only ends alike', { file: 'thors.ts' }],
    ['another function', { function: 'show' }],
    ['another request', { scope: 'GET /books' }],
  ])('heard where it names %s', (_, fields) => expect(split(CODE, [{ ...entry, ...fields }])).toBe('open'));

  test('lines may shift as they like', () => {
    expect(split(`\n\n\n${CODE}`, [{ ...entry, file: 'authors.ts', function: 'list' }])).toBe('setting: an admin page');
  });
});
