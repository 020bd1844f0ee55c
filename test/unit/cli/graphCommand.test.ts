import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runGraphCommand } from '../../../src/cli/graph';

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

  async function run(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
    let stdout = '';
    let stderr = '';
    const status = await runGraphCommand(args, { stdout: (text) => void (stdout += text), stderr: (text) => void (stderr += text), cwd: folder });
    return { status, stdout, stderr };
  }

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
    [['--format', 'gif'], 'Unknown format "gif"'],
    [['--verbose'], 'Unknown option --verbose.'],
    [['nowhere'], 'Cannot read'],
  ])('refuses %j', async (args, sentence) => {
    const { status, stdout, stderr } = await run(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });

  it('explains itself', async () => {
    const { status, stdout } = await run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('relation-lens graph [paths…]');
  });
});
