/** Loops as teams write them in services: rows behind rows, helpers of other services, conditions in constants, counting loops; run like the others. */
import type { MendApp } from './apps';

export const teamApps: readonly MendApp[] = [
  {
    id: 'find: OrFail struck',
    what: 'a lookup that throws, by a foreign key whose row was softly deleted: the relation would be null',
    source: `const notes = ds.getRepository(Note);
const out: string[] = [];
try {
  for (const reply of await ds.getRepository(Reply).find({ order: { id: 'ASC' } })) {
    const note = await notes.findOneByOrFail({ id: reply.noteId });
    out.push(reply.text + ' to ' + note.text);
  }
} catch (error) {
  out.push((error as Error).name);
}
return out;`,
  },
  {
    id: 'key: behind a relation',
    what: 'a key of a related row, which not every row has',
    source: `const out: unknown[] = [];
for (const book of await ds.getRepository(Book).find({ relations: { publisher: true }, order: { id: 'ASC' } })) {
  const visits = book.publisher ? await ds.getRepository(Visit).find({ where: { publisherId: book.publisher.id }, order: { id: 'ASC' } }) : [];
  out.push([book.title, visits.length]);
}
return out;`,
  },
];
