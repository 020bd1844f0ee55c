/** Which function a call calls, and what it writes, where that stands in another file. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { calleeOf } from '../../../../src/core/edits/callee';
import { readSource } from '../../../../src/core/edits/editContext';
import { isMethodCall } from '../../../../src/core/edits/findCall';
import { functionName, descendants, type SourceText } from '../../../../src/core/edits/sourceText';
import { mayChange, writesIn } from '../../../../src/core/edits/writes';
import { aShop } from '../../builders/graphBuilder';
import { memoryProject } from '../typeorm/memoryProject';

const FILES: Readonly<Record<string, string>> = {
  'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } }',
  'src/stock.ts': `
import { Repository } from 'typeorm';
import { Book } from './entities';
class Base { async hold(id: number) { await this.books.update({ id }, {}); } constructor(protected books: Repository<Book>) {} }
export class Stock extends Base {
  async peek(id: number) { return this.books.findOneBy({ id }); }
  async take(id: number) { await this.step(id); }
  private async step(id: number) { await this.books.decrement({ id }, 'left', 1); }
}
export const counter = { async up(books: Repository<Book>) { await books.increment({}, 'left', 1); } };
export async function give(books: Repository<Book>) { await books.increment({}, 'left', 1); }
export const renamed = async (books: Repository<Book>) => give(books);
`,
  'src/index.ts': "export * from './stock';\nexport { give as hand } from './stock';\n",
  'packages/letters/package.json': '{ "name": "@shop/letters", "exports": { ".": "./dist/index.js", "./post": "./dist/post.js" } }',
  'packages/letters/src/index.ts': "export { Letters } from './letters';\n",
  'packages/letters/src/letters.ts': `
import { Repository } from 'typeorm';
import { Order } from './entities';
export class Letters {
  constructor(private readonly orders: Repository<Order>) {}
  async send(id: number) { await this.orders.update(id, {}); }
}
`,
  'packages/letters/src/post.ts': 'export async function post(orders: Repository<Order>) { await orders.delete(1); }\n',
  'node_modules/typeorm-tools/package.json': '{ "name": "typeorm-tools", "main": "./index.ts", "peerDependencies": { "typeorm": "*" } }',
  'node_modules/typeorm-tools/index.ts': 'export async function tidy(orders: Repository<Order>) { await orders.delete(1); }\n',
};

const HEAD = `
import { Mailer } from 'mailer';
import { Repository } from 'typeorm';
import { Stock, counter, renamed } from './stock';
import { hand } from '.';
import * as stocks from '@/stock';
import { give as given } from 'src/stock';
import { lost } from '@/lost';
import { Letters } from '@shop/letters';
import { post } from '@shop/letters/post';
import { tidy } from 'typeorm-tools';
import { Book, User } from './entities';
class Shop {
  private readonly other = new Stock(this.books);
  constructor(private readonly stock: Stock, private readonly books: Repository<Book>, private readonly users: Repository<User>, private readonly mailer: Mailer, private readonly letters: Letters) {}
  async run(seen: Set<number>, visit: (id: number) => Promise<void>) {
    `;

function shop(statement: string): { readonly source: SourceText; readonly body: ts.Block } {
  const { project, text } = memoryProject({ ...FILES, 'src/shop.ts': `${HEAD}${statement}\n  }\n}\n` });
  const resolve = (from: string, specifier: string): string | null => project.resolve(from, specifier);
  const source = readSource({ typescript: ts, graph: aShop(), readFile: text, resolve }, '/work/src/shop.ts');
  const run = source && [...descendants(source, source.tree)].find((node) => ts.isMethodDeclaration(node));
  if (!source || !run || !ts.isMethodDeclaration(run) || !run.body) throw new Error('the shop could not be read');
  return { source, body: run.body };
}

describe('the function that is called', () => {
  const called = (statement: string): string | null => {
    const { source, body } = shop(statement);
    const call = [...descendants(source, body)].find((node) => ts.isCallExpression(node));
    const callee = call && calleeOf(source, call);
    return callee ? `${callee.source.file.replace(/^\/work\/(src\/)?/, '')} ${functionName(callee.source, callee.fn) ?? ''}` : null;
  };

  test.each([
    ['of a service handed in', 'await this.stock.take(1);', 'stock.ts take'],
    ['of a service made here', 'await this.other.take(1);', 'stock.ts take'],
    ['of a variable', 'const stock = new Stock(this.books); await stock.take(1);', 'stock.ts take'],
    ['of a base class', 'await this.stock.hold(1);', 'stock.ts hold'],
    ['of an object of functions', 'await counter.up(this.books);', 'stock.ts up'],
    ['imported', 'await renamed(this.books);', 'stock.ts renamed'],
    ['imported by another name, over a barrel', 'await hand(this.books);', 'stock.ts give'],
    ['of a whole module, by an alias of the path', 'await stocks.give(this.books);', 'stock.ts give'],
    ['imported by a path from the root that tsconfig names', 'await given(this.books);', 'stock.ts give'],
    ['of a service of a package of the workspace', 'await this.letters.send(1);', 'packages/letters/src/letters.ts send'],
    ['of what such a package exports by a path', 'await post(this.books);', 'packages/letters/src/post.ts post'],
    ['by an alias behind which there is no file', 'await lost(this.books);', null],
    ['of a package', 'await this.mailer.send(1);', null],
    ['of an installed package, even of one that the graph reads', 'await tidy(this.books);', null],
    ['of a repository', 'await this.books.update(1, {});', null],
  ])('%s', (_, statement, expected) => expect(called(statement)).toBe(expected));
});

describe('what is written', () => {
  const writes = (statement: string): string[] => {
    const { source, body } = shop(statement);
    return writesIn(source, body).map(({ kind, method, entity }) => `${kind} ${method} ${entity ?? '?'}`);
  };

  test.each([
    ['a write', 'await this.books.update(1, {});', ['writes update Book']],
    ['by functions of functions', 'await this.stock.take(1);', ['calls a writer decrement Book']],
    ['by an arrow function that calls another one', 'await renamed(this.books);', ['calls a writer increment Book']],
    ['by a callback', '[1].forEach((id) => void this.stock.take(id));', ['calls a writer decrement Book']],
    ['by a function that is handed on', '[this.books].map(renamed);', ['calls a writer increment Book']],
    ['perhaps, by a function that nobody can look into', 'await visit(1);', ['may write visit ?']],
    ['not by one that reads', 'await this.stock.peek(1);', []],
    ['by a service of a package of the workspace', 'await this.letters.send(1);', ['calls a writer update Order']],
    ['perhaps, by an alias behind which there is no file', 'await lost(this.books);', ['may write lost ?']],
    ['not by a package', 'await this.mailer.deliver(1);', []],
    ['not by JavaScript itself', 'await Promise.all([Number(1), Math.round(1.5), Object.keys({})]);', []],
    ['perhaps, by what is only called like it', 'const Math = lost; await Math.round(1);', ['may write round ?']],
    ['not by a Set', 'const done = new Set<number>(); done.delete(1);', []],
  ])('%s', (_, statement, expected) => expect(writes(statement)).toEqual(expected));

  test('matters to the rows that it writes, and to those of which nobody knows', () => {
    const { source, body } = shop('await this.books.update(1, {});');
    const [write] = writesIn(source, body);
    if (!write || !isMethodCall(source, write.call)) throw new Error('no write was found');
    expect(mayChange(aShop(), 'Book', write)).toBe(true);
    expect(mayChange(aShop(), 'User', write)).toBe(false);
    expect(mayChange(aShop(), 'User', { ...write, entity: null })).toBe(true);
  });

  test('deletes reach rows that refer to the deleted ones', () => {
    const { source, body } = shop('await this.users.delete(1);');
    const [write] = writesIn(source, body);
    if (!write) throw new Error('no write was found');
    expect(mayChange(aShop(), 'Order', write)).toBe(true);
    expect(mayChange(aShop(), 'Book', write)).toBe(false);
  });
});
