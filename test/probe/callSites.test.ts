/** Where an operation was called from: the line in the user's code, whatever promises lie between. */
import { describe, expect, it } from 'vitest';
import { bothVersions, runApp, type SeenOperation, type TypeormPackage } from './app';
import { libraryApp } from './library';

async function operationsOf(typeorm: TypeormPackage, body: string): Promise<readonly SeenOperation[]> {
  const { operations, stderr, status } = await runApp({ ...libraryApp(body), typeorm });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return operations;
}

function places(operations: readonly SeenOperation[], api: string): (string | null)[] {
  return operations.filter((operation) => operation.api === api).map(({ at }) => at);
}

describe.each(bothVersions)('call sites on %s', (typeorm) => {
  it('names the line that reads a lazy relation in a loop, and the operation that hydrated its owner', async () => {
    const operations = await operationsOf(
      typeorm,
      `
  const list = await authors.find(); // @find
  for (const author of list) {
    await author.books; // @lazy
  }`,
    );
    expect(places(operations, 'Repository.find')).toEqual(['find']);
    const lazy = operations.filter(({ api }) => api === 'lazy');
    expect(lazy.map(({ at, entity, relation }) => ({ at, entity, relation }))).toEqual(
      Array(3).fill({ at: 'lazy', entity: 'Author', relation: 'books' }),
    );
    expect(lazy.map(({ owner }) => owner?.at)).toEqual(['find', 'find', 'find']);
    expect(lazy.map(({ start }) => start.ownerKey)).toEqual([[1], [2], [3]]);
    expect(lazy.map(({ queries, entities }) => [queries.length, entities])).toEqual([
      [1, 2],
      [1, 1],
      [1, 1],
    ]);
  });
});
