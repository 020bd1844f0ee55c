import { describe, expect, it } from 'vitest';
import { ProfiledApp } from '../../builders/profiledApp';

const insert = { sql: 'INSERT INTO "author"("id", "name") VALUES (NULL, ?)', params: ['Ann'], rowCount: 1 };

function app(kind: 'one-to-many' | 'many-to-one', count: number, times = 1): ProfiledApp {
  const profiled = new ProfiledApp();
  profiled.request('POST /authors', () => {
    for (let i = 0; i < times; i++) {
      const op = profiled.call('Repository.save', 'Author', [insert], { at: 'authors.ts:7 add' });
      profiled.send({ e: 'unsaved', op, entity: 'Author', relation: 'books', target: 'Book', kind, count });
    }
  });
  return profiled;
}

const unsavedOf = (profiled: ProfiledApp) => profiled.findings().filter(({ kind }) => kind === 'unsaved-relation');

describe('new objects in a relation that does not cascade inserts', () => {
  it('are a warning at the line that saves, with what to write', () => {
    expect(unsavedOf(app('one-to-many', 1))).toMatchObject([
      {
        severity: 'warning',
        entity: 'Author',
        relation: 'books',
        count: 1,
        site: { line: 7 },
        message: 'Author.books held a new Book when its Author was saved, and does not cascade inserts: it was not saved, and nothing says so.',
        advice: { kind: 'none', reason: "Save the Book first, or add cascade: ['insert'] to Author.books." },
      },
    ]);
  });

  it('are one finding for all calls of a line', () => {
    expect(unsavedOf(app('one-to-many', 2, 3))).toMatchObject([{ count: 6, message: expect.stringContaining('6 new Book objects') as string }]);
  });

  it('of a reference explain the error', () => {
    expect(unsavedOf(app('many-to-one', 1))[0]?.message).toContain('TypeORM fails with "update values are not defined"');
  });

  it('silent: a save without them', () => {
    const profiled = new ProfiledApp();
    profiled.request('POST /authors', () => void profiled.call('Repository.save', 'Author', [insert], { at: 'authors.ts:7 add' }));
    expect(unsavedOf(profiled)).toEqual([]);
  });

  const books = (count: number) => ({
    sql: `INSERT INTO "book"("id", "title") VALUES ${Array(count).fill('(NULL, ?)').join(', ')}`,
    rowCount: count,
  });

  it('silent: input that a later call makes rows of', () => {
    const profiled = new ProfiledApp();
    profiled.request('POST /authors', () => {
      const op = profiled.call('Repository.save', 'Author', [insert], { at: 'authors.ts:7 add' });
      profiled.send({ e: 'unsaved', op, entity: 'Author', relation: 'books', target: 'Book', kind: 'one-to-many', count: 2 });
      for (let i = 0; i < 2; i++) profiled.call('Repository.save', 'Book', [books(1)], { at: 'authors.ts:9 add' });
    });
    expect(unsavedOf(profiled)).toEqual([]);
  });

  it('are not saved by rows that were inserted before, or are fewer', () => {
    const profiled = new ProfiledApp();
    profiled.request('POST /authors', () => {
      profiled.call('Repository.save', 'Book', [books(3)], { at: 'authors.ts:5 add' });
      const op = profiled.call('Repository.save', 'Author', [insert], { at: 'authors.ts:7 add' });
      profiled.send({ e: 'unsaved', op, entity: 'Author', relation: 'books', target: 'Book', kind: 'one-to-many', count: 2 });
      profiled.call('Repository.save', 'Book', [books(1)], { at: 'authors.ts:9 add' });
    });
    expect(unsavedOf(profiled)).toMatchObject([{ count: 2, site: { line: 7 } }]);
  });
});
