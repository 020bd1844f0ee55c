/** F: correct code. */
import { type Case, info, loop, write } from './expected';

export const silentCases: readonly Case[] = [
  { name: 'F1', what: 'relations, then a loop over them', expected: [] },
  { name: 'F2', what: 'relationLoadStrategy: query', expected: [] },
  { name: 'F3', what: 'the same with nested relations', expected: [] },
  { name: 'F4', what: 'relations with take', expected: [] },
  { name: 'F5', what: 'findAndCount, getManyAndCount', expected: [] },
  { name: 'F6', what: 'findOne with a collection', expected: [] },
  { name: 'F7', what: 'In(ids) once', expected: [] },
  { name: 'F8', what: 'a batch for each level', expected: [] },
  { name: 'F9', what: 'batches of two ticks', expected: [] },
  { name: 'F10', what: 'pages by offset', expected: [] },
  { name: 'F11', what: 'pages by the last key', expected: [] },
  { name: 'F12', what: 'a stream', only: 'postgres', expected: [] },
  { name: 'F13', what: 'one query for the session, in each of 20 requests', expected: [] },
  { name: 'F14', what: 'empty transactions', expected: [] },
  { name: 'F15', what: 'catalogue queries and SELECT 1', expected: [] },
  { name: 'F16', what: 'a check of uniqueness', expected: [] },
  { name: 'F17', what: 'two relations to the same table', expected: [] },
  { name: 'F18', what: 'a test after its fixtures', expected: [] },
  { name: 'F18 fixtures', what: 'the fixtures, a scope of their own', expected: [write('Visit', 4, { site: 'any' })] },
  { name: 'F19', what: 'FOR UPDATE SKIP LOCKED in a loop', only: 'postgres', expected: [] },
  { name: 'F20', what: 'retries after an error', expected: [] },
  { name: 'F21', what: 'the result cache', expected: [] },
  { name: 'F22', what: 'a loop over nothing', expected: [] },
  {
    name: 'F23',
    what: 'a loop that ends at the first match',
    expected: [loop('Author.books', 6, { ...info, parent: 'any', site: 'any', advice: 'none' })],
  },
  { name: 'F24', what: 'a comment that says: known and meant', expected: [] },
];
