/** `graph --diff` over a real git repository. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGraphCommand } from '../../src/cli/graph';
import { runInProcess } from '../unit/cli/runInProcess';

const head = `import { Column, Entity, ManyToOne, OneToMany, PrimaryGeneratedColumn } from 'typeorm';\n`;
const author = (fields: string): string =>
  `${head}import { Book } from './book';\n@Entity()\nexport class Author {\n  @PrimaryGeneratedColumn() id: number;\n${fields}}\n`;
const book = `${head}@Entity()\nexport class Book {\n  @PrimaryGeneratedColumn() id: number;\n  @Column() title: string;\n}\n`;

describe('relation-lens graph --diff', () => {
  let folder = '';
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  const write = (name: string, text: string): void => fs.writeFileSync(path.join(folder, 'src', name), text);

  beforeAll(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'graph-diff-')));
    fs.mkdirSync(path.join(folder, 'src'));
    git('init', '--quiet', '--initial-branch', 'main');
    git('config', 'user.email', 'someone@example.org');
    git('config', 'user.name', 'Someone');
    fs.writeFileSync(path.join(folder, 'package.json'), '{ "dependencies": { "typeorm": "^1.0.0" } }');
    write('author.ts', author('  @Column() name: string;\n  @Column({ nullable: true }) fax: string;\n'));
    write('award.ts', book.replaceAll('Book', 'Award'));
    write('book.ts', book);
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    git('tag', 'v1');
    fs.rmSync(path.join(folder, 'src/award.ts'));
    write('author.ts', author('  @Column({ nullable: true }) name: string;\n  @OneToMany(() => Book, (book) => book.author) books: Book[];\n'));
    write('book.ts', book.replace('}\n', `  @ManyToOne('Author', 'books') author: unknown;\n}\n`));
    write('review.ts', book.replaceAll('Book', 'Review'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => runInProcess('graph', runGraphCommand, args, folder);

  it('tells what came, went and changed since a tag, and leaves the working tree alone', async () => {
    const before = git('status', '--porcelain');
    const { status, stdout } = await run('--diff', 'v1');
    expect(status).toBe(0);
    expect(stdout).toBe(`Entities since v1 (${git('rev-parse', 'v1').slice(0, 8)}): 1 added, 1 removed, 2 changed

+ Review
- Award
~ Author
    ~ column name (nullable: no → yes)
    - column fax
    + relation books
~ Book
    + column author.id
    + relation author
`);
    expect(git('status', '--porcelain')).toBe(before);
  });

  it('says it as JSON and as a Mermaid diagram with classes', async () => {
    const json = JSON.parse((await run('--diff', 'HEAD', '--format', 'json')).stdout) as { entities: { name: string; kind: string }[] };
    expect(json.entities.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['Review added', 'Award removed', 'Author changed', 'Book changed']);
    const { stdout } = await run('--diff', 'HEAD', '--format', 'mermaid');
    expect(stdout).toContain('  class Award removed\n');
    expect(stdout).toContain('  Award {\n');
  });

  it('finds no difference in a part that did not change', async () => {
    git('add', '.');
    git('commit', '--quiet', '--message', 'second');
    expect((await run('src', '--diff', 'main')).stdout).toMatch(/^No entity changed since main \([0-9a-f]{8}\)\.\n$/);
  });

  it('says what it cannot compare with', async () => {
    const unknown = await run('--diff', 'v9');
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      'relation-lens graph: git knows no commit “v9” here. Give a branch, a tag or a commit that `git log` shows.\n',
    ]);
    const option = await run('--diff=--all');
    expect(option.status).toBe(2);
    const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'graph-diff-outside-'));
    const nowhere = await run(outside, '--diff', 'HEAD');
    fs.rmSync(outside, { recursive: true });
    expect(nowhere.stderr).toContain('is in no git repository');
  });
});
