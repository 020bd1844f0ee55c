/** Each edit is applied to a small app, which must type-check strictly, answer as before, and run the predicted queries: on TypeORM 0.3 and 1.x. */
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import type * as Typeorm from 'typeorm';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { editForFinding } from '../../src/core/edits/editForFinding';
import { applyEdits } from '../../src/core/edits/sourceText';
import type { Finding } from '../../src/core/profile/queryProfile';
import { createEntityProject } from '../../src/core/typeorm/entityProject';
import { aFinding, anAdvice, aParent, aSite } from '../unit/builders/findingBuilder';
import { cases, type MendCase } from './cases';

const VERSIONS = ['typeorm', 'typeorm-0.3'];
const ENTITIES = fs.readFileSync(path.join(__dirname, 'entitySource.txt'), 'utf8');
const require = createRequire(__filename);

const onVersions = VERSIONS.flatMap((version) =>
  cases.filter(({ versions }) => versions?.includes(version) ?? true).map((each) => ({ ...each, version })),
);

describe.each(VERSIONS)('the edited apps type-check strictly with %s', (version) => {
  test('before and after', () => {
    const files = new Map([['/mend/entities.ts', ENTITIES]]);
    for (const [i, each] of onVersions.filter((entry) => entry.version === version).entries()) {
      files.set(`/mend/before${i}.ts`, sourceOf(each));
      files.set(`/mend/after${i}.ts`, edited(each).after);
    }
    // One file that is wrong shows that the others are looked at.
    files.set('/mend/wrong.ts', "import { Author } from './entities';\nexport const id: string = new Author().id;\n");
    expect(complaints(files, version)).toEqual(["/mend/wrong.ts:2 Type 'number' is not assignable to type 'string'."]);
  });
});

test.each(onVersions)('$version · $name', async (each) => {
  const { version, queries } = each;
  const before = await run(sourceOf(each), version);
  const { after } = edited(each);
  const mended = await run(after, version);
  expect(mended.answer).toEqual(before.answer);
  expect([before.queries, mended.queries]).toEqual(queries);
});

test.each(cases)('$name: a second time there is nothing to do', (each) => {
  const { after, finding } = edited(each);
  expect(editForFinding(contextOf(after), finding)).toEqual({ kind: 'mended' });
});

function sourceOf({ app }: MendCase): string {
  return marked(app).replace(/[|¦](?=\w)/g, '');
}

/** The app as a module; the marks are still in it. */
function marked(app: string): string {
  const body = app
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  const names = ['Author', 'Book', 'Publisher'].filter((name) => new RegExp(`\\b${name}\\b`).test(app));
  const typeorm = ['DataSource', 'FindManyOptions', 'IsNull'].filter((name) => name === 'DataSource' || app.includes(name));
  return `import { ${typeorm.join(', ')} } from 'typeorm';\nimport { ${names.join(', ')} } from './entities';\n\nexport async function run(ds: DataSource): Promise<unknown> {\n${body}\n}\n`;
}

function edited(each: MendCase): { readonly after: string; readonly finding: Finding } {
  const text = sourceOf(each);
  const site = (mark: string) => {
    const other = mark === '|' ? /¦(?=\w)/g : /\|(?=\w)/g;
    const before =
      marked(each.app)
        .replace(other, '')
        .split(new RegExp(`\\${mark}(?=\\w)`))[0]
        ?.split('\n') ?? [];
    return aSite({ file: '/mend/app.ts', line: before.length, column: (before.at(-1)?.length ?? 0) + 1, function: 'run' });
  };
  const finding = aFinding({
    kind: each.kind ?? 'lazy-n-plus-one',
    entity: each.entity,
    relation: each.load[0] ?? null,
    site: each.app.includes('¦') ? site('¦') : null,
    parent: aParent({ api: each.api ?? 'Repository.find', entity: each.entity, site: site('|') }),
    advice: anAdvice({ relations: each.load, strategy: each.strategy ?? 'join', driver: 'better-sqlite3' }),
  });
  const method = /\|(\w+)/.exec(each.app)?.[1] ?? 'find';
  const named = { ...finding, parent: finding.parent && { ...finding.parent, api: each.api ?? `Repository.${method}` } };
  const edit = editForFinding(contextOf(text), named);
  if (edit.kind !== 'edit') throw new Error(`${each.name}: ${JSON.stringify(edit)}`);
  return { after: applyEdits(ts, '/mend/app.ts', text, edit.edits), finding: named };
}

function contextOf(app: string) {
  const files = new Map([
    ['/mend/entities.ts', ENTITIES],
    ['/mend/app.ts', app],
  ]);
  const project = createEntityProject(ts, {
    roots: ['/mend'],
    listSourceFiles: () => [...files.keys()],
    listPackageManifests: () => [],
    readFile: (file) => files.get(file),
    fileExists: (file) => files.has(file),
    problems: () => [],
  });
  const resolve = (from: string, specifier: string): string | null => project.resolve(from, specifier);
  return { typescript: ts, graph: project.graph(), readFile: (file: string) => files.get(file), resolve };
}

/** Runs a module's `run` against a fresh database with a few rows; counts the statements in between. */
async function run(source: string, version: string): Promise<{ readonly answer: unknown; readonly queries: number }> {
  const typeorm = require(version) as typeof Typeorm;
  // Both versions keep what decorators told in one global: each app starts without what the other left there.
  delete (globalThis as { typeormMetadataArgsStorage?: unknown }).typeormMetadataArgsStorage;
  const entities = load(ENTITIES, { typeorm });
  const app = load(source, { typeorm, './entities': entities }) as { run(ds: unknown): Promise<unknown> };
  let queries = 0;
  const silent = () => undefined;
  const logger = {
    logQuery: () => void queries++,
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
  const ds = new typeorm.DataSource({
    type: 'better-sqlite3',
    database: ':memory:',
    synchronize: true,
    entities: Object.values(entities) as never,
    logging: ['query'],
    logger,
  });
  await ds.initialize();
  try {
    await seed(ds);
    queries = 0;
    const answer: unknown = await app.run(ds);
    return { answer: JSON.parse(JSON.stringify(answer)), queries };
  } finally {
    await ds.destroy();
  }
}

async function seed(ds: { query(sql: string): Promise<unknown> }): Promise<void> {
  await ds.query("INSERT INTO city (name) VALUES ('Kiel'), ('Ulm')");
  for (let i = 1; i <= 5; i++)
    await ds.query(
      `INSERT INTO author (name, bio, addressStreet, addressCityId) VALUES ('author ${i}', ${i % 2 ? 'NULL' : "'x'"}, 'street', ${1 + (i % 2)})`,
    );
  await ds.query("INSERT INTO publisher (name) VALUES ('north'), ('south')");
  await ds.query("INSERT INTO tag (word) VALUES ('old'), ('new')");
  for (let i = 1; i <= 10; i++) {
    await ds.query(`INSERT INTO book (title, authorId, publisherId) VALUES ('book ${i}', ${1 + (i % 5)}, ${i % 5 === 0 ? 'NULL' : 1 + (i % 2)})`);
    await ds.query(`INSERT INTO book_tags_tag (bookId, tagId) VALUES (${i}, ${1 + (i % 2)})`);
  }
}

function load(source: string, modules: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { outputText } = ts.transpileModule(source, { compilerOptions: COMPILER });
  const module = { exports: {} as Record<string, unknown> };
  const evaluate = new Function('require', 'module', 'exports', outputText) as (
    require: (name: string) => unknown,
    module: unknown,
    exports: unknown,
  ) => void;
  evaluate((name) => modules[name] ?? require(name), module, module.exports);
  return module.exports;
}

const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  ignoreDeprecations: '6.0',
  strict: true,
  noUncheckedIndexedAccess: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  useDefineForClassFields: false,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

/** What the compiler says of files in memory, with TypeORM's own types of that version. */
function complaints(files: ReadonlyMap<string, string>, version: string): string[] {
  const host = ts.createCompilerHost(COMPILER);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) =>
    files.has(file) ? ts.createSourceFile(file, files.get(file) ?? '', ts.ScriptTarget.ES2022, true) : getSourceFile(file, ...rest);
  host.getCurrentDirectory = () => path.resolve(__dirname, '../..');
  const packages = path.dirname(require.resolve(version));
  host.resolveModuleNameLiterals = (literals, containing, redirected, options) =>
    literals.map(({ text }) => {
      if (text === './entities' && files.has(containing))
        return { resolvedModule: { resolvedFileName: '/mend/entities.ts', extension: '.ts', isExternalLibraryImport: false } };
      const name = text === 'typeorm' ? `${packages}/index` : text;
      return ts.resolveModuleName(name, files.has(containing) ? __filename : containing, options, host, undefined, redirected);
    });
  const program = ts.createProgram([...files.keys()], COMPILER, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}
