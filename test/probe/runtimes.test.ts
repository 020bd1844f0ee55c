/** The ways in which apps are started: ES modules, TypeScript compiled ahead or in memory; call sites are always in the sources. */
import { buildSync } from 'esbuild';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { eventsOf, runApp, type App } from './app';
import { library } from './library';

const typescriptApp = `
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';

interface Author { id: number; name: string }

const AuthorSchema = new EntitySchema<Author>({
  name: 'Author',
  columns: { id: { type: Number, primary: true, generated: true }, name: { type: String } },
});

class AuthorService {
  constructor(private readonly dataSource: DataSource) {}

  async list(): Promise<Author[]> {
    enum Unused { A }
    return this.dataSource.getRepository(AuthorSchema).find(); // @find
  }
}

async function main(): Promise<void> {
  const dataSource = new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [AuthorSchema] });
  await dataSource.initialize();
  const service: AuthorService = new AuthorService(dataSource);
  const authors = await service.list(); // @main
  console.log(authors.length, new Error('stack').stack!.includes('app.'));
}
void main();
`;

const esmApp = typescriptApp
  .replace(/interface.*\n/, '')
  .replace(/private readonly |: (DataSource|Promise<.*?>|AuthorService)|<Author>|enum Unused.*/g, '')
  .replace('constructor(dataSource) {}', 'constructor(dataSource) { this.dataSource = dataSource; }')
  .replace('stack!', 'stack');

function compile(options: ts.CompilerOptions): ts.TranspileOutput {
  return ts.transpileModule(typescriptApp, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, sourceMap: true, ...options },
    fileName: 'app.ts',
  });
}

/** What ts-node and its like do: transpile when required, with the map in the text. */
const inMemory = `
const ts = require('typescript');
const fs = require('node:fs');
require.extensions['.ts'] = (module, file) => {
  const { outputText } = ts.transpileModule(fs.readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, inlineSourceMap: true, removeComments: true },
  });
  module._compile(outputText, file);
};`;

const outDir = compile({});

/** What webpack's development builds do (`next dev`): modules are texts that are evaluated, each with its map. */
const evaluated = (): string => {
  const map = JSON.stringify({
    ...(JSON.parse(outDir.sourceMapText ?? '') as object),
    sources: ['webpack://_N_E/./src/app.ts?1a2b'],
    sourceRoot: '',
  });
  const comments = [
    'sourceURL=[module]',
    `sourceMappingURL=data:application/json;charset=utf-8;base64,${Buffer.from(map).toString('base64')}`,
    'sourceURL=webpack-internal:///(rsc)/./src/app.ts',
  ];
  const text = outDir.outputText.replace(/^\/\/# .*$/m, '');
  return `eval(${JSON.stringify([text, ...comments.map((comment) => `//# ${comment}`)].join('\n'))});`;
};

const runtimes: readonly (readonly [name: string, app: App])[] = [
  ['ES modules', { file: 'app.mjs', source: esmApp }],
  [
    'TypeScript compiled ahead, maps beside the files',
    {
      file: 'out/app.js',
      source: outDir.outputText,
      files: {
        'out/app.js.map': (outDir.sourceMapText ?? '').replace('"app.ts"', '"../src/app.ts"'),
        'src/app.ts': typescriptApp,
        'package.json': '{}',
      },
    },
  ],
  [
    'TypeScript compiled ahead, maps in the files',
    {
      file: 'out/app.js',
      source: compile({ inlineSourceMap: true, sourceMap: false, sourceRoot: '../src' }).outputText,
      files: { 'src/app.ts': typescriptApp, 'package.json': '{}' },
    },
  ],
  [
    'TypeScript transpiled in memory',
    { file: 'app.ts', source: typescriptApp, files: { 'hook.cjs': inMemory, 'package.json': '{}' }, nodeArguments: ['--require', './hook.cjs'] },
  ],
  [
    'a bundler that evaluates modules as text',
    {
      file: 'out/app.js',
      source: evaluated(),
      files: { 'src/app.ts': typescriptApp, 'package.json': '{}' },
      nodeArguments: ['--enable-source-maps'],
    },
  ],
  [
    'swc, in memory',
    {
      file: 'app.ts',
      source: typescriptApp,
      files: {
        'package.json': '{}',
        'tsconfig.json': '{"compilerOptions":{"target":"es2022","module":"commonjs","esModuleInterop":true,"sourceMap":true}}',
      },
      nodeArguments: ['--require', '@swc-node/register'],
    },
  ],
  ['tsx, CommonJS', { file: 'app.ts', source: typescriptApp, files: { 'package.json': '{}' }, nodeArguments: ['--import', 'tsx'] }],
  ['tsx, ES modules', { file: 'app.mts', source: typescriptApp, files: { 'package.json': '{"type":"module"}' }, nodeArguments: ['--import', 'tsx'] }],
];

describe('call sites', () => {
  it.each(runtimes)('of %s are in the sources', async (_name, app) => {
    const { operations, events, stdout, stderr, status } = await runApp(app);
    expect({ stdout, stderr, status }).toEqual({ stdout: '0 true\n', stderr: '', status: 0 });
    expect(eventsOf(events, 'typeorm')).toHaveLength(1);
    const find = operations.find(({ api }) => api === 'Repository.find');
    expect(find?.via).toEqual(['find', 'main']);
    expect(find?.frames[0]?.function).toBe('list');
  });
});

describe('Jest, whose tests load modules past Node.js', () => {
  const suite: App = {
    file: 'run.cjs',
    source: `
process.argv.push('--rootDir', __dirname, '--runInBand', '--silent');
require('jest').run();`,
    files: {
      'package.json': '{"jest":{"testEnvironment":"node"}}',
      'library.cjs': library,
      'authors.test.js': `
const { open, Author } = require('./library.cjs');
test('lists authors', async () => {
  const ds = await open();
  expect(await ds.getRepository(Author).find()).toHaveLength(3);
  await ds.destroy();
});
test('fails as ever', () => { expect(1).toBe(2); });`,
    },
  };
  const results = (stderr: string): string[] => stderr.split('\n').filter((line) => /^(Tests|Test Suites):|[✓✕√×] /.test(line.trim()));

  it('runs as without the probe', async () => {
    const [plain, probed] = [await runApp({ ...suite, probe: 'none' }), await runApp(suite)];
    expect(results(plain.stderr).join()).toMatch(/1 failed, 1 passed/);
    expect(probed.status).toBe(plain.status);
    expect(results(probed.stderr).map(withoutTimes)).toEqual(results(plain.stderr).map(withoutTimes));
  });
});

function withoutTimes(line: string): string {
  return line.replace(/\s*\(\d+ m?s\)/, '');
}

describe('TypeORM', () => {
  it('is hooked as a whole where one of its inner modules is imported first', async () => {
    const { operations, events, stderr } = await runApp({
      source: `
require('reflect-metadata');
require('typeorm/repository/Repository.js');
const { EntityManager } = require('typeorm/entity-manager/EntityManager.js');
require('./library.cjs').open().then(async (ds) => {
  await ds.getRepository('Author').find(); // @find
  await ds.manager.countBy('Author', { id: 1 }); // @count
});`,
      files: { 'library.cjs': library },
    });
    expect(stderr).toBe('');
    expect(eventsOf(events, 'notice')).toEqual([]);
    expect(operations.filter(({ at }) => at).map(({ at, api, queries }) => [at, api, queries.length])).toEqual([
      ['find', 'Repository.find', 1],
      ['count', 'EntityManager.countBy', 1],
    ]);
  });

  it.each(['before', 'after'])('bundled into the app is hooked by one line, %s the DataSource is initialised', async (when) => {
    const attach = `globalThis[Symbol.for('relation-lens')]?.attach(dataSource);`;
    const source = `
require('reflect-metadata');
const { DataSource, EntitySchema } = require('typeorm');
const Author = new EntitySchema({ name: 'Author', columns: { id: { type: Number, primary: true, generated: true } } });
(async () => {
  const dataSource = new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [Author] });
  ${when === 'before' ? attach : ''}
  await dataSource.initialize();
  ${when === 'after' ? attach : ''}
  const authors = dataSource.getRepository(Author);
  await authors.insert([{}, {}]);
  await authors.find();
  await authors.createQueryBuilder().delete().where('id = 1').execute();
  console.log(await authors.count());
})();
`;
    const { operations, events, stdout, stderr } = await runApp({ source: bundle(source) });
    expect({ stdout, stderr }).toEqual({ stdout: '1\n', stderr: '' });
    expect(eventsOf(events, 'metadata').map(({ entities }) => entities.map(({ name }) => name))).toEqual([['Author']]);
    expect(
      operations
        .filter(({ api }) => !api.startsWith('DataSource'))
        .map(({ api, entity, queries, entities }) => [api, entity, queries.length, entities]),
    ).toEqual([
      ['Repository.insert', 'Author', 1, 0],
      ['Repository.find', 'Author', 1, 2],
      ['DeleteQueryBuilder.execute', 'Author', 1, 0],
      ['Repository.count', 'Author', 1, 0],
    ]);
  });
});

/** As a bundler ships an app: TypeORM and the app in one file, native modules and optional drivers outside. */
function bundle(source: string): string {
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: __dirname },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3'],
    keepNames: true,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
