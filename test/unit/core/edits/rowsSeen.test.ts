/** What is loaded with rows stands in them: nothing is loaded where the code would meet it there, or TypeORM where it saves them. */
import { describe, expect, test } from 'vitest';
import { aShop } from '../../builders/graphBuilder';
import { editOf, expectDeclined, type LoadCase } from './loadEdits';

const books: LoadCase = { finding: { kind: 'lazy-n-plus-one', relation: 'books' } };
const user: LoadCase = { of: 'Order', load: ['lazyUser'], finding: { kind: 'lazy-n-plus-one', entity: 'Order', relation: 'lazyUser' } };
const loop = (body: string): string => `const authors = await repo.|find();\nfor (const a of authors) {\n  ${body}\n  show(await a.¦books);\n}\n`;

describe('declined, with the reason', () => {
  test.each([
    ['names of the row', loop('show(Object.keys(a).length);'), /names of its properties are gone through in line 3, .*__books__/],
    ['names in a loop', loop('for (const name in a) show(name);'), /gone through in line 3/],
    ['names in another function', `${loop('show(fields(a));')}function fields(row) {\n  return Object.keys(row);\n}\n`, /gone through in line 7/],
    ['the row is saved', loop('await repo.save(a);'), /row is saved in line 3/],
    ['the rows are saved after the loop', `${loop('a.name = 1;')}await repo.save(authors);\n`, /row is saved in line 6/],
    ['a generator', `async function* all() {\n${loop('yield a.id;')}}\n`, /yield in line 4/],
  ])('%s', (_, source, reason) => expectDeclined(source, books, reason));
});

test.each([
  ['names of something else', loop('show(Object.keys(rest).length);'), books],
  ['another row is saved', loop('await manager.save(Author, other);'), books],
  [
    'a row whose own foreign key tells the related one is saved',
    'for (const o of await repo.|find()) {\n  await repo.save(o);\n  show(await o.¦lazyUser);\n}\n',
    user,
  ],
  [
    'a generator that has read all before',
    'async function* all() {\n  const out = [];\n  for (const a of await repo.|find()) out.push(await a.¦books);\n  yield* out;\n}\n',
    books,
  ],
])('not where %s', (_, source, wanted) => {
  expect(editOf(source, { graph: aShop(), ...wanted }).result).toMatchObject({ kind: 'edit' });
});
