/** X: what a sceptic would try. */
import { batched, byJoin, byQuery, type Case, duplicate, info, lazy, loop, write } from './expected';

export const adversarialCases: readonly Case[] = [
  { name: 'X1 looping', what: 'requests that take turns: the one that loops', expected: [lazy('Author.books', 4, byQuery('books', 3))] },
  { name: 'X1 eager', what: 'the one beside it that loads eagerly', expected: [] },
  { name: 'X1 single', what: 'the one beside it that asks once', expected: [] },
  {
    name: 'X2',
    what: 'a cache of promises: a query for each distinct key is still a loop',
    expected: [loop('Book.author', 12, byJoin('author', 1))],
  },
  { name: 'X2 shared', what: 'the same where all ask for one key', expected: [] },
  { name: 'X3', what: 'a data loader with batches of five', expected: [] },
  {
    name: 'X3 of one',
    what: 'a data loader with batches of one',
    expected: [loop('Order.customer', 15, { relations: ['customer'] })],
    looseCounts: true,
  },
  { name: 'X4', what: 'an insert that is tried again with another key', expected: [] },
  { name: 'X4 transaction', what: 'a transaction that is rolled back and run again', expected: [] },
  { name: 'X5', what: 'pages by the last key, of one parent’s rows', expected: [] },
  { name: 'X5 related', what: 'pages by two columns, and In() for each page', expected: [] },
  { name: 'X5 rows', what: 'the same by comparing rows', expected: [] },
  {
    name: 'X6',
    what: 'a loop over a stream, whose rows are not seen',
    only: 'postgres',
    expected: [],
    onPostgres: [loop('Customer', 17, { ...batched(2), parent: false })],
    looseCounts: true,
  },
  { name: 'X7 job', what: 'a job that overlaps with itself', expected: [] },
  { name: 'X8', what: 'a savepoint for each row', expected: [write('Visit', 4, info)] },
  { name: 'X8 retry', what: 'a savepoint that is taken back, and tried again', expected: [] },
  { name: 'X9', what: 'a subscriber that asks the same for each row', expected: [duplicate('Customer', 4)] },
  { name: 'X10', what: 'targets of several kinds, one query for each kind', expected: [] },
  { name: 'X11', what: 'two lists with the same keys', expected: [loop('Customer.orders', 13, byQuery('orders', 4))], looseCounts: true },
  { name: 'X11 chance', what: 'numbers that happen to be the keys asked for', expected: [loop('Customer', 4, { ...batched(2), parent: false })] },
  { name: 'X12', what: 'inserts and deletions in chunks', expected: [] },
  { name: 'X12 saved', what: 'inserts in chunks, deletions one by one', expected: [write('Visit', 3)] },
];
