/** The database of the tests of watched properties: authors with books and a profile, none of it lazy; one class with everything a class can have. */
import { PROBE_WATCH_ENV } from '../../src/protocol/probe';

export const watching = { [PROBE_WATCH_ENV]: '1' } as const;

const library = `
require('reflect-metadata');
const typeorm = require('TYPEORM');
const { DataSource, EntitySchema } = typeorm;

class Author {
  get initial() { return this.name[0]; }
}
class Book {}
class Profile {}
/** Private state, fields that exist before they are loaded, accessors, a method, values that a transformer made. */
class Account {
  #balance = 7;
  id;
  label;
  owner;
  entries;
  get balance() { return this.#balance; }
  set balance(value) { this.#balance = value; }
  describe() { return this.label + this.#balance; }
}
class Entry {
  static loaded = 0;
}

const id = { type: Number, primary: true, generated: true };
const schemas = [
  new EntitySchema({ name: 'Author', target: Author, columns: { id, name: { type: String }, bio: { type: 'text', nullable: true }, settings: { type: 'simple-json', nullable: true } },
    relations: {
      books: { type: 'one-to-many', target: 'Book', inverseSide: 'author', cascade: true },
      profile: { type: 'one-to-one', target: 'Profile', joinColumn: true, nullable: true } } }),
  new EntitySchema({ name: 'Book', target: Book, columns: { id, title: { type: String }, authorId: { type: Number, nullable: true } },
    relations: { author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', joinColumn: { name: 'authorId' } } } }),
  new EntitySchema({ name: 'Profile', target: Profile, columns: { id, text: { type: String } } }),
  new EntitySchema({ name: 'Account', target: Account,
    columns: { id, label: { type: String, transformer: { to: (value) => value.toLowerCase(), from: (value) => value.toUpperCase() } } },
    relations: { owner: { type: 'many-to-one', target: 'Author', nullable: true }, entries: { type: 'one-to-many', target: 'Entry', inverseSide: 'account' } } }),
  new EntitySchema({ name: 'Entry', target: Entry, columns: { id, amount: { type: Number } },
    relations: { account: { type: 'many-to-one', target: 'Account', inverseSide: 'entries' } } }),
];

async function open() {
  const ds = new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: schemas });
  await ds.initialize();
  await ds.query("INSERT INTO profile (id, text) VALUES (31, 'p'), (32, 'q')");
  await ds.query("INSERT INTO author (id, name, bio, settings, profileId) VALUES (1, 'Ann', 'long', '{\\"a\\":[1,2]}', 31), (2, 'Bob', null, null, 32), (3, 'Cid', 'short', null, null)");
  await ds.query("INSERT INTO book (id, title, authorId) VALUES (11, 'a', 1), (12, 'b', 1), (13, 'c', 2)");
  await ds.query("INSERT INTO account (id, label, ownerId) VALUES (41, 'x', 1), (42, 'y', null)");
  await ds.query("INSERT INTO entry (id, amount, accountId) VALUES (51, 5, 41), (52, 6, 41)");
  return ds;
}
module.exports = { typeorm, open, Author, Book, Profile, Account, Entry };
`;

/** An app of one async function; `body` sees `ds`, `lens.scope`, the repositories and the classes. */
export function readingApp(body: string): { source: string; files: Record<string, string> } {
  return {
    source: `
const { typeorm, open, Author, Book, Profile, Account, Entry } = require('./entities.cjs');
const lens = globalThis[Symbol.for('relation-lens')] ?? { scope: (name, run) => run() };
(async () => {
  const ds = await open();
  const authors = ds.getRepository(Author), books = ds.getRepository(Book), accounts = ds.getRepository(Account);
${body}
  await ds.destroy();
})();
`,
    files: { 'entities.cjs': library },
  };
}
