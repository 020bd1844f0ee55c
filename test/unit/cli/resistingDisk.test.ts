/** What a disk may do between listing and reading costs nobody but the file itself. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runGraphCommand } from '../../../src/cli/graph';
import { runLintCommand } from '../../../src/cli/lint';
import { runInProcess } from './runInProcess';

const entity = (name: string): string =>
  `import { Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class ${name} {\n  @PrimaryGeneratedColumn() id: number;\n}\n`;

interface Graph {
  readonly entities: readonly { readonly name: string }[];
  readonly problems: readonly { readonly code: string; readonly message: string; readonly source: { readonly file: string } }[];
}

describe('a command over a disk that resists', () => {
  let folder = '';

  beforeEach(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'resisting-')));
    for (const name of ['Author', 'Book', 'Cover']) write(`src/${name.toLowerCase()}.ts`, entity(name));
  });

  afterEach(() => {
    vi.restoreAllMocks();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }

  /** A call of the file system fails for paths that end so: for root, permissions alone refuse nothing. */
  function refuse(call: 'readFileSync' | 'readdirSync' | 'writeFileSync', ending: string, code: string): void {
    const actual = fs[call] as (...args: unknown[]) => unknown;
    const failing = (...args: unknown[]): unknown => {
      if (String(args[0]).endsWith(ending)) throw Object.assign(new Error(`${code}: ${String(args[0])}`), { code });
      return actual(...args);
    };
    vi.spyOn(fs, call).mockImplementation(failing as never);
  }

  async function graph(): Promise<{ names: string[]; problems: (readonly [code: string, file: string, message: string])[] }> {
    const { status, stdout } = await runInProcess('graph', runGraphCommand, ['.'], folder);
    expect(status).toBe(0);
    const { entities, problems } = JSON.parse(stdout) as Graph;
    return { names: entities.map(({ name }) => name), problems: problems.map(({ code, message, source }) => [code, source.file, message] as const) };
  }

  it('tells of a file in UTF-16; one in UTF-8 with a byte order mark is read', async () => {
    fs.writeFileSync(path.join(folder, 'src/book.ts'), `\uFEFF${entity('Book')}`, 'utf16le');
    fs.writeFileSync(path.join(folder, 'src/cover.ts'), `\uFEFF${entity('Cover')}`);
    const { names, problems } = await graph();
    expect(names).toEqual(['Author', 'Cover']);
    expect(problems).toEqual([['unreadable-file', 'src/book.ts', 'This is UTF-16: save it as UTF-8.']]);
  });

  it.each(['EACCES', 'EPERM', 'EIO', 'EMFILE'])('tells of a file that cannot be read (%s), and what to do', async (code) => {
    refuse('readFileSync', '/book.ts', code);
    const { names, problems } = await graph();
    expect(names).toEqual(['Author', 'Cover']);
    expect(problems).toEqual([
      ['unreadable-file', 'src/book.ts', `This could not be read (${code}): check its permissions, or exclude it by .gitignore.`],
    ]);
  });

  it('tells of a folder that cannot be listed', async () => {
    write('src/inner/deep.ts', entity('Deep'));
    refuse('readdirSync', '/inner', 'EACCES');
    const { names, problems } = await graph();
    expect(names).toEqual(['Author', 'Book', 'Cover']);
    expect(problems.map(([code, file]) => [code, file])).toEqual([['unreadable-file', 'src/inner']]);
  });

  it('takes a file that vanishes after it was listed as deleted', async () => {
    refuse('readFileSync', '/book.ts', 'ENOENT');
    expect(await graph()).toEqual({ names: ['Author', 'Cover'], problems: [] });
  });

  it('takes a folder that is called like a source for a folder', async () => {
    write('src/shelf.ts/inside.ts', entity('Inside'));
    expect(await graph()).toEqual({ names: ['Author', 'Book', 'Cover', 'Inside'], problems: [] });
  });

  it('goes round no circle of links, and reads what a link leads to once', async () => {
    fs.symlinkSync(folder, path.join(folder, 'src/all'));
    fs.symlinkSync(path.join(folder, 'src'), path.join(folder, 'src/again'));
    fs.symlinkSync('self.ts', path.join(folder, 'src/self.ts'));
    expect(await graph()).toEqual({ names: ['Author', 'Book', 'Cover'], problems: [] });
  });

  it('tells of a source that a fix may not be written to', async () => {
    const post = `import { Author } from './author';\n${entity('Post')}`.replace(/\}\n$/, '  @ManyToOne(() => Author) author: Author;\n}\n');
    write('src/post.ts', post.replace('Entity,', 'Entity, ManyToOne,'));
    const lint = () => runInProcess('lint', runLintCommand, ['--rule', 'fk-no-index', '--fix', '.'], folder);
    refuse('writeFileSync', '/post.ts', 'EROFS');
    const file = path.join(folder, 'src/post.ts');
    expect(await lint()).toEqual({ status: 2, stdout: '', stderr: `relation-lens lint: ${file} could not be written: EROFS: ${file}\n` });
    vi.restoreAllMocks();
    expect(await lint()).toMatchObject({ status: 0, stderr: '' });
  });
});
