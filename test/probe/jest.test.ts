/** Tests of Jest, which loads modules past Node.js, each test file's in a realm of their own: a scope for each, and results as without the probe. */
import { expect, it } from 'vitest';
import { eventsOf, runApp, type App, type ProbedOutcome } from './app';
import { library } from './library';

const suite: App = {
  file: 'run.cjs',
  source: `
process.argv.push('--rootDir', __dirname, '--runInBand', '--json', '--outputFile', __dirname + '/results.json');
process.on('exit', () => {
  const { testResults, numFailedTests } = JSON.parse(require('fs').readFileSync(__dirname + '/results.json', 'utf8'));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { fullName, status, failureMessages } of tests.sort((a, b) => (a.fullName < b.fullName ? -1 : 1)))
    console.log(fullName, status, failureMessages.join().replaceAll(__dirname, ''));
  console.log(numFailedTests);
});
require('jest').run();`,
  files: {
    'package.json': '{"jest":{"testEnvironment":"node"}}',
    'library.cjs': library,
    'shop.test.js': `
const { open, Author, Book } = require('./library.cjs');
let ds, authors;
beforeAll(async () => { ds = await open(); authors = ds.getRepository(Author); });
beforeEach(async () => { await authors.count(); });
afterAll(() => ds.destroy());
describe('shop', () => {
  test('lists', async () => {
    const list = await authors.find(); // @list
    for (const author of list) await author.books; // @books
    expect(list).toHaveLength(3);
  });
  test('fails', async () => {
    expect(await ds.getRepository(Book).count()).toBe(5); // @fails
  });
  test('is done', (done) => { authors.find().then(() => done()); });
  test('throws at once', () => { throw new Error('at once'); });
  test.skip('is skipped', () => {});
});`,
    'pairs.test.js': `
const { open, Author } = require('./library.cjs');
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const opened = open();
afterAll(async () => (await opened).destroy());
describe('at once', () => {
  test.concurrent.each([['one', 1], ['two', 2]])('%s', async (_name, turns) => {
    const authors = (await opened).getRepository(Author);
    for (let turn = 0; turn < turns; turn++) { await authors.findOneBy({ id: turn }); await pause(5); }
  });
});
test.each([[1], [2]])('author %i', async (id) => {
  expect(await (await opened).getRepository(Author).findOneBy({ id })).toMatchObject({ id });
});`,
  },
};

/** Scope → operations in it, in the order of their names. */
function scopes({ events, operations }: ProbedOutcome): string[] {
  return eventsOf(events, 'scope')
    .map(({ id, kind, name }) => `${kind} ${name}: ${operations.filter(({ start }) => start.scope === id).length}`)
    .sort();
}

it('each test has a scope, concurrent ones too; fixtures belong to none', async () => {
  const outcome = await runApp(suite);
  expect(scopes(outcome)).toEqual([
    'test pairs.test.js › at once › one: 1',
    'test pairs.test.js › at once › two: 2',
    'test pairs.test.js › author 1: 1',
    'test pairs.test.js › author 2: 1',
    'test shop.test.js › shop › fails: 1',
    'test shop.test.js › shop › is done: 1',
    'test shop.test.js › shop › lists: 4',
    'test shop.test.js › shop › throws at once: 0',
  ]);
  expect(eventsOf(outcome.events, 'scopeEnd')).toHaveLength(8);
  const fixtures = outcome.operations.filter(({ scope, api }) => scope === null && api === 'Repository.count');
  expect(fixtures).toHaveLength(4);
  expect(eventsOf(outcome.events, 'notice')).toEqual([]);
});

it('call sites are those of the sources, lazy relations and their owners included', async () => {
  const { operations } = await runApp(suite);
  const inTest = operations.filter(({ scope }) => scope?.endsWith('lists'));
  expect(inTest.map(({ api, at, owner }) => [api, at, owner?.at])).toEqual([
    ['Repository.find', 'list', undefined],
    ...Array<unknown>(3).fill(['lazy', 'books', 'list']),
  ]);
  expect(inTest[0]?.queries.map(({ rows }) => rows)).toEqual([3]);
});

it('results are what they are without the probe, the stacks of failures included', async () => {
  const [plain, probed] = [await runApp({ ...suite, probe: 'none' }), await runApp(suite)];
  expect(plain.stdout).toMatch(/shop fails failed Error: .*\n2\n$/s);
  expect(probed.stdout).toBe(plain.stdout);
  expect(probed.status).toBe(plain.status);
});
