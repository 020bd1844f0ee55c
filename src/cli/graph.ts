/** `relation-lens graph`: the relationship graph of TypeORM sources on standard output (docs/graph.md). */
import fs from 'node:fs';
import path from 'node:path';
import typescript from 'typescript';
import { createElk, type Elk } from '../core/diagram/elkArrange';
import { writeMermaid } from '../core/diagram/writeMermaid';
import { createPictureWriters } from '../core/diagram/writers';
import type { RelationGraph } from '../core/model/relationGraph';
import { createEntityProject } from '../core/typeorm/entityProject';
import { graphToJson } from '../core/typeorm/graphToJson';
import { createDiskHost, toForwardSlashes } from '../disk/diskHost';
import { readRevision, RevisionError } from '../disk/gitRevision';
import { parseGraphArguments, type GraphFormat, type GraphRequest } from './graphArguments';
import { findStale } from './graphCheck';
import { writeDifference } from './graphDiff';
import { type CliIo, exitStatus, FileError } from './io';
import { checkReadable, isReadable, noEntitiesIn, sourcePaths } from './sourcePaths';

/** Writes a graph as text; `folder` is the analysed folder, absolute with forward slashes. */
type GraphWriter = (graph: RelationGraph, folder: string) => string | Promise<string>;

/** ELK takes a moment to load, and only pictures that are laid out need it. */
async function loadElk(): Promise<Elk> {
  const { default: elkWorker } = await import('elkjs/lib/elk-worker.min.js');
  return createElk(elkWorker);
}

const writers: Readonly<Record<GraphFormat, GraphWriter>> = {
  json: graphToJson,
  mermaid: (graph) => writeMermaid(graph),
  ...createPictureWriters(loadElk),
};

/** Runs the command; `args` are those after `graph`. Resolves to the exit status: 1 where a committed picture is stale. */
export async function runGraphCommand(args: readonly string[], io: CliIo): Promise<number> {
  const request = parseGraphArguments(args);
  const paths = sourcePaths(request.paths, io.cwd);
  checkReadable(paths);
  const graph = createEntityProject(typescript, createDiskHost(paths)).graph();
  if (graph.entities.length === 0) io.stderr.write(noEntitiesIn(paths));
  if (request.kind === 'diff') return printDifference(graph, paths, request, io);
  const text = await writers[request.format](graph, analysedFolder(paths, io.cwd));
  if (request.kind === 'check') return checkCommitted(text, request, io);
  io.stdout.write(text);
  return exitStatus.ok;
}

type Of<Kind> = Extract<GraphRequest, { kind: Kind }>;

async function printDifference(after: RelationGraph, paths: readonly string[], { revision, format }: Of<'diff'>, io: CliIo): Promise<number> {
  try {
    const { commit, host, note } = await readRevision(paths, revision);
    const before = createEntityProject(typescript, host).graph();
    io.stdout.write(writeDifference({ revision, commit, before, after, note }, format));
    return exitStatus.ok;
  } catch (error) {
    if (!(error instanceof RevisionError)) throw error;
    throw new FileError(error.message);
  }
}

/** Says what is stale, and the command that renews it. */
function checkCommitted(text: string, { file, format, paths }: Of<'check'>, io: CliIo): number {
  const full = path.resolve(io.cwd, file);
  if (!isReadable(full)) throw new FileError(`cannot read ${file}: check the path, or make it with\n  ${renewal(paths, format, file)}`);
  if (!fs.statSync(full).isFile()) throw new FileError(`${file} is not a file: name the committed picture.`);
  const lines = findStale(fs.readFileSync(full, 'utf8'), text, file);
  if (lines === null) return exitStatus.ok;
  const inside = /\.md$/i.test(file) ? ' (its mermaid block)' : '';
  io.stderr.write(
    `${file}${inside} is stale: the entities have changed since it was written.\n${lines.join('\n')}\nRenew it with\n  ${renewal(paths, format, file)}\n`,
  );
  return exitStatus.tripped;
}

function renewal(paths: readonly string[], format: GraphFormat, file: string): string {
  const words = ['relation-lens', 'graph', ...paths, '--format', format].map((word) => (/[^\w./@:=-]/.test(word) ? `'${word}'` : word));
  return /\.md$/i.test(file) ? words.join(' ') : `${words.join(' ')} > ${file}`;
}

/** Files in the output are relative to the one folder given, else to the working directory. */
function analysedFolder(paths: readonly string[], cwd: string): string {
  const [only] = paths;
  return toForwardSlashes(paths.length === 1 && only !== undefined && fs.statSync(only).isDirectory() ? only : cwd);
}
