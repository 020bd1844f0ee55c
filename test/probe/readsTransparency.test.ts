/** Watching property reads changes nothing that the app could notice: each operation answers the same with it and without. */
import { describe, expect, it } from 'vitest';
import { bothVersions, eventsOf, runApp, type ProbedOutcome } from './app';
import { readingApp, watching } from './readsApp';

/** What is done with a freshly loaded `author` (its books and profile loaded) or `account` (nothing loaded). */
const operations: Readonly<Record<string, string>> = {
  'JSON.stringify': 'JSON.stringify(author)',
  'JSON of what was not loaded': 'JSON.stringify([account, await authors.find()])',
  'JSON with a replacer': 'JSON.stringify(author, (key, value) => (key === "bio" ? undefined : value))',
  spread: '({ ...author })',
  'rest of a destructuring': '(({ name, ...rest }) => rest)(author)',
  'Object.assign from it': 'Object.assign({}, author)',
  'Object.assign to it': 'Object.assign(author, { name: "New", books: [] })',
  'Object.keys': 'Object.keys(author)',
  'Object.keys of declared fields': 'Object.keys(account)',
  'Object.entries': 'Object.entries(author).map(([key]) => key)',
  'Object.values': 'Object.values(author).length',
  'Reflect.ownKeys': 'Reflect.ownKeys(author)',
  'for in': '(() => { const keys = []; for (const key in author) keys.push(key); return keys; })()',
  'for in over declared fields': '(() => { const keys = []; for (const key in account) keys.push(key); return keys; })()',
  in: '["books", "name", "toString", "nothing"].map((key) => key in author)',
  'in, not loaded': '["author", "title"].map((key) => key in book)',
  hasOwnProperty: '["books", "name", "initial"].map((key) => author.hasOwnProperty(key))',
  'Object.hasOwn, not loaded': '[Object.hasOwn(book, "author"), Object.hasOwn(account, "entries")]',
  'a relation that was not loaded': '[book.author, book.author?.name, account.entries]',
  'property descriptors': 'Object.getOwnPropertyDescriptors(author)',
  'one property descriptor': '[Object.getOwnPropertyDescriptor(author, "books"), Reflect.getOwnPropertyDescriptor(author, "name")]',
  'a copy by descriptors':
    '(() => { const copy = Object.create(Object.getPrototypeOf(author), Object.getOwnPropertyDescriptors(author)); copy.name = "Copy"; return [author.name, copy.name, copy.books.length]; })()',
  'util.inspect': 'util.inspect(author, { depth: 5 })',
  'util.inspect of a list': 'util.inspect([author, account])',
  'util.inspect with getters and hidden ones': 'util.inspect(account, { getters: true, showHidden: true })',
  'util.format': 'util.format("%o %j", author, account)',
  structuredClone: 'structuredClone(author)',
  'v8.serialize': 'v8.deserialize(v8.serialize(author))',
  'assert.deepEqual': 'assert.deepEqual(author, await fresh())',
  'assert.deepStrictEqual': 'assert.deepStrictEqual(author, await fresh())',
  'assert.deepStrictEqual that fails':
    '(() => { try { assert.deepStrictEqual(author, { name: "no" }); } catch (error) { return error.message; } })()',
  'util.isDeepStrictEqual': 'util.isDeepStrictEqual(account, author)',
  instanceof: '[author instanceof Author, author instanceof Object, author instanceof Book]',
  constructor: '[author.constructor === Author, Object.getPrototypeOf(author) === Author.prototype]',
  isPrototypeOf: '[Author.prototype.isPrototypeOf(author), Object.prototype.isPrototypeOf(author)]',
  'Object.prototype.toString': '[Object.prototype.toString.call(author), String(author), `${author}`]',
  'a getter of the class': '[author.initial, author.name]',
  'private fields': '[account.balance, account.describe(), (account.balance = 9), account.describe()]',
  'a transformed column': 'account.label',
  'a class of its own over it':
    '(() => { class Rich extends Author { books = ["own"]; } return [new Rich().books, new Author().books, new Author().nothing]; })()',
  'an object that inherits from it':
    '(() => { const child = Object.create(author); child.name = "Child"; return [child.name, author.name, child.books.length, Object.keys(child)]; })()',
  assignment: '(() => { author.name = "Dan"; author.books = undefined; return [author.name, author.books, Object.keys(author)]; })()',
  'assignment to what was not loaded':
    '(() => { book.author = author; account.entries = []; return [book.author === author, Object.keys(book), Object.getOwnPropertyDescriptor(book, "author").enumerable]; })()',
  delete: '(() => { const gone = delete author.bio; return [gone, "bio" in author, Object.keys(author)]; })()',
  'Object.freeze':
    '(() => { "use strict"; Object.freeze(author); try { author.name = "x"; } catch (error) { return [error.name, author.name, Object.isFrozen(author)]; } })()',
  'Object.seal': '(() => { Object.seal(author); author.name = "sealed"; return [author.name, Object.isSealed(author), author.books.length]; })()',
  'Object.preventExtensions':
    '(() => { Object.preventExtensions(author); author.name = "kept"; return [author.name, author.books.length, Object.isExtensible(author)]; })()',
  'Object.defineProperty': '(() => { Object.defineProperty(author, "name", { enumerable: false }); return [author.name, Object.keys(author)]; })()',
  'Object.defineProperty of a value':
    '(() => { Object.defineProperty(author, "name", { value: "set" }); author.name += "!"; return author.name; })()',
  'Object.fromEntries': 'Object.fromEntries(Object.entries(author))',
  'a Proxy over it':
    '(() => { const seen = []; const proxy = new Proxy(author, { get: (target, key, receiver) => (seen.push(String(key)), Reflect.get(target, key, receiver)) }); return [proxy.name, proxy.books.length, seen]; })()',
  'a Map by it': 'new Map([[author, 1]]).get(author)',
  'awaiting it': '(await author) === author',
  'the same list twice': '(await author.books) === author.books',
  save: '[await authors.save(author), await ds.query("SELECT * FROM author WHERE id = 1")]',
  'save after a change':
    '(author.name = "Eve", author.books[0].title = "changed", await authors.save(author), [await authors.findOne({ where: { id: 1 }, relations: { books: true } })])',
  'save with fewer children': '(author.books = author.books.slice(1), await authors.save(author), await books.find({ order: { id: "ASC" } }))',
  'save of what was not loaded': '[await accounts.save(account), await ds.query("SELECT * FROM account"), await ds.query("SELECT * FROM entry")]',
  merge: 'authors.merge(author, { name: "Merged", profile: { text: "m" } })',
  preload: 'await authors.preload({ id: 1, name: "Preloaded" })',
  create: 'authors.create(author)',
  'hasId and getId': '[authors.hasId(author), authors.getId(author)]',
  remove: '[await ds.getRepository(Entry).remove(await ds.getRepository(Entry).find()), await ds.getRepository(Entry).count()]',
  'a query builder of relations': '[await ds.createQueryBuilder().relation(Author, "books").of(author).loadMany()]',
  'errors of the language':
    '["author.nothing.here", "author.books()", "author.name.first.second"].map((code) => { try { eval(code); } catch (error) { return error.message; } })',
  'own functions of the language':
    '[Object.freeze.name, Object.freeze.length, Object.defineProperty.name, Reflect.defineProperty.length, Object.keys(Object).length]',
  'own properties of the classes':
    '[Reflect.ownKeys(Author.prototype), Reflect.ownKeys(Account.prototype), Reflect.ownKeys(Object.prototype).length]',
};

const body = `
  const util = require('node:util'), assert = require('node:assert'), v8 = require('node:v8');
  const fresh = () => authors.findOne({ where: { id: 1 }, relations: { books: true, profile: true } });
  const programs = ${JSON.stringify(operations)};
  const AsyncFunction = (async () => {}).constructor;
  for (const [name, code] of Object.entries(programs)) {
    // Twice from the same place: the second time the path is known.
    for (let turn = 0; turn < 2; turn++) {
      await lens.scope(name, async () => {
        const author = await fresh(), [account] = await accounts.find(), [book] = await books.find();
        const known = { author, account, book, fresh, util, assert, v8, Author, Book, Profile, Account, Entry, authors, books, accounts, ds };
        let answer;
        try { answer = await new AsyncFunction(...Object.keys(known), 'return [' + code + '];')(...Object.values(known)); }
        catch (error) { answer = error; }
        if (turn === 1) console.log(JSON.stringify({ name, answer: util.inspect(answer, { depth: 8, compact: false }) }));
      });
    }
    await ds.dropDatabase(); await ds.destroy(); Object.assign(ds, await open());
  }
`;

describe.each(bothVersions)('entities of %s whose properties are watched', (typeorm) => {
  const outcomes: Promise<readonly [ProbedOutcome, ProbedOutcome]> = Promise.all([
    runApp({ ...readingApp(body), typeorm, probe: 'none' }),
    runApp({ ...readingApp(body), typeorm, env: watching }),
  ]);

  it.each(Object.keys(operations))('%s', async (name) => {
    const [without, watched] = await outcomes;
    const expected = answerTo(name, without.stdout);
    expect(without.stderr).toBe('');
    expect(expected).toBeDefined();
    expect(answerTo(name, watched.stdout)).toBe(expected);
  });

  it('was watched', async () => {
    const [, watched] = await outcomes;
    expect(watched.stderr).toBe('');
    expect(eventsOf(watched.events, 'notice')).toEqual([]);
    expect(eventsOf(watched.events, 'reads').length).toBeGreaterThan(50);
  });
});

function answerTo(name: string, stdout: string): string | undefined {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as { name: string; answer: string }).find((line) => line.name === name)?.answer;
}
