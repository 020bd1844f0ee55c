/**
 * A small app with every case as a scope: built into a folder of its own, profiled, mended by its findings, type-checked and profiled again.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import type { QueryProfile } from '../../src/core/profile/queryProfile';
import { readRecording } from '../../src/cli/readRecording';
import { programEnvironment, type Tool } from '../cli/tool';

const require = createRequire(__filename);

export interface App {
  readonly id: string;
  /** The body of `run(ds)`; or a whole module where it says `export`. */
  readonly source: string;
  /** The file's text where that is not what `moduleOf` makes of the source. */
  readonly text?: string;
  /** Other files that it needs, by their names; sources as of `source`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Ending of the file, with the dot; `.ts` where absent. */
  readonly ending?: string;
}

export interface Profiled {
  readonly profile: QueryProfile;
  readonly answers: Readonly<Record<string, unknown>>;
}

export interface Workshop {
  readonly folder: string;
  profile(name: string): Promise<Profiled>;
  /** What the strict compiler says of the sources as they are. */
  complaints(): string[];
}

/** @param postgres URL of a database that is emptied; without it the apps run on SQLite in memory */
export function openWorkshop(tool: Tool, version: string, apps: readonly App[], postgres?: string): Workshop {
  const folder = fs.mkdtempSync(path.join(tool.folder, `mend-${version}-`));
  const files = new Map<string, string>([
    ['.gitignore', 'out-*\n'],
    ['package.json', JSON.stringify({ name: 'mend', dependencies: { typeorm: '*' } })],
    ['src/entities.ts', fs.readFileSync(path.join(__dirname, 'shop/entities.txt'), 'utf8')],
    ['src/main.ts', fs.readFileSync(path.join(__dirname, 'shop/main.txt'), 'utf8')],
    ['src/cases.ts', registry(apps)],
    ...apps.map(({ id, source, text, ending = '.ts' }) => [`src/${fileName(id)}${ending}`, text ?? moduleOf(source)] as const),
    ...apps.flatMap(({ files: others = {} }) => Object.entries(others).map(([name, source]) => [`src/${name}`, moduleOf(source)] as const)),
  ]);
  for (const [name, text] of files) write(path.join(folder, name), text);
  return {
    folder,
    profile: (name) => profile(tool, folder, version, name, postgres),
    complaints: () => complaints(folder, version),
  };
}

export function fileName(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** The source of a case's file. */
export function moduleOf(source: string): string {
  const imports = (names: readonly string[], from: string): string => {
    if (source.includes(`from '${from}'`)) return '';
    const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(source));
    return used.length > 0 ? `import { ${used.join(', ')} } from '${from}';\n` : '';
  };
  const head = imports(TYPEORM, 'typeorm') + imports(ENTITIES, './entities');
  if (/^export /m.test(source)) return `${head.includes('DataSource') ? head : `import { DataSource } from 'typeorm';\n${head}`}\n${source}\n`;
  const body = source
    .split('\n')
    .map((line) => (line ? `  ${line}` : ''))
    .join('\n');
  const withSource = /\bDataSource\b/.test(head)
    ? head
    : head.includes("from 'typeorm'")
      ? head.replace('{ ', '{ DataSource, ')
      : `import { DataSource } from 'typeorm';\n${head}`;
  return `${withSource}\nexport async function run(ds: DataSource): Promise<unknown> {\n${body}\n}\n`;
}

const TYPEORM = ['DataSource', 'EntityManager', 'FindManyOptions', 'IsNull', 'Not', 'Repository'];
const ENTITIES = [
  'Author',
  'Book',
  'Chair',
  'Country',
  'Mark',
  'Note',
  'Profile',
  'Publisher',
  'Reply',
  'Review',
  'Room',
  'Shelf',
  'Slot',
  'Tag',
  'Town',
  'Visit',
];

function registry(apps: readonly App[]): string {
  const imports = apps.map(({ id, ending = '' }, i) => `import { run as run${i} } from './${fileName(id)}${ending.replace('ts', 'js')}';`).join('\n');
  const list = apps.map(({ id }, i) => `  [${JSON.stringify(id)}, run${i}],`).join('\n');
  return `import type { DataSource } from 'typeorm';\n${imports}\n\nexport const cases: [string, (ds: DataSource) => Promise<unknown>][] = [\n${list}\n];\n`;
}

async function profile(tool: Tool, folder: string, version: string, name: string, postgres: string | undefined): Promise<Profiled> {
  const out = path.join(folder, `out-${name}`);
  for (const file of fs.readdirSync(path.join(folder, 'src'))) {
    const source = path.join(folder, 'src', file);
    const { outputText } = ts.transpileModule(fs.readFileSync(source, 'utf8'), {
      compilerOptions: {
        ...COMPILER,
        ...(file.endsWith('.mts') ? { module: ts.ModuleKind.ES2022 } : {}),
        inlineSourceMap: true,
        sourceRoot: `${path.dirname(source)}/`,
      },
      fileName: source,
    });
    // A module of ECMAScript is not found through NODE_PATH.
    const esm = JSON.stringify(`file://${path.dirname(require.resolve(version))}/index.mjs`);
    const linked = outputText
      .replaceAll('require("typeorm")', `require(${JSON.stringify(version)})`)
      .replaceAll(/from ['"]typeorm['"]/g, `from ${esm}`);
    write(path.join(out, file.replace(/ts$/, 'js')), linked);
  }
  const [recording, answers] = [path.join(folder, `${name}.ndjson`), path.join(folder, `${name}.json`)];
  const outcome = await start(
    tool,
    folder,
    ['profile', '--recording', recording, '--format', 'json', '--', process.execPath, path.join(out, 'main.js')],
    { ANSWERS: answers, ...(postgres ? { MEND_POSTGRES: postgres } : {}) },
  );
  if (outcome !== '') throw new Error(outcome);
  const { profile: measured } = await readRecording(recording, {}, folder);
  return { profile: measured, answers: JSON.parse(fs.readFileSync(answers, 'utf8')) as Record<string, unknown> };
}

/** What went wrong, or nothing. */
function start(tool: Tool, cwd: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(tool.folder, 'cli.js'), ...args], {
      cwd,
      env: { ...programEnvironment(), ...environment, RELATION_LENS_WATCH_READS: '1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve(status === 0 ? '' : `exit ${status}: ${stderr}`));
  });
}

const COMPILER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  ignoreDeprecations: '6.0',
  esModuleInterop: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  useDefineForClassFields: false,
  skipLibCheck: true,
  types: ['node'],
};

function complaints(folder: string, version: string): string[] {
  const options = { ...COMPILER, noEmit: true };
  const host = ts.createCompilerHost(options);
  const packages = path.dirname(require.resolve(version));
  host.getCurrentDirectory = () => path.resolve(__dirname, '../..');
  host.resolveModuleNameLiterals = (literals, containing, redirected, given) =>
    literals.map(({ text }) => {
      const name = text === 'typeorm' ? `${packages}/index` : text;
      const from = containing.startsWith(folder) && !text.startsWith('.') ? __filename : containing;
      return ts.resolveModuleName(name, from, given, host, undefined, redirected);
    });
  const program = ts.createProgram([path.join(folder, 'src/main.ts')], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${path.basename(file?.fileName ?? '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
