/** TypeORM itself as the judge: the cases of test/cases/graph, built by both lines of TypeORM, beside the graph read from their sources. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RelationGraph } from '../../src/core/model/relationGraph';
import type { MetaEntity } from '../../src/protocol/probe';
import { createEntityProject } from '../../src/core/typeorm/entityProject';
import { checkLive } from '../../src/core/typeorm/live/checkLive';
import { graphToJson } from '../../src/core/typeorm/graphToJson';
import { createDiskHost, toForwardSlashes } from '../../src/disk/diskHost';

const casesFolder = path.join(__dirname, '../cases/graph');
/** Half-written sources cannot be loaded; what becomes of them is checked by their golden file alone. */
const loadable = fs.readdirSync(casesFolder).filter((name) => name !== 'half-written');

interface Metadata {
  readonly entities?: readonly Record<string, unknown>[];
  readonly live?: readonly MetaEntity[];
  readonly error?: string;
}

describe.each([
  { line: '1.x', packageName: 'typeorm' },
  { line: '0.3', packageName: 'typeorm-0.3' },
])('TypeORM $line builds what is read from', ({ packageName }) => {
  let metadata: Record<string, Metadata> = {};

  beforeAll(() => {
    const folders = loadable.map((name) => path.join(casesFolder, name));
    const output = execFileSync(process.execPath, [path.join(__dirname, 'typeormMetadata.cjs'), packageName, ...folders], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    metadata = JSON.parse(output) as Record<string, Metadata>;
  });

  it.each(loadable)('%s', (name) => {
    const folder = path.join(casesFolder, name);
    const built = metadata[folder];
    const read = readGraph(folder, packageName);
    expect(read.errors.length > 0, built?.error ?? 'TypeORM starts').toBe(built?.error !== undefined);
    if (built?.entities) expect(read.entities).toEqual(built.entities);
  });

  it.each(loadable)('%s, as the live check sees it', (name) => {
    const folder = path.join(casesFolder, name);
    const { live } = metadata[folder] ?? {};
    if (!live) return;
    const metadataEvent = { e: 'metadata', source: 1, driver: 'postgres', detailed: true, entities: live } as const;
    const check = checkLive(graphOf(folder, packageName), { metadata: metadataEvent, cwd: folder });
    expect(check?.differences).toEqual([]);
    expect(check?.equal).toBe(check?.entities);
  });
});

/** The graph from the sources, without what TypeORM's metadata does not have: places and column types for display. */
function readGraph(folder: string, packageName: string): { entities: Record<string, unknown>[]; errors: unknown[] } {
  const text = graphToJson(graphOf(folder, packageName), toForwardSlashes(folder));
  return JSON.parse(text, (key, value: unknown) => (key === 'source' || (key === 'type' && !isTableType(value)) ? undefined : value)) as ReturnType<
    typeof readGraph
  >;
}

/** As in a workspace where that version is installed. */
function graphOf(folder: string, packageName: string): RelationGraph {
  const host = createDiskHost([folder]);
  const manifest = '/node_modules/typeorm/package.json';
  const readFile = (file: string): string | undefined =>
    host.readFile(file.endsWith(manifest) ? path.join(__dirname, '../../node_modules', packageName, 'package.json') : file);
  return createEntityProject(typescript, {
    roots: host.roots,
    listSourceFiles: () => host.listSourceFiles(),
    listPackageManifests: () => host.listPackageManifests(),
    readFile,
    fileExists: (file) => host.fileExists(file),
    problems: () => host.problems(),
  }).graph();
}

function isTableType(value: unknown): boolean {
  return value === 'regular' || value === 'view' || value === 'entity-child';
}
