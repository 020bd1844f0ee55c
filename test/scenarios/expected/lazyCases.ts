/** A and E1: lazy relations; D: nested and several relations. */
import { byJoin, byQuery, type Case, duplicate, info, lazy, loop } from './expected';

export const lazyCases: readonly Case[] = [
  { name: 'A1', what: 'a lazy one-to-many in a loop', expected: [lazy('Author.books', 12, byQuery('books', 3))] },
  { name: 'A2', what: 'a lazy many-to-one in a loop', expected: [lazy('Book.author', 36, byJoin('author', 1))] },
  { name: 'A3', what: 'a lazy one-to-one from its owner', expected: [lazy('Author.profile', 12, byJoin('profile', 1))] },
  { name: 'A4', what: 'a lazy one-to-one from its other side', expected: [lazy('Profile.author', 12, byJoin('author', 1))] },
  { name: 'A5', what: 'a lazy many-to-many from its owner', expected: [lazy('Book.tags', 36, byJoin('tags', 1))] },
  { name: 'A6', what: 'a lazy many-to-many from its other side', expected: [lazy('Tag.books', 5, byJoin('books', 1))] },
  { name: 'A7', what: 'all at once with Promise.all', expected: [lazy('Author.books', 12, byQuery('books', 3))] },
  { name: 'A8', what: 'loaded eagerly, then awaited', expected: [] },
  { name: 'A9', what: 'joined by a query builder, then awaited', expected: [] },
  { name: 'A10', what: 'on one element of a list', expected: [] },
  { name: 'A11', what: 'on the result of findOneBy', expected: [] },
  { name: 'A12', what: 'a list of one row, in a loop', expected: [lazy('Author.books', 1, { ...info, advice: 'none' })] },
  { name: 'A12 alone', what: 'a list of one row, read without a loop', expected: [] },
  { name: 'A12 literal', what: 'a loop over a list that is written out', expected: [] },
  {
    name: 'A13',
    what: 'loaded alone first, then on every row of a list',
    expected: [lazy('Author.books', 12, { relations: ['books'] }), duplicate('Author.books', 2, info)],
  },
  { name: 'A14', what: 'a row created in the same request is in the list', expected: [lazy('Author.books', 13, { relations: ['books'] })] },
  { name: 'A15', what: 'awaited in a serializer, far from the query', expected: [lazy('Author.books', 12, byQuery('books', 3))] },
  { name: 'A16', what: 'foreign keys that are null', expected: [lazy('Author.country', 3, { relations: ['country'], strategy: 'join' })] },
  { name: 'A17', what: 'awaited twice on each row', expected: [lazy('Author.books', 12, byQuery('books', 3))] },
  { name: 'A18', what: 'assigned by the code before it is awaited', expected: [] },
  { name: 'A19', what: 'the inverse of what the rows came from', expected: [lazy('Comment.book', 2, { parent: 'any', advice: 'none' })] },
  { name: 'A20', what: 'on 3 of 36 rows', expected: [lazy('Book.comments', 3, { ...info, parent: 'any', advice: 'none' })] },
  {
    name: 'D1',
    what: 'two levels, both lazy',
    expected: [
      lazy('Country.authors', 4, { relations: ['authors', 'authors.books'], after: 5 }),
      lazy('Author.books', 12, { relations: ['authors', 'authors.books'], after: 5 }),
    ],
  },
  { name: 'D2', what: 'outer level eager, inner lazy', expected: [lazy('Author.books', 12, { relations: ['authors', 'authors.books'] })] },
  { name: 'D3', what: 'both levels eager', expected: [] },
  {
    name: 'D4',
    what: 'two lazy relations of the same rows',
    expected: [
      lazy('Book.author', 36, { relations: ['author', 'comments'], site: 'D4 first site' }),
      lazy('Book.comments', 36, { relations: ['author', 'comments'] }),
    ],
  },
  { name: 'D5', what: 'one relation eager, its neighbour lazy', expected: [lazy('Book.comments', 36, { relations: ['comments'] })] },
  {
    name: 'D6',
    what: 'two queries a turn, interleaved',
    expected: [
      loop('Book.author', 36, { relations: ['author', 'comments'], site: 'D6 first site' }),
      loop('Book.comments', 36, { relations: ['author', 'comments'] }),
    ],
  },
  {
    name: 'D7',
    what: 'the same, one short at the end',
    expected: [
      loop('Order.customer', 12, { relations: ['customer', 'lines'] }),
      loop('Order.lines', 11, { relations: ['customer', 'lines'], site: 'D7 second site' }),
    ],
  },
  {
    name: 'D8',
    what: 'equal keys reached by two relations',
    expected: [
      loop('Book.author', 36, { ...byJoin('author', 38), site: 'D8 first site' }),
      loop('Comment.book', 36, { ...byJoin('book', 39), parent: 'D8 second parent' }),
    ],
  },
  { name: 'D9', what: 'the same row by two ways, once each', expected: [] },
  {
    name: 'D10',
    what: 'a loop in a loop',
    expected: [
      loop('Author.books', 12, { ...byQuery('books', 39), site: 'D10 middle' }),
      loop('Book.comments', 36, { relations: ['comments'], parent: 'D10 middle' }),
    ],
  },
  { name: 'E1', what: 'a chain of lazy parents', expected: [lazy('Category.parent', 7, { parent: 'any', advice: 'none' })] },
];
