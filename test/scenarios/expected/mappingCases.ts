/** E: kinds of relations and mappings. */
import { batched, byJoin, type Case, fanOut, info, lazy, loop, unused } from './expected';

export const mappingCases: readonly Case[] = [
  { name: 'E2', what: 'findDescendantsTree', expected: [] },
  { name: 'E3', what: 'findTrees', expected: [fanOut('Folder', 4, { advice: 'batch-in' })] },
  { name: 'E4', what: 'rows of a closure table', expected: [fanOut('Folder', 10, { ...info, advice: 'none' })], looseCounts: true },
  { name: 'E5', what: 'a relation of the base class, on mixed subclasses', expected: [lazy('Content.remarks', 10, { relations: ['remarks'] })] },
  { name: 'E6', what: 'a relation of one subclass', expected: [lazy('Content.sections', 5, { advice: 'none' })] },
  {
    name: 'E7',
    what: 'a target by type and key',
    expected: [loop('Account', 5, { advice: 'batch-in', site: 'E7 first site' }), loop('Course', 5, { advice: 'batch-in' })],
  },
  { name: 'E8', what: 'a relation inside an embedded object', expected: [loop('Person.address.city', 6, byJoin('address.city', 1))] },
  { name: 'E9', what: 'a composite foreign key', expected: [loop('Item.shipments', 6, batched(2))] },
  { name: 'E10', what: 'a foreign key to a unique column', expected: [loop('City.state', 6, byJoin('state', 1))] },
  { name: 'E11', what: 'targets softly deleted, asked for withDeleted', expected: [loop('Invoice.account', 6, batched(2))] },
  { name: 'E12', what: 'a join table with columns of its own', expected: [loop('Student.enrolments', 6, { relations: ['enrolments'] })] },
  { name: 'E13', what: '@RelationId', expected: [] },
  { name: 'E14', what: 'a virtual column, a view', expected: [] },
  {
    name: 'E15',
    what: 'an eager mapping that query builders do not follow',
    expected: [loop('Student.badge', 6, { relations: ['badge'], strategy: 'join' })],
  },
  { name: 'E16', what: 'an eager mapping that nobody reads', expected: [unused('E16', 'Ticket.holder', 18, [])] },
  { name: 'E17', what: 'circular eager mappings', expected: [] },
];
