import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../../src/core/profile/detect/sites';
import { isInPackage, packageOf, pathInPackage } from '../../../../src/core/profile/packageOf';
import { ProfiledApp, rows } from '../../builders/profiledApp';

const inPackage = 'node_modules/@acme/shop/dist/list.js';
const books = rows(3, (n) => ({ id: n + 1 }));

function lazyLoads(list: string, read: string): string[] {
  const app = new ProfiledApp();
  app.request('GET /', () => {
    const owner = app.find(
      'Author',
      rows(5, (n) => ({ id: 101 + n })),
      { at: `${list}:10 list` },
    );
    for (const key of [101, 102, 103, 104, 105]) app.lazy('Author.books', owner, key, books, { at: `${read}:12 read` });
  });
  return app.findings().map(({ severity, kind, message, advice: { whyNot } }) => `${severity} ${kind}: ${message} ${whyNot ?? 'editable'}`);
}

describe('what a package does with rows that it has read itself', () => {
  it('is information, and names the package', () => {
    expect(lazyLoads(inPackage, inPackage)).toEqual([
      'info lazy-n-plus-one: Author.books was loaded 5 times, once for each author that @acme/shop/dist/list.js:10 returned. ' +
        'The query stands in a package, `@acme/shop`, not in your sources.',
    ]);
  });

  it('is a warning where the rows, or the reads, are of the user’s code', () => {
    expect(lazyLoads('a.ts', inPackage)).toEqual([
      'warning lazy-n-plus-one: Author.books was loaded 5 times, once for each author that a.ts:10 returned. editable',
    ]);
    expect(lazyLoads(inPackage, 'a.ts').map((finding) => finding.slice(0, 24))).toEqual(['warning lazy-n-plus-one:']);
  });

  it('stays a warning where a statement is slow: that is mended in the database', () => {
    const app = new ProfiledApp();
    app.request('GET /', () => void app.find('Author', [{ id: 1 }], { at: `${inPackage}:10 list`, ms: 2_000 }));
    expect(app.findings().map(({ kind, severity }) => `${severity} ${kind}`)).toEqual(['warning slow-query']);
  });
});

describe('the package of a file', () => {
  it.each([
    ['/app/node_modules/acme/index.js', 'acme', '/app/node_modules/acme', 'acme/index.js'],
    ['/app/node_modules/@acme/shop/dist/a.js', '@acme/shop', '/app/node_modules/@acme/shop', '@acme/shop/dist/a.js'],
    ['/app/node_modules/a/node_modules/b/c.js', 'b', '/app/node_modules/a/node_modules/b', 'b/c.js'],
    [
      '/app/node_modules/.pnpm/@acme+shop@1.0.0/node_modules/@acme/shop/a.js',
      '@acme/shop',
      '/app/node_modules/.pnpm/@acme+shop@1.0.0/node_modules/@acme/shop',
      '@acme/shop/a.js',
    ],
    ['C:\\app\\node_modules\\@acme\\shop\\a.js', '@acme/shop', 'C:\\app\\node_modules\\@acme\\shop', '@acme/shop\\a.js'],
  ])('%s', (file, name, folder, short) => {
    expect(packageOf(file)).toEqual({ name, folder });
    expect(pathInPackage(file)).toBe(short);
    expect(isInPackage({ file, line: 1, column: 1, function: null })).toBe(true);
  });

  it.each(['/app/src/authors.ts', '/app/my_node_modules/a/b.js', 'node_modules'])('is none for %s', (file) => {
    expect(packageOf(file)).toBeNull();
    expect(pathInPackage(file)).toBeNull();
    expect(isInPackage({ file, line: 1, column: 1, function: null })).toBe(false);
  });

  it('is none where no place is known', () => {
    expect(isInPackage(null)).toBe(false);
  });
});

describe('the words for a place', () => {
  it.each([
    ['/app/src/a/b/c/authors.ts', 'src/a/b/c/authors.ts:7'],
    ['/elsewhere/authors.ts', '/elsewhere/authors.ts:7'],
    ['/app/node_modules/acme/a.js', 'acme/a.js:7'],
    ['/app/node_modules/@acme/shop/dist/a.js', '@acme/shop/dist/a.js:7'],
    ['/app/node_modules/@acme/shop/dist/service/a.js', '@acme/shop/…/a.js:7'],
    ['/app/node_modules/acme/dist/service/helpers/a.js', 'acme/…/a.js:7'],
  ])('%s', (file, words) => {
    expect(placeOf({ file, line: 7, column: 1, function: null }, '/app/')).toBe(words);
  });
});
