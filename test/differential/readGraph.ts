/** The static graph of a folder, in the terms of TypeORM's metadata. */
import path from 'node:path';
import typescript from 'typescript';
import type { RelationGraph } from '../../src/core/model/relationGraph';
import { createEntityProject } from '../../src/core/typeorm/entityProject';
import { graphToJson } from '../../src/core/typeorm/graphToJson';
import { createDiskHost, toForwardSlashes } from '../../src/disk/diskHost';

/** The graph from the sources, without what TypeORM's metadata does not have: places and column types for display. */
export function readGraph(folder: string, packageName: string): { entities: Record<string, unknown>[]; errors: unknown[] } {
  const text = graphToJson(graphOf(folder, packageName), toForwardSlashes(folder));
  return JSON.parse(text, (key, value: unknown) => (key === 'source' || (key === 'type' && !isTableType(value)) ? undefined : value)) as ReturnType<
    typeof readGraph
  >;
}

/** The same, whole; as in a workspace where that version is installed. */
export function graphOf(folder: string, packageName: string): RelationGraph {
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
