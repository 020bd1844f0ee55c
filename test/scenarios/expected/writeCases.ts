/** H: writes; I: duplicates, budgets, slow queries. */
import { byQuery, type Case, duplicate, type Expected, fanOut, info, loop, write } from './expected';

const slowAndWaiting = (name: string): Expected[] => [
  { kind: 'slow-query', of: null, count: 1, site: `${name} slow`, parent: false, advice: 'none' },
  { kind: 'slow-query', ...info, of: 'Customer', count: 1, site: `${name} waits`, parent: false, advice: 'none', note: 'for a connection' },
];

export const writeCases: readonly Case[] = [
  { name: 'H1', what: 'save of new rows in a loop', expected: [write('Visit', 5)] },
  { name: 'H2', what: 'save of changed rows in a loop', expected: [write('Visit', 5)] },
  { name: 'H3', what: 'save of a list of changed rows', expected: [fanOut('Visit', 6)] },
  { name: 'H4', what: 'save of a list of new rows', expected: [fanOut('Visit', 6)], onPostgres: [] },
  { name: 'H4 insert', what: 'insert of a list', expected: [] },
  { name: 'H5', what: 'new rows with only defaults', expected: [fanOut('Tick', 4)], onPostgres: [fanOut('Tick', 4, info)] },
  { name: 'H6', what: 'remove of a list', expected: [] },
  { name: 'H7', what: 'delete in a loop', expected: [write('Visit', 4)] },
  { name: 'H8', what: 'insert in a loop, in one transaction', expected: [write('Visit', 5, info)] },
  { name: 'H9', what: 'save in chunks', expected: [fanOut('Visit', 8)], onPostgres: [] },
  { name: 'H10', what: 'upsert in a loop', expected: [write('Visit', 5)] },
  { name: 'H11', what: 'increment in a loop', expected: [write('Visit', 5)] },
  { name: 'H12', what: 'rows of a join table one by one', expected: [write('Book.tags', 3)] },
  { name: 'H13', what: 'a subscriber asks for each inserted row', expected: [loop('Customer', 4, { advice: 'batch-in' })] },
  { name: 'H14', what: 'a listener asks for each loaded row', expected: [loop('Customer', 6, { advice: 'batch-in' })] },
  { name: 'H15', what: 'a parent with its children', expected: [] },
  { name: 'H16', what: 'what TypeORM reads back after an insert', expected: [] },
  {
    name: 'H17',
    what: 'an update that finds no row',
    expected: [{ kind: 'write-without-effect', ...info, of: 'Visit', count: 1, parent: false, advice: 'none' }],
  },
  {
    name: 'H18',
    what: 'two writes that belong together, without a transaction',
    expected: [{ kind: 'split-write', ...info, of: 'OrderLine', count: 2, parent: false, advice: 'none' }],
  },
  { name: 'H18 unrelated', what: 'two writes of entities that have nothing to do with each other', expected: [] },
  { name: 'H18 transaction', what: 'two that belong together, within a transaction', expected: [] },
  {
    name: 'H19',
    what: 'save of an unchanged entity',
    expected: [{ kind: 'write-without-effect', ...info, of: 'Visit', count: 1, parent: false, advice: 'none' }],
  },
  {
    name: 'H22',
    what: 'new objects in a relation that does not cascade inserts',
    expected: [
      {
        kind: 'unsaved-relation',
        of: 'Customer.orders',
        count: 2,
        parent: false,
        advice: 'none',
        note: 'does not cascade inserts: they were not saved',
      },
    ],
  },
  { name: 'H22 cascade', what: 'the same where it cascades', expected: [] },
  { name: 'two writes are no loop', what: 'two saves', expected: [] },
  { name: 'I1', what: 'the same question from two layers', expected: [duplicate('Customer', 2, { site: 'I1 second' })] },
  { name: 'I2', what: 'the same question in a loop', expected: [duplicate('Customer', 5)] },
  { name: 'I3', what: 'asked again after a write', expected: [] },
  {
    name: 'I4',
    what: '14 different queries',
    expected: [{ kind: 'query-budget', ...info, of: null, count: 14, parent: false, site: 'any', advice: 'none' }],
  },
  { name: 'I5', what: 'a budget that is met', expected: [] },
  {
    name: 'I5 exceeded',
    what: 'a budget that is exceeded',
    expected: [{ kind: 'query-budget', of: null, count: 2, parent: false, site: 'any', advice: 'none' }],
  },
  {
    name: 'I6',
    what: 'one slow query',
    only: 'postgres',
    expected: [],
    onPostgres: [{ kind: 'slow-query', of: null, count: 1, parent: false, advice: 'none' }],
  },
  {
    name: 'I6 pool',
    what: 'a quick query that waits for the connection of a slow one, in a pool of one',
    only: 'postgres',
    expected: [],
    onPostgres: slowAndWaiting('I6 pool'),
  },
  {
    name: 'I6 transaction',
    what: 'the same within a transaction, which has one connection as well',
    only: 'postgres',
    expected: [],
    onPostgres: slowAndWaiting('I6 transaction'),
  },
  {
    name: 'I6 beside',
    what: 'the same where the pool has another connection',
    only: 'postgres',
    expected: [],
    onPostgres: [{ kind: 'slow-query', of: null, count: 1, parent: false, advice: 'none' }],
  },
  {
    name: 'I8',
    what: 'children by a foreign key without an index',
    expected: [loop('Book.comments', 36, { ...byQuery('comments', 3), note: 'add `@Index()` to Comment.book' })],
  },
  {
    name: 'I8 indexed',
    what: 'the same where an index begins with it',
    expected: [loop('Student.enrolments', 6, { relations: ['enrolments'], note: '!@Index()' })],
  },
  {
    name: 'I8 large',
    what: 'the same in a table with many rows',
    expected: [
      loop('Book.comments', 3, byQuery('comments', 3)),
      { kind: 'missing-index', ...info, of: 'Comment.book', count: 3, parent: false, advice: 'add-index', relations: ['book'] },
    ],
  },
  {
    name: 'I8 slow',
    what: 'a slow query by a foreign key without an index',
    only: 'postgres',
    expected: [],
    onPostgres: [{ kind: 'slow-query', of: 'Comment.book', count: 1, parent: false, advice: 'add-index', relations: ['book'] }],
  },
];
