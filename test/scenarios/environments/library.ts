/** The database of the small apps: three authors, each with two books, in memory. */
import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { DataSource, type DataSourceOptions, EntitySchema } from 'typeorm';

export interface Author {
  id: number;
  name: string;
  books: Promise<Book[]>;
}
export interface Book {
  id: number;
  title: string;
  authorId: number;
  author: Promise<Author>;
}

const id = { type: Number, primary: true, generated: true } as const;
export const Authors = new EntitySchema<Author>({
  name: 'Author',
  columns: { id, name: { type: String } },
  relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author', lazy: true } },
});
export const Books = new EntitySchema<Book>({
  name: 'Book',
  columns: { id, title: { type: String }, authorId: { type: Number } },
  relations: { author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', lazy: true, joinColumn: { name: 'authorId' } } },
});

const memory = { type: 'better-sqlite3', database: ':memory:' } as DataSourceOptions;

export async function openLibrary(options: DataSourceOptions = memory): Promise<DataSource> {
  const library = await new DataSource({
    ...options,
    synchronize: true,
    dropSchema: true,
    entities: [Authors, Books],
  } as DataSourceOptions).initialize();
  await library.getRepository(Authors).insert(['Ann', 'Bob', 'Cid'].map((name, at) => ({ id: at + 1, name })));
  await library.getRepository(Books).insert([1, 2, 3, 4, 5, 6].map((book) => ({ id: book + 10, title: `book ${book}`, authorId: (book % 3) + 1 })));
  return library;
}

interface Listening {
  address(): AddressInfo | string | null;
}

export function addressOf(server: Listening): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function ask(server: Listening, path: string, body?: unknown): Promise<string> {
  const options = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await fetch(addressOf(server) + path, options)).text();
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

interface Lens {
  scope<T>(name: string, run: () => T): T;
}

export const lens = (): Lens => (globalThis as Record<symbol, unknown>)[Symbol.for('relation-lens')] as Lens;
