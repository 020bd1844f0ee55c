/** TypeORM itself as the judge of random entity sources. What once was wrong has a case of its own in test/cases/graph. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import typescript from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntityProject } from '../../src/core/typeorm/entityProject';
import { graphToJson } from '../../src/core/typeorm/graphToJson';
import { randomEntities } from './randomEntities';

/** RANDOM_ENTITIES=5000:300 tries 300 others. */
const [first = 1, count = 40] = (process.env['RANDOM_ENTITIES'] ?? '').split(':').filter(Boolean).map(Number);
const seeds = Array.from({ length: count }, (_, index) => first + index);

interface Built {
  readonly entities?: readonly Record<string, unknown>[];
  readonly error?: string;
}

describe.each([
  { line: '1.x', packageName: 'typeorm' },
  { line: '0.3', packageName: 'typeorm-0.3' },
])('TypeORM $line builds of random entities what is read from them', ({ packageName }) => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'random-entities-'));
  const folderOf = (seed: number): string => path.join(root, String(seed));
  let built: Record<string, Built> = {};

  beforeAll(() => {
    for (const seed of seeds) {
      fs.mkdirSync(folderOf(seed));
      for (const [name, text] of Object.entries(randomEntities(seed))) fs.writeFileSync(path.join(folderOf(seed), name), text);
    }
    // Their columns are of any TypeScript type, which need not tell one of the database's.
    const args = [path.join(__dirname, 'typeormMetadata.cjs'), '--any-column-type', packageName, ...seeds.map(folderOf)];
    const output = execFileSync(process.execPath, args, {
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    built = JSON.parse(output) as Record<string, Built>;
  });

  afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

  it.each(seeds)('seed %i', (seed) => {
    const expected = built[folderOf(seed)];
    const read = readEntities(randomEntities(seed), packageName);
    const refusals = read.errors.filter(({ code }) => code !== 'object-column-type');
    expect(refusals.length > 0, expected?.error ?? 'TypeORM starts').toBe(expected?.error !== undefined);
    if (expected?.entities) expect(read.entities).toEqual(expected.entities);
  });

  it('most of them are such that TypeORM starts', () => {
    const started = Object.values(built).filter(({ error }) => error === undefined);
    expect(started.length).toBeGreaterThan(seeds.length / 3);
  });
});

/** The files in a workspace where that version of TypeORM is installed; without places and column types, which metadata does not have. */
function readEntities(
  texts: Readonly<Record<string, string>>,
  packageName: string,
): { entities: Record<string, unknown>[]; errors: { code: string }[] } {
  const manifest = fs.readFileSync(path.join(__dirname, '../../node_modules', packageName, 'package.json'), 'utf8');
  const sources = Object.entries(texts).map(([name, text]) => [`/app/${name}`, text] as const);
  const files = new Map([...sources, ['/app/node_modules/typeorm/package.json', manifest]]);
  const graph = createEntityProject(typescript, {
    roots: ['/app'],
    listSourceFiles: () => sources.map(([file]) => file),
    listPackageManifests: () => [],
    readFile: (file) => files.get(file),
    fileExists: (file) => files.has(file),
    problems: () => [],
  }).graph();
  const isLeftOut = (key: string, value: unknown): boolean => key === 'source' || (key === 'type' && !isTableType(value));
  return JSON.parse(graphToJson(graph, '/app'), (key, value: unknown) => (isLeftOut(key, value) ? undefined : value)) as ReturnType<
    typeof readEntities
  >;
}

function isTableType(value: unknown): boolean {
  return value === 'regular' || value === 'view' || value === 'entity-child';
}
