/** Is the graph of the sources what TypeORM builds in the running app? Real apps, started by the tool and stopped by it. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTool, programEnvironment, type Tool } from './tool';

const repository = path.resolve(__dirname, '../..');
const node = process.execPath;
let tool: Tool;
beforeAll(() => {
  tool = buildTool();
});
afterAll(() => tool.remove());

/** An entity whose table only the environment knows, and an app that goes on until it is asked to stop. */
const shop = (typeorm: string) => `
const { DataSource, EntitySchema } = require('${typeorm}');
const id = { type: Number, primary: true, generated: true };
const Author = new EntitySchema({ name: 'Author', tableName: process.env.AUTHORS || 'writers', columns: { id, name: { type: String } },
  relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author' } } });
const Book = new EntitySchema({ name: 'Book', columns: { id, title: { type: String } },
  relations: { author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', joinColumn: true } } });
const dataSource = (entities, name) => new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities, name });
module.exports = { Author, Book, dataSource };
`;
const server = `
const { Author, Book, dataSource } = require('./shop.js');
process.on('SIGTERM', () => { console.log('closing'); process.exit(0); });
dataSource([Author, Book]).initialize().then(() => { console.log('listening'); setInterval(() => {}, 1000); });
`;

function writeShop(folder: string, start: string, typeorm = 'typeorm'): string {
  tool.write(`${folder}/shop.js`, shop(typeorm));
  return tool.write(`${folder}/main.js`, start);
}

const verify = (folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  tool.run(['verify', ...args], { cwd: path.join(tool.folder, folder), env: { ...programEnvironment(), ...env } });

describe('relation-lens verify', () => {
  it.each(['typeorm', 'typeorm-0.3'])('says that all is equal, and asks the app to end (%s)', async (typeorm) => {
    const main = writeShop(`equal-${typeorm}`, server, typeorm);
    const { status, stdout, stderr } = await verify(`equal-${typeorm}`, ['--', node, main], { AUTHORS: '' });
    expect(stdout).toBe('default (better-sqlite3): 2 entities, 2 relations, 5 columns: all equal\n');
    expect(stderr).toBe('listening\nclosing\n');
    expect(status).toBe(0);
  });

  it('names what only the environment knows, with its place', async () => {
    const main = writeShop('different', server);
    const { status, stdout } = await verify('different', ['--', node, main], { AUTHORS: 'poets' });
    expect(status).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'default (better-sqlite3): 2 entities, 2 relations, 5 columns: 1 difference',
      expect.stringMatching(/^ {2}shop\.js:4:\d+ {2}Author: table is "\w+" in the sources, "poets" in the app$/),
      '',
    ]);
  });

  it('prints the same as JSON', async () => {
    const main = writeShop('json', server);
    const { status, stdout } = await verify('json', ['--format', 'json', '.', '--', node, main], { AUTHORS: 'poets' });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      equal: false,
      dataSources: [
        {
          dataSource: 'default (better-sqlite3)',
          entities: 2,
          equal: 1,
          differences: [{ kind: 'entity', entity: 'Author', property: null, field: 'table', app: 'poets', source: { file: 'shop.js', line: 4 } }],
        },
      ],
    });
  });

  it('compares each DataSource by what it has loaded, and lets the command end if asked to', async () => {
    const main = writeShop(
      'two',
      `
const { Author, Book, dataSource } = require('./shop.js');
const { EntitySchema } = require('typeorm');
const Late = new EntitySchema({ name: 'Late', columns: { id: { type: Number, primary: true } } });
(async () => {
  await dataSource([Author, Book], 'library').initialize();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await dataSource([Late], 'archive').initialize();
  console.log('done');
})();`,
    );
    const { status, stdout, stderr } = await verify('two', ['--keep-running', '--', node, main]);
    expect([status, stderr]).toEqual([0, 'done\n']);
    expect(stdout).toMatch(/2 entities, 2 relations, 5 columns: all equal\n.*1 entity, 0 relations, 1 column: all equal\n$/s);
  });

  it('names an entity that stands outside of what was read', async () => {
    const main = writeShop('outside', server);
    tool.write('outside/other/empty.js', '');
    const { status, stdout } = await verify('outside', ['other', '--', node, main]);
    expect(status).toBe(1);
    expect(stdout).toContain('  Author is loaded by the app, and the sources that were read do not declare it\n');
  });

  it('finds the bookshop as it is read', async () => {
    const bookshop = path.join(repository, 'examples/bookshop');
    const { status, stdout } = await tool.run(['verify', '--', node, '-r', 'ts-node/register/transpile-only', 'src/main.ts'], {
      cwd: bookshop,
      env: { ...programEnvironment(), PORT: '0' },
    });
    expect(stdout).toMatch(/^default \(better-sqlite3\): \d\d entities, \d\d relations, \d\d\d? columns: all equal\n$/);
    expect(status).toBe(0);
  });
});

describe('where nothing can be compared, it says what to do', () => {
  it.each<[what: string, program: string, message: string]>([
    ['the command is not the app', 'console.log(1)', 'no Node.js process loaded TypeORM before the command ended'],
    ['no DataSource was initialised', "require('typeorm')", 'no DataSource was initialised before the command ended'],
    ['the app failed', "require('typeorm'); process.exit(3)", 'before the command failed with status 3'],
  ])('%s', async (_what, program, message) => {
    const main = writeShop('nothing', program);
    const { status, stdout, stderr } = await verify('nothing', ['--', node, main]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('the app takes too long', async () => {
    const main = writeShop('slow', "require('typeorm'); setInterval(() => {}, 1000)");
    const { status, stderr } = await verify('slow', ['--timeout', '0.5', '--', node, main]);
    expect(status).toBe(2);
    expect(stderr).toContain('within 0.5 seconds');
  });

  it.each<[args: readonly string[], message: string]>([
    [[], 'put the command that starts the app after --'],
    [['--format', 'xml', '--', 'node'], 'text or json'],
    [['--timeout', 'soon', '--', 'node'], '--timeout 60'],
    [['--nonsense', '--', 'node'], '--nonsense'],
    [['nowhere', '--', 'node'], 'cannot read'],
    [['--', 'no-such-command'], '`no-such-command` was not found'],
  ])('%j', async (args, message) => {
    fs.mkdirSync(path.join(tool.folder, 'usage'), { recursive: true });
    const { status, stdout, stderr } = await verify('usage', args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
