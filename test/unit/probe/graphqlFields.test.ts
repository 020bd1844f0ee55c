import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { type Definition, repeatedFields } from '../../../src/probe/graphqlFields';

function repeatedIn(document: string): Readonly<Record<string, number>> | undefined {
  const definitions = parse(document).definitions as unknown as readonly Definition[];
  return repeatedFields(definitions[0] as Definition, definitions);
}

it('counts the fields of the root that are asked for under several aliases, wherever they are written', () => {
  expect(repeatedIn('{ a: book(id: 1) { id } b: book(id: 2) { id } book(id: 3) { id } authors { id } }')).toEqual({ book: 3 });
  expect(
    repeatedIn('query Q { a: book(id: 1) { id } ...More ... on Query { c: book(id: 3) { id } } } fragment More on Query { b: book(id: 2) { id } }'),
  ).toEqual({
    book: 3,
  });
  expect(repeatedIn('mutation { a: rename(id: 1) b: rename(id: 2) x: add y: add }')).toEqual({ rename: 2, add: 2 });
});

it('counts a name once that is written several times, and nothing below the root', () => {
  expect(repeatedIn('{ book(id: 1) { id } book(id: 1) { title } }')).toBeUndefined();
  expect(repeatedIn('{ book(id: 1) { id } ...Same ...Same } fragment Same on Query { book(id: 1) { title } }')).toBeUndefined();
  expect(repeatedIn('{ author { a: books(first: 1) { id } b: books(first: 2) { id } } }')).toBeUndefined();
});

it('ends where fragments lead to each other, and where a document makes no sense', () => {
  expect(repeatedIn('{ ...A } fragment A on Query { ...B a: book { id } } fragment B on Query { ...A b: book { id } }')).toEqual({ book: 2 });
  expect(repeatedFields({ kind: 'OperationDefinition', selectionSet: { selections: 3 as never } }, [])).toBeUndefined();
});
