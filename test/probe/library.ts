/** The database that most probe tests run on: authors, their books (both ways, lazy), and the tags of books. */

/** Source of `library.cjs`: exports the entities, `open(options)` for a filled DataSource, and the package itself. */
export const library = `
require('reflect-metadata');
const typeorm = require('TYPEORM');
const { DataSource, EntitySchema } = typeorm;

class Author {}
class Book {}
class Tag {}

const id = { type: Number, primary: true, generated: true };
const AuthorSchema = new EntitySchema({ name: 'Author', target: Author, columns: { id, name: { type: String } },
  relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author', lazy: true } } });
const BookSchema = new EntitySchema({ name: 'Book', target: Book,
  columns: { id, title: { type: String }, authorId: { type: Number, nullable: true } },
  relations: {
    author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', lazy: true, joinColumn: { name: 'authorId' } },
    tags: { type: 'many-to-many', target: 'Tag', inverseSide: 'books', joinTable: true } } });
const TagSchema = new EntitySchema({ name: 'Tag', target: Tag, columns: { id, label: { type: String } },
  relations: { books: { type: 'many-to-many', target: 'Book', inverseSide: 'tags' } } });

async function open(options = {}) {
  const dataSource = new DataSource({
    type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [AuthorSchema, BookSchema, TagSchema], ...options });
  await dataSource.initialize();
  await dataSource.query("INSERT INTO author (id, name) VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cid')");
  await dataSource.query("INSERT INTO book (id, title, authorId) VALUES (11, 'a', 1), (12, 'b', 1), (13, 'c', 2), (14, 'd', 3)");
  await dataSource.query("INSERT INTO tag (id, label) VALUES (21, 'x'), (22, 'y')");
  await dataSource.query('INSERT INTO book_tags_tag (bookId, tagId) VALUES (11, 21), (11, 22), (13, 21)');
  return dataSource;
}

module.exports = { typeorm, Author, Book, Tag, AuthorSchema, BookSchema, TagSchema, open };
`;

/** better-sqlite3's interface, as far as TypeORM calls it, over node:sqlite: source of a driver for a Node.js that has no binary of it. */
export const nodeSqlite = `
const { DatabaseSync } = require('node:sqlite');
module.exports = class Database {
  db = new DatabaseSync(':memory:');
  prepare(sql) {
    const statement = this.db.prepare(sql);
    return { reader: statement.columns().length > 0, all: (...values) => statement.all(...values), run: (...values) => statement.run(...values) };
  }
  exec(sql) { this.db.exec(sql); }
  pragma() { return []; }
  function() {}
  close() { this.db.close(); }
};`;

/** An app of one async function over the library; `body` sees `ds`, `authors`, `books`, `tags` and what the library exports. */
export function libraryApp(body: string): { source: string; files: Record<string, string> } {
  return {
    source: `
const { typeorm, Author, Book, Tag, AuthorSchema, BookSchema, TagSchema, open } = require('./library.cjs');
(async () => {
  const ds = await open();
  const authors = ds.getRepository(Author), books = ds.getRepository(Book), tags = ds.getRepository(Tag);
${body}
  await ds.destroy();
})();
`,
    files: { 'library.cjs': library },
  };
}
