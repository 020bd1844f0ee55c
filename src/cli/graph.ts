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

export interface CommandIo {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly cwd: string;
}

/** Writes a graph as text; `folder` is the analysed folder, absolute with forward slashes. */
type GraphWriter = (graph: RelationGraph, folder: string) => string | Promise<string>;

/** ELK takes a moment to load, and only pictures that are laid out need it. */
async function loadElk(): Promise<Elk> {
  const { default: elkWorker } = await import('elkjs/lib/elk-worker.min.js');
  return createElk(elkWorker);
}

const writers: Readonly<Record<string, GraphWriter>> = {
  json: graphToJson,
  mermaid: (graph) => writeMermaid(graph),
  ...createPictureWriters(loadElk),
};

/** Exit statuses of the contract: the graph was printed, or the command was used wrongly. */
const printed = 0;
const wrongUsage = 2;

/** Runs the command; `args` are those after `graph`. Resolves to the exit status. */
export async function runGraphCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const request = parseArguments(args);
  if (request.help) {
    io.stdout(usage());
    return printed;
  }
  if (request.mistake !== null) return fail(io, `${request.mistake}\n\n${usage()}`);
  const paths = (request.paths.length > 0 ? request.paths : ['.']).map((each) => path.resolve(io.cwd, each));
  const unreadable = paths.find((each) => !isReadable(each));
  if (unreadable !== undefined) return fail(io, `Cannot read ${unreadable}: check the path and its permissions.\n`);
  const graph = createEntityProject(typescript, createDiskHost(paths)).graph();
  const write = writers[request.format] as GraphWriter;
  io.stdout(await write(graph, analysedFolder(paths, io.cwd)));
  return printed;
}

interface Request {
  readonly paths: readonly string[];
  readonly format: string;
  readonly help: boolean;
  /** A sentence about what is wrong with the arguments; null where nothing is. */
  readonly mistake: string | null;
}

function parseArguments(args: readonly string[]): Request {
  const paths: string[] = [];
  let format = 'json';
  let mistake: string | null = null;
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] as string;
    if (argument === '--help' || argument === '-h') return { paths, format, help: true, mistake: null };
    if (argument === '--') {
      paths.push(...args.slice(index + 1));
      break;
    }
    if (argument === '--format' || argument === '-f') format = args[++index] ?? '';
    else if (argument.startsWith('--format=')) format = argument.slice('--format='.length);
    else if (argument.startsWith('-')) mistake ??= `Unknown option ${argument}.`;
    else paths.push(argument);
  }
  if (!Object.hasOwn(writers, format)) mistake ??= `Unknown format "${format}": use ${Object.keys(writers).join(', ')}.`;
  return { paths, format, help: false, mistake };
}

function usage(): string {
  return `Usage: relation-lens graph [paths…] [--format ${Object.keys(writers).join('|')}]\n\nPrints the relationship graph of the TypeORM entities in files and folders (default: the working directory).\n`;
}

function fail(io: CommandIo, message: string): number {
  io.stderr(message);
  return wrongUsage;
}

function isReadable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** Files in the output are relative to the one folder given, else to the working directory. */
function analysedFolder(paths: readonly string[], cwd: string): string {
  const [only] = paths;
  return toForwardSlashes(paths.length === 1 && only !== undefined && fs.statSync(only).isDirectory() ? only : cwd);
}
