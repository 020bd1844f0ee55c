/** Builds and starts the programs of J in the ways apps are built and started, and tells what the profiler said of them. */
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { ScopeSummary } from '../../src/core/profile/queryProfile';
import { programEnvironment, type Tool } from '../cli/tool';
import { writeApp } from '../probe/app';
import type { EnvironmentCase } from './expected/environmentCases';
import { type Found, markIn } from './judge';

type TypeormPackage = 'typeorm' | 'typeorm-0.3';

interface Report {
  readonly dropped: number;
  readonly scopes: readonly Pick<ScopeSummary, 'id' | 'kind' | 'name' | 'status' | 'queryCount'>[];
  readonly findings: readonly Found[];
  readonly queries: readonly { readonly scope: number; readonly target?: string }[];
  readonly comparison?: {
    readonly scopes: readonly { readonly name: string; readonly before: Counted | null; readonly after: Counted | null }[];
  };
}

interface Counted {
  readonly queryCount: number;
}

interface EnvironmentOutcome {
  readonly status: number | null;
  readonly stderr: string;
  readonly says: readonly string[];
}

/** Runs a case's program with `relation-lens profile`, as its users do. */
export async function runEnvironment(tool: Tool, one: EnvironmentCase, typeorm: TypeormPackage): Promise<EnvironmentOutcome> {
  const { cwd, args, remove } = prepare(tool, one, typeorm);
  try {
    const reportFile = path.join(tool.folder, `${one.name} ${typeorm}.json`);
    const command = [process.execPath, ...args];
    const earlier = one.earlier && path.join(tool.folder, `${one.name} ${typeorm}.ndjson`);
    if (earlier) await tool.run(['profile', '--recording', earlier, '--', ...command], { cwd, env: { ...programEnvironment(), ...one.earlier } });
    const options = ['--format', 'json', '--out', reportFile, ...(earlier ? ['--compare', earlier, '--fail-on', 'regression'] : [])];
    const outcome = await tool.run(['profile', ...options, '--', ...command], { cwd, env: { ...programEnvironment(), ...one.now } });
    const report = JSON.parse(fs.readFileSync(reportFile, 'utf8')) as Report;
    const says = [...describeScopes(report, cwd, one.scopesOnly !== false), ...describeComparison(report)];
    return { status: outcome.status, stderr: outcome.stderr, says };
  } finally {
    remove();
  }
}

interface Prepared {
  readonly cwd: string;
  /** Of Node. */
  readonly args: readonly string[];
  readonly remove: () => void;
}

const programs = path.join(__dirname, 'environments');

function prepare(tool: Tool, { program, build = 'bundled' }: EnvironmentCase, typeorm: TypeormPackage): Prepared {
  if (build === 'bundled') {
    return { cwd: programs, args: [tool.build(path.join(programs, `${program}.ts`), typeorm)], remove: () => undefined };
  }
  const { files, args } = builds[build](program);
  const [first, ...others] = Object.entries(files).map(([name, text]) => [name, text.replaceAll("'typeorm'", `'${typeorm}'`)] as const);
  const cwd = writeApp({ file: first?.[0] ?? '', source: first?.[1] ?? '', files: Object.fromEntries(others) });
  return { cwd, args, remove: () => fs.rmSync(cwd, { recursive: true, force: true }) };
}

interface Build {
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const compilerOptions = { target: 'es2022', module: 'commonjs', rootDir: '.', esModuleInterop: true, sourceMap: true };
const project = { 'package.json': '{}', 'tsconfig.json': JSON.stringify({ compilerOptions }) };

const builds: Readonly<Record<Exclude<EnvironmentCase['build'], 'bundled' | undefined>, (program: string) => Build>> = {
  'ts-node': (program) => ({ files: sourcesOf(program), args: ['-r', 'ts-node/register/transpile-only', `src/${program}.ts`] }),
  tsx: (program) => ({ files: sourcesOf(program), args: ['--import', 'tsx', `src/${program}.ts`] }),
  swc: (program) => ({ files: sourcesOf(program), args: ['-r', '@swc-node/register', `src/${program}.ts`] }),
  tsc: (program) => ({ files: { ...sourcesOf(program), ...compiled(program), ...compiled('library') }, args: [`dist/${program}.js`] }),
  webpack: (program) => ({ files: { ...sourcesOf(program), 'loader.cjs': webpackLoader, 'start.cjs': webpackStart(program) }, args: ['start.cjs'] }),
  jest: (program) => ({
    files: {
      [`${program}.test.js`]: transpiled(program, ts.ModuleKind.CommonJS),
      'library.js': transpiled('library', ts.ModuleKind.CommonJS),
      'package.json': '{"jest":{"testEnvironment":"node"}}',
      'start.cjs': "process.argv.push('--rootDir', __dirname, '--runInBand', '--silent', '--testTimeout=600000');\nrequire('jest').run();",
    },
    args: ['start.cjs'],
  }),
  vitest: (program) => ({
    files: {
      [`${program}.test.mjs`]: transpiled(program, ts.ModuleKind.ES2022).replace("'./library'", "'./library.mjs'"),
      'library.mjs': transpiled('library', ts.ModuleKind.ES2022),
      'package.json': '{}',
      'start.mjs': `
import { startVitest } from 'vitest/node';
const vitest = await startVitest('test', [], { root: import.meta.dirname, watch: false, globals: true, reporters: [{}], include: ['*.test.mjs'], config: false, testTimeout: 0, hookTimeout: 0 });
await vitest.close();`,
    },
    args: ['start.mjs'],
  }),
};

function sourcesOf(program: string): Record<string, string> {
  return { ...project, [`src/${program}.ts`]: sourceOf(program), 'src/library.ts': sourceOf('library') };
}

function sourceOf(name: string): string {
  return fs.readFileSync(path.join(programs, `${name}.ts`), 'utf8');
}

function transpiled(name: string, module: ts.ModuleKind): string {
  return ts.transpileModule(sourceOf(name), { compilerOptions: { target: ts.ScriptTarget.ES2022, module, esModuleInterop: true } }).outputText;
}

function compiled(name: string): Record<string, string> {
  const { outputText, sourceMapText = '' } = ts.transpileModule(sourceOf(name), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true, sourceMap: true },
    fileName: `../src/${name}.ts`,
  });
  const map = { ...(JSON.parse(sourceMapText) as object), sources: [`../src/${name}.ts`] };
  return {
    [`dist/${name}.js`]: outputText.replace(/sourceMappingURL=.*/, `sourceMappingURL=${name}.js.map`),
    [`dist/${name}.js.map`]: JSON.stringify(map),
  };
}

const webpackLoader = `
const ts = require('typescript');
module.exports = function (source) {
  const { outputText, sourceMapText } = ts.transpileModule(source, {
    fileName: this.resourcePath, compilerOptions: { target: 'es2022', module: 'es2022', sourceMap: true, esModuleInterop: true } });
  this.callback(null, outputText, { ...JSON.parse(sourceMapText), sources: [this.resourcePath] });
};`;

const webpackStart = (program: string): string => `
const path = require('path');
const config = {
  mode: 'production', target: 'node', entry: './src/${program}.ts', context: __dirname, devtool: 'source-map',
  output: { path: path.join(__dirname, 'dist'), filename: 'main.js' },
  resolve: { extensions: ['.ts', '.js'] },
  module: { rules: [{ test: /\\.ts$/, use: path.join(__dirname, 'loader.cjs') }] },
  externals: [({ request }, done) => (/^[./]/.test(request) || path.isAbsolute(request) ? done() : done(null, 'commonjs ' + request))],
};
require('webpack')(config, (error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString());
  require('./dist/main.js');
});`;

/** A line for each scope, in the order of their start: `http GET /authors 200: 4 queries; lazy-n-plus-one Author.books × 3 at … from …`. */
export function describeScopes(
  { scopes, findings, queries }: Pick<Report, 'scopes' | 'findings' | 'queries'>,
  folder: string,
  scopesOnly: boolean,
): string[] {
  return scopes
    .filter(({ kind, name }) => !scopesOnly || kind !== 'unattributed' || name.startsWith('after '))
    .map(({ id, kind, name, status, queryCount }) => {
      // What filling the database takes differs between versions of TypeORM.
      const size = kind === 'unattributed' && !name.startsWith('after ') ? 'queries' : `${queryCount} ${queryCount === 1 ? 'query' : 'queries'}`;
      const head = `${kind} ${name}${status === null ? '' : ` ${status}`}: ${size}`;
      // Machines differ in what is slow; informations are the other groups' matter.
      const found = findings.filter((finding) => finding.scope === id && finding.severity === 'warning' && finding.kind !== 'slow-query');
      return [
        head,
        ...describeTargets(queries.filter(({ scope }) => scope === id)),
        ...found.map((finding) => describeFinding(finding, folder)),
      ].join('; ');
    });
}

/** Who answered, of the servers of a replication. */
function describeTargets(queries: Report['queries']): string[] {
  const roles = queries.flatMap(({ target }) => (target === undefined ? [] : [target.split(' ')[0]]));
  return ['master', 'replica'].filter((role) => roles.includes(role)).map((role) => `${roles.filter((each) => each === role).length} by the ${role}`);
}

/** Scopes whose number of queries is not what it was in the earlier run. */
function describeComparison({ comparison }: Report): string[] {
  const changed = comparison?.scopes.filter(({ before, after }) => before && after && before.queryCount !== after.queryCount) ?? [];
  return changed.map(({ name, before, after }) => `compared: ${name} ${before?.queryCount} → ${after?.queryCount} queries`);
}

function describeFinding({ kind, entity, relation, count, site, parent }: Found, folder: string): string {
  const subject = [entity, relation].filter((part) => part !== null).join('.');
  const from = parent === null ? '' : ` from ${markIn(folder, parent.site)}${parent.proven ? '' : ' (a guess)'}`;
  return `${kind} ${subject} × ${count} at ${markIn(folder, site)}${from}`;
}
