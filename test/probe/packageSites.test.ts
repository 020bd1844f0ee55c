/** Where no code of the user's is on the stack, the place is that of the package which asks TypeORM by itself. */
import { describe, expect, it } from 'vitest';
import { runApp } from './app';
import { library } from './library';

const shop = `
exports.start = (authors, done) => setTimeout(async () => {
  const list = await authors.find(); // @rows
  for (const { id } of list) await exports.one(authors, id);
  done();
}, 1);
exports.one = (authors, id) => authors.findOneBy({ id }); // @each
exports.later = (run) => setTimeout(run, 1);
`;

/** @param manifest of the package `shop` */
async function placesOf(manifest: object, body: string): Promise<string[]> {
  const { operations, stderr, status } = await runApp({
    source: `
const { open, Author } = require('./library.cjs');
const shop = require('shop');
async function main() {
  const dataSource = await open();
  const authors = dataSource.getRepository(Author);
${body}
}
main();`,
    files: { 'library.cjs': library, 'node_modules/shop/index.js': shop, 'node_modules/shop/package.json': JSON.stringify(manifest) },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return operations.filter(({ api }) => api.startsWith('Repository.')).map(({ api, at }) => `${api} ${at}`);
}

const usesTypeorm = { name: 'shop', dependencies: { typeorm: '*' } };
const alone = `
  await new Promise((done) => shop.start(authors, done));`;

describe('calls of a package', () => {
  it('have its lines where it works alone', async () => {
    expect(await placesOf(usesTypeorm, alone)).toEqual(['Repository.find rows', ...Array<string>(3).fill('Repository.findOneBy each')]);
  });

  it('have no place where it only runs what others want of TypeORM', async () => {
    expect(await placesOf({ name: 'shop' }, alone)).toEqual(['Repository.find null', ...Array<string>(3).fill('Repository.findOneBy null')]);
  });

  it('have the user’s line where one is on the stack, also behind awaits and in callbacks', async () => {
    const body = `
  await shop.one(authors, 1); // @called
  for (const id of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) await shop.one(authors, id); // @looped
  await new Promise((done) => shop.later(async () => {
    await authors.find(); // @callback
    done();
  }));`;
    expect(await placesOf(usesTypeorm, body)).toEqual([
      'Repository.findOneBy called',
      ...Array<string>(10).fill('Repository.findOneBy looped'),
      'Repository.find callback',
    ]);
  });
});
