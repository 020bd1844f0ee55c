/** `relation-lens fix`: a recorded run's edits, as a diff that git applies, or written. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTool, programEnvironment, type Tool } from './tool';

const SOURCE = `import 'reflect-metadata';
import { Column, DataSource, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';

@Entity()
export class Author {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  name!: string;

  @OneToMany(() => Book, (book) => book.author)
  books!: Promise<Book[]>;
}

@Entity()
export class Book {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column()
  title!: string;

  @ManyToOne(() => Author, (author) => author.books)
  author!: Promise<Author>;
}

async function list(ds: DataSource) {
  const authors = await ds.getRepository(Author).find();
  for (const author of authors) console.log(author.name, (await author.books).length);
}

async function count(ds: DataSource) {
  for (const author of await ds.getRepository(Author).find()) await ds.query('SELECT count(*) FROM book WHERE authorId = ?', [author.id]);
}

async function main() {
  const ds = new DataSource({ type: 'better-sqlite3', database: ':memory:', synchronize: true, entities: [Author, Book] });
  await ds.initialize();
  await ds.query("INSERT INTO author (name) VALUES ('a'), ('b'), ('c'), ('d')");
  await ds.query("INSERT INTO book (title, authorId) VALUES ('one', 1), ('two', 2), ('three', 3), ('four', 4)");
  const lens = (globalThis as unknown as Record<symbol, { scope<T>(name: string, run: () => T): T }>)[Symbol.for('relation-lens')]!;
  await lens.scope('list', () => list(ds));
  await lens.scope('count', () => count(ds));
  await ds.destroy();
}

void main();
`;
const MENDED = "find({ relations: { books: true }, relationLoadStrategy: 'query' });";

let tool: Tool;
let app: string;

beforeAll(async () => {
  tool = buildTool();
  app = path.join(tool.folder, 'app');
  fs.mkdirSync(path.join(app, 'src'), { recursive: true });
  fs.writeFileSync(path.join(app, 'package.json'), JSON.stringify({ name: 'app', dependencies: { typeorm: '*' } }));
  fs.writeFileSync(path.join(app, '.gitignore'), 'out\n');
  reset();
  const source = path.join(app, 'src/app.ts');
  const { outputText } = ts.transpileModule(SOURCE, {
    fileName: source,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      inlineSourceMap: true,
      sourceRoot: `${path.dirname(source)}/`,
    },
  });
  tool.write('app/out/app.js', outputText);
  const outcome = await tool.run(['profile', '--recording', 'run.ndjson', '--format', 'json', '--', process.execPath, 'out/app.js'], { cwd: app });
  expect(outcome.status, outcome.stderr).toBe(0);
});
afterAll(() => tool.remove());

const file = () => path.join(app, 'src/app.ts');
const reset = () => fs.writeFileSync(file(), SOURCE);
const fix = (...args: string[]) => tool.run(['fix', 'run.ndjson', ...args], { cwd: app, env: programEnvironment() });

describe('relation-lens fix', () => {
  it('prints a diff that git applies, and says what is left', async () => {
    const { status, stdout, stderr } = await fix();
    expect(status).toBe(1);
    expect(stdout).toMatch(/^--- a\/src\/app\.ts\n\+\+\+ b\/src\/app\.ts\n@@ /);
    expect(stdout).toContain(`+  const authors = await ds.getRepository(Author).${MENDED}`);
    expect(stderr).toMatch(/1 edit in 1 file \(a diff; --write applies it\)\n {2}src\/app\.ts:29 {2}Load Author\.books here: 5 → 3 queries/);
    expect(stderr).toMatch(/1 left to you\n {2}src\/app\.ts:34 {2}loop-n-plus-one: The statement is raw SQL/);
    expect(fs.readFileSync(file(), 'utf8')).toBe(SOURCE);
    execFileSync('git', ['apply', '--check', '-'], { cwd: app, input: stdout, env: { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(app) } });
  });

  it('prints the same again', async () => {
    expect((await fix()).stdout).toBe((await fix()).stdout);
  });

  it('only edits findings of the kinds asked for', async () => {
    const { status, stdout, stderr } = await fix('--only', 'write-n-plus-one');
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toContain('0 edits in 0 files');
  });

  it('writes the edits, and has nothing to do the second time', async () => {
    try {
      const { status, stdout } = await fix('--write', '--only', 'lazy-n-plus-one');
      expect(status).toBe(0);
      expect(stdout).toContain('1 edit in 1 file\n');
      expect(fs.readFileSync(file(), 'utf8')).toBe(SOURCE.replace('find();\n  for', `${MENDED}\n  for`));
      expect(await fix('--only', 'lazy-n-plus-one')).toMatchObject({ status: 0, stdout: '' });
    } finally {
      reset();
    }
  });

  it('finds code again that has moved', async () => {
    try {
      fs.writeFileSync(file(), SOURCE.replace('async function list', '// one\n// two\n// three\nasync function list'));
      expect((await fix()).stdout).toContain(MENDED);
    } finally {
      reset();
    }
  });

  it('leaves a file alone in which the code is gone', async () => {
    try {
      fs.writeFileSync(
        file(),
        SOURCE.replace(/async function list[\s\S]*?\n}\n/, 'async function list(ds: DataSource) {\n  await ds.query("SELECT 1");\n}\n'),
      );
      const { status, stdout, stderr } = await fix('--only', 'lazy-n-plus-one');
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain('The code was not found again: the file changed since the recording.');
    } finally {
      reset();
    }
  });

  describe('of a recording that was made elsewhere', () => {
    /** As a container or CI would have left it. */
    const recordedIn = (folder: string): void => {
      const recording = fs.readFileSync(path.join(app, 'run.ndjson'), 'utf8').replaceAll(JSON.stringify(app).slice(1, -1), folder);
      fs.writeFileSync(path.join(app, 'elsewhere.ndjson'), recording);
    };
    const fixIn = (cwd: string) => tool.run(['fix', path.join(app, 'elsewhere.ndjson')], { cwd, env: programEnvironment() });

    it.each(['/srv/api', String.raw`C:\\work\\api`])('edits the files that stand in this folder, for %s', async (folder) => {
      recordedIn(folder);
      const { stdout, stderr } = await fixIn(app);
      expect(stdout).toBe((await fix()).stdout);
      expect(stderr).toBe((await fix()).stderr);
    });

    it('edits them where the tool is started above the folder that ran', async () => {
      recordedIn('/srv/all/app');
      expect((await fixIn(tool.folder)).stdout).toMatch(/^--- a\/app\/src\/app\.ts\n/);
    });

    it('edits the recorded files where they are in their place, whatever this folder has', async () => {
      const other = path.join(tool.folder, 'copy/src');
      fs.mkdirSync(other, { recursive: true });
      fs.writeFileSync(path.join(other, 'app.ts'), SOURCE);
      const { stdout } = await tool.run(['fix', path.join(app, 'run.ndjson')], { cwd: path.dirname(other), env: programEnvironment() });
      expect(stdout).toMatch(/^--- a\/\.\.\/app\/src\/app\.ts\n|^--- .*\/app\/src\/app\.ts\n/);
      expect(stdout).not.toContain('copy/src');
    });

    it('says that they are not here where they are not', async () => {
      recordedIn('/srv/api');
      const other = path.join(tool.folder, 'other/src');
      fs.mkdirSync(other, { recursive: true });
      expect(await fixIn(other)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining("the recorded run's folder /srv/api does not exist here"),
      });
    });
  });

  it('leaves suppressed findings alone and counts them', async () => {
    try {
      fs.writeFileSync(
        file(),
        SOURCE.replace(
          '  for (const author of authors)',
          '  // relation-lens-ignore-next-line lazy-n-plus-one: four authors\n  for (const author of authors)',
        ),
      );
      const { status, stdout, stderr } = await fix('--only', 'lazy-n-plus-one');
      expect([status, stdout]).toEqual([0, '']);
      expect(stderr).toContain('1 suppressed');
    } finally {
      reset();
    }
  });

  it('prints JSON', async () => {
    const { stdout } = await fix('--format', 'json');
    const answer = JSON.parse(stdout) as { findings: { outcome: string; queries: unknown; reason: string | null }[]; files: { file: string }[] };
    expect(answer.files.map((each) => each.file)).toEqual(['src/app.ts']);
    expect(answer.findings.map(({ outcome }) => outcome)).toEqual(['edit', 'declined']);
    expect(answer.findings[0]?.queries).toEqual({ before: 5, after: 3 });
  });

  it.each([
    [['--only', 'slow'], /there is no finding `slow`/],
    [['--sideways'], /sideways/],
    [['other.ndjson'], /one recording at a time/],
    [['--format', 'html'], /--format html is not known; it can be text or json\./],
  ])('says what is wrong with %j', async (args, message) => {
    const { status, stderr } = await fix(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});
