/**
 * The sources as they were in a git revision, read from the repository's objects: nothing is checked out, nothing is written. Bounded, so
 * that a repository of any size costs a known amount of memory; what is left out is told.
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { ProjectHost } from '../core/typeorm/entityProject';
import { isListedSource, toForwardSlashes } from './diskHost';

/** More source files, or more of their text, than any TypeORM project has shown yet. */
const maxFiles = 20_000;
const maxFileBytes = 1_000_000;
const maxTotalBytes = 200_000_000;

export interface Revision {
  /** The full name of the commit. */
  readonly commit: string;
  readonly host: ProjectHost;
  /** A sentence on what was left out; null where nothing was. */
  readonly note: string | null;
}

/** A plain sentence that ends with the next step. */
export class RevisionError extends Error {}

/**
 * Reads a revision of the folders (or single files) given; they must lie in one repository.
 * @throws RevisionError where there is no git, no repository, or no such revision.
 */
export async function readRevision(roots: readonly string[], revision: string): Promise<Revision> {
  const [first] = roots;
  if (first === undefined) throw new RevisionError('No folder is open. Open the folder of a git repository first.');
  const top = await topOf(isFolder(first) ? first : path.dirname(first));
  const commit = await commitOf(top, revision);
  const listed = await listTree(top, commit);
  const wanted = listed.filter(({ name }) => roots.some((root) => isWithin(`${top}/${name}`, toForwardSlashes(path.resolve(root)))));
  const { kept, note } = bound(wanted);
  const texts = await readBlobs(top, kept);
  return { commit, host: hostOver(roots, top, listed, texts), note };
}

async function topOf(folder: string): Promise<string> {
  try {
    const top = (await git(folder, ['rev-parse', '--show-toplevel'])).trim();
    // The folders are known by the names they were opened with, which a symbolic link may make others than git's.
    const real = fs.realpathSync(folder);
    const inside = path.relative(fs.realpathSync(top), real);
    return toForwardSlashes(inside === '' ? folder : folder.slice(0, -inside.length - 1));
  } catch (error) {
    if (error instanceof RevisionError) throw error;
    throw new RevisionError(`${folder} is in no git repository, so there is nothing to compare with. Run \`git init\` and commit first.`);
  }
}

async function commitOf(top: string, revision: string): Promise<string> {
  try {
    return (await git(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])).trim();
  } catch (error) {
    if (error instanceof RevisionError) throw error;
    throw new RevisionError(`git knows no commit “${revision}” here. Give a branch, a tag or a commit that \`git log\` shows.`);
  }
}

interface TreeEntry {
  /** Relative to the repository's top, with forward slashes. */
  readonly name: string;
  readonly blob: string;
  readonly bytes: number;
}

/** The files that entities and their configuration can stand in. */
async function listTree(top: string, commit: string): Promise<TreeEntry[]> {
  const listing = await git(top, ['ls-tree', '-r', '-l', '-z', '--full-tree', commit]);
  return listing.split('\0').flatMap((line): TreeEntry[] => {
    const [, mode, blob, size, name] = /^(\d+) blob (\w+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    // A symbolic link's blob is its target's path.
    if (!blob || !name || mode === '120000') return [];
    return isListedSource(name) || isConfiguration(name) ? [{ name, blob, bytes: Number(size) }] : [];
  });
}

function isConfiguration(name: string): boolean {
  return /(?:^|\/)(?:package|[tj]sconfig[^/]*)\.json$/.test(name) && !/(?:^|\/)node_modules\//.test(name);
}

function bound(entries: readonly TreeEntry[]): { readonly kept: readonly TreeEntry[]; readonly note: string | null } {
  let total = 0;
  const kept = entries.filter(({ bytes }, index) => {
    if (index >= maxFiles || bytes > maxFileBytes || total + bytes > maxTotalBytes) return false;
    total += bytes;
    return true;
  });
  const left = entries.length - kept.length;
  return { kept, note: left === 0 ? null : `${left} of ${entries.length} files of the revision were too many or too large to be read.` };
}

/** One process for all files. */
async function readBlobs(top: string, entries: readonly TreeEntry[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (entries.length === 0) return texts;
  const output = await gitBytes(top, ['cat-file', '--batch'], entries.map(({ blob }) => `${blob}\n`).join(''));
  let at = 0;
  for (const { name, bytes } of entries) {
    const start = output.indexOf(0x0a, at) + 1;
    texts.set(`${top}/${name}`, output.toString('utf8', start, start + bytes));
    at = start + bytes + 1;
  }
  return texts;
}

function hostOver(roots: readonly string[], top: string, listed: readonly TreeEntry[], texts: ReadonlyMap<string, string>): ProjectHost {
  const files = [...texts.keys()].sort();
  const names = new Set(listed.map(({ name }) => `${top}/${name}`));
  const resolved = roots.map((root) => toForwardSlashes(path.resolve(root)));
  return {
    roots: resolved.map((root) => (names.has(root) ? root.slice(0, root.lastIndexOf('/')) : root)),
    listSourceFiles: () => files.filter((file) => !file.endsWith('.json')),
    listPackageManifests: () => files.filter((file) => file.endsWith('/package.json')),
    readFile: (file) => texts.get(file),
    fileExists: (file) => texts.has(file),
    problems: () => [],
  };
}

function isWithin(file: string, root: string): boolean {
  if (file === root || file.startsWith(`${root}/`)) return true;
  // Configuration of the folders above says how paths and packages resolve.
  return file.endsWith('.json') && root.startsWith(`${file.slice(0, file.lastIndexOf('/'))}/`);
}

function isFolder(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  return (await gitBytes(folder, args)).toString('utf8');
}

function gitBytes(folder: string, args: readonly string[], input = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Neither the user's pager nor an optional lock: reading must not disturb a git that runs beside.
    const child = spawn('git', ['--no-pager', ...args], {
      cwd: folder,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new RevisionError('git was not found. Install it, or put it on the PATH.') : error),
    );
    child.on('close', (status) => (status === 0 ? resolve(Buffer.concat(chunks)) : reject(new Error(`git ${args[0] ?? ''} ended with ${status}`))));
  });
}
