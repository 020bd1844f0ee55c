/** A test file for Jest and Vitest: both have these globals. */
import type { DataSource } from 'typeorm';
import { Authors, openLibrary } from './library';

declare const beforeAll: (run: () => Promise<void>) => void;
declare const afterAll: (run: () => Promise<void>) => void;
declare const describe: (name: string, run: () => void) => void;
declare const test: (name: string, run: () => Promise<void>) => void;

let library: DataSource;
beforeAll(async () => {
  library = await openLibrary();
});
afterAll(() => library.destroy());

describe('shelves', () => {
  test('are tidy', async () => {
    const authors = await library.getRepository(Authors).find(); // J8 parent
    for (const author of authors) await author.books; // J8 site
  });
  test('are counted', async () => {
    await library.getRepository(Authors).count();
  });
});
