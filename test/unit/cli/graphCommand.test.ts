import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGraphCommand } from '../../../src/cli/graph';
import { runInProcess } from './runInProcess';

describe('relation-lens graph', () => {
  let folder = '';

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'graph-command-'));
    fs.mkdirSync(path.join(folder, 'src'));
    const text =
      "import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Node {\n  @PrimaryGeneratedColumn() id: number;\n  @ManyToOne(() => Node) next: Node;\n  @ManyToOne('Nothing') lost: unknown;\n}\n";
    fs.writeFileSync(path.join(folder, 'src/node.ts'), text);
  });

  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => runInProcess('graph', runGraphCommand, args, folder);

  it('prints the graph of the working directory as JSON, with its problems', async () => {
    const { status, stdout, stderr } = await run();
    expect([status, stderr]).toEqual([0, '']);
    const graph = JSON.parse(stdout) as { entities: unknown[]; problems: unknown[]; errors: unknown[] };
    expect(graph).toMatchObject({ version: 1, orm: 'typeorm', entities: [{ name: 'Node', source: { file: 'src/node.ts', line: 3, column: 14 } }] });
    expect(graph.problems).toMatchObject([{ code: 'unresolved-target', source: { file: 'src/node.ts', line: 6 } }]);
    expect(graph.errors).toEqual(graph.problems);
  });

  it('prints the same bytes each time, and for the same folder named differently', async () => {
    const first = await run('src');
    expect((await run(path.join(folder, 'src'))).stdout).toBe(first.stdout);
    expect(first.stdout.endsWith('}\n')).toBe(true);
  });

  it('prints files relative to the one folder given, else to the working directory', async () => {
    expect((await run('src')).stdout).toContain('"file": "node.ts"');
    expect((await run('src/node.ts')).stdout).toContain('"file": "src/node.ts"');
  });

  it('prints Mermaid', async () => {
    const { stdout } = await run('--format', 'mermaid');
    expect(stdout.split('\n').slice(0, 2)).toEqual(['erDiagram', '  Node {']);
    expect((await run('--format=mermaid')).stdout).toBe(stdout);
  });

  it.each([
    [['--format', 'gif'], '--format gif is not known; it can be json, mermaid, svg, dbml, plantuml or dot. See `relation-lens graph --help`.'],
    [['--verbose'], "Unknown option '--verbose'. See `relation-lens graph --help`."],
    [['nowhere'], 'relation-lens graph: cannot read'],
  ])('refuses %j', async (args, sentence) => {
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });

  it('says where it found no entity, so that the graph of the wrong folder does not look like an empty one', async () => {
    const empty = path.join(folder, 'empty');
    fs.mkdirSync(empty);
    const { status, stdout, stderr } = await run('empty');
    expect([status, stderr]).toEqual([0, `No entities were found in ${empty}: name the folders or files that declare them.\n`]);
    expect(JSON.parse(stdout)).toMatchObject({ entities: [] });
    fs.rmdirSync(empty);
  });

  it('explains itself', async () => {
    const { status, stdout } = await run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('relation-lens graph [PATHS…]');
  });
});

describe('relation-lens graph --check', () => {
  let folder = '';
  const entity = (...fields: string[]): string =>
    `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Node {\n  @PrimaryGeneratedColumn() id: number;\n${fields.map((field) => `  @Column() ${field}: string;\n`).join('')}}\n`;

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'graph-check-'));
    fs.mkdirSync(path.join(folder, 'src'));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const run = (...args: string[]) => runInProcess('graph', runGraphCommand, args, folder);

  it.each([
    ['schema.svg', 'svg'],
    ['schema.mmd', 'mermaid'],
    ['schema.dbml', 'dbml'],
    ['schema.puml', 'plantuml'],
    ['schema.dot', 'dot'],
    ['schema.json', 'json'],
  ])('passes %s while it is current, whatever its line endings, and names what changed when it is not', async (file, format) => {
    fs.writeFileSync(path.join(folder, 'src/node.ts'), entity('title'));
    const { stdout } = await run('src', '--format', format);
    fs.writeFileSync(path.join(folder, file), stdout.replaceAll('\n', '\r\n'));
    expect(await run('src', '--check', file)).toEqual({ status: 0, stdout: '', stderr: '' });
    fs.writeFileSync(path.join(folder, 'src/node.ts'), entity('title', 'subtitle'));
    const { status, stderr } = await run('src', '--check', file);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ {2}\+ .*subtitle/m);
    expect(stderr).toContain(`Renew it with\n  relation-lens graph src --format ${format} > ${file}\n`);
  });

  it('names what a drawing tells of a relation and does not draw', async () => {
    const node = (onDelete: string): string =>
      `import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Node {\n  @PrimaryGeneratedColumn() id: number;\n  @ManyToOne(() => Node, { onDelete: '${onDelete}' }) next: Node;\n}\n`;
    fs.writeFileSync(path.join(folder, 'src/node.ts'), node('CASCADE'));
    fs.writeFileSync(path.join(folder, 'schema.svg'), (await run('src', '--format', 'svg')).stdout);
    fs.writeFileSync(path.join(folder, 'src/node.ts'), node('SET NULL'));
    const { stderr } = await run('src', '--check', 'schema.svg');
    expect(stderr).toMatch(/^ {2}- .*on delete cascade\.$\n^ {2}\+ .*on delete set null\.$/m);
  });

  it('names what changed with the characters that are drawn', async () => {
    const node = (type: string): string =>
      `import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Node {\n  @PrimaryGeneratedColumn() id: number;\n  @Column({ type: 'enum', enum: [${type}] }) kind: string;\n}\n`;
    fs.writeFileSync(path.join(folder, 'src/node.ts'), node("'a'"));
    fs.writeFileSync(path.join(folder, 'schema.svg'), (await run('src', '--format', 'svg')).stdout);
    fs.writeFileSync(path.join(folder, 'src/node.ts'), node("'a'").replace('@Entity()', `@Entity("a 'b' <c> & d")`));
    const { stderr } = await run('src', '--check', 'schema.svg');
    expect(stderr).toContain("a 'b' <c> & d");
    expect(stderr).not.toContain('&#');
  });

  it('finds the diagram in a Markdown file', async () => {
    fs.writeFileSync(path.join(folder, 'src/node.ts'), entity('title'));
    const { stdout } = await run('src', '--format', 'mermaid');
    fs.writeFileSync(path.join(folder, 'schema.md'), `# Schema\n\n\`\`\`mermaid\n${stdout}\`\`\`\n\nMore.\n`);
    expect((await run('src', '--check', 'schema.md')).status).toBe(0);
    fs.writeFileSync(path.join(folder, 'src/node.ts'), entity());
    expect((await run('src', '--check', 'schema.md')).stderr).toMatch(/schema\.md \(its mermaid block\) is stale.*^ {2}- \w+ title/ms);
  });

  it('draws the same picture of the same sources in another folder', async () => {
    fs.writeFileSync(path.join(folder, 'src/node.ts'), entity('title'));
    const other = path.join(folder, 'elsewhere/deeper');
    fs.cpSync(path.join(folder, 'src'), path.join(other, 'src'), { recursive: true });
    for (const format of ['svg', 'mermaid', 'dbml', 'plantuml', 'dot', 'json'])
      expect((await run(path.join(other, 'src'), '--format', format)).stdout).toBe((await run('src', '--format', format)).stdout);
  });

  it.each([
    [['--check', 'schema.txt'], 'names no format'],
    [['--check', 'nowhere.svg'], 'relation-lens graph: cannot read nowhere.svg'],
    [['--check', 'src', '--format', 'svg'], 'relation-lens graph: src is not a file'],
    [['--check'], "Option '--check <value>' argument missing. See `relation-lens graph --help`."],
    [['--check='], '--check needs a value. See `relation-lens graph --help`.'],
    [['--check', 'a.svg', '--diff', 'HEAD'], 'one at a time'],
    [['--diff', 'HEAD', '--format', 'svg'], 'it can be text, json or mermaid'],
  ])('refuses %j', async (args, sentence) => {
    const { status, stderr } = await run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
