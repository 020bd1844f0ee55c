/** TypeORM itself as the judge: the cases of test/cases/graph, built by both lines of TypeORM, beside the graph read from their sources. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetaEntity } from '../../src/protocol/probe';
import { checkLive } from '../../src/core/typeorm/live/checkLive';
import { graphOf, readGraph } from './readGraph';

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
