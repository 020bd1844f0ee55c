/**
 * Workspaces on disk, for the server and the command line: which source files there are, and their texts.
 * Skips node_modules, build output and whatever `.gitignore` ignores; a file that cannot be read becomes a problem.
 */
import fs from 'node:fs';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { graphPath } from '../core/model/graphPath';
import type { GraphProblem } from '../core/model/relationGraph';
import type { ProjectHost } from '../core/typeorm/entityProject';

export interface DiskHost extends ProjectHost {
  /** Forgets the listing, so that the next question walks the folders again. */
  refresh(): void;
}

/** Folders that never hold sources, whether or not a `.gitignore` says so. */
const skippedFolders = new Set(['node_modules', 'bower_components', 'jspm_packages', 'dist', 'build', 'out', 'coverage']);
const sourceFile = /\.[cm]?[jt]sx?$/;
/** Declarations, bundles, and tests: entities in a test belong to that test alone. A test file can still be named itself. */
const notListed = /(?:\.d\.[cm]?ts|\.min\.js|\.(?:test|spec|e2e-spec|stories)\.[cm]?[jt]sx?)$/;

/** Whether a listing holds a file of that path, as far as names tell: its folders, its extension, no test and no declaration. */
export function isListedSource(relative: string): boolean {
  const folders = relative.split('/');
  const name = folders.pop() ?? '';
  return sourceFile.test(name) && !notListed.test(name) && !folders.some((folder) => folder.startsWith('.') || skippedFolders.has(folder));
}

/** A host over folders and single files, which may be relative to the working directory of the process. */
export function createDiskHost(paths: readonly string[]): DiskHost {
  return new Disk(paths.map((each) => path.resolve(each)));
}

class Disk implements DiskHost {
  readonly roots: readonly string[];
  private listing: Listing | null = null;
  private readonly unreadable = new Map<string, GraphProblem>();
  private shownProblems: readonly GraphProblem[] = [];

  constructor(private readonly paths: readonly string[]) {
    this.roots = [...new Set(paths.map((each) => toForwardSlashes(isFolder(each) ? each : path.dirname(each))))];
  }

  refresh(): void {
    this.listing = null;
  }

  listSourceFiles(): readonly string[] {
    // A project asks again only when files came or went.
    this.listing = new Listing(this.paths, (file, reason) => this.report(file, reason));
    return this.listing.sources;
  }

  listPackageManifests(): readonly string[] {
    this.listing ??= new Listing(this.paths, (file, reason) => this.report(file, reason));
    return this.listing.manifests;
  }

  readFile(file: string): string | undefined {
    try {
      const text = fs.readFileSync(file, 'utf8');
      this.unreadable.delete(file);
      // The byte order mark of UTF-16, read as UTF-8: what follows is no text, either.
      if (text.startsWith('\uFFFD\uFFFD')) this.tell(file, 'This is UTF-16: save it as UTF-8.');
      return text;
    } catch (error) {
      // A file that vanished between listing and reading is no problem; one that resists is.
      if (reasonOf(error) !== 'ENOENT') this.report(file, reasonOf(error));
      return undefined;
    }
  }

  fileExists(file: string): boolean {
    return statOf(file)?.isFile() ?? false;
  }

  problems(): readonly GraphProblem[] {
    const current = [...this.unreadable.values()].sort((left, right) => (left.source.file < right.source.file ? -1 : 1));
    const isSame = current.length === this.shownProblems.length && current.every((problem, index) => problem === this.shownProblems[index]);
    if (!isSame) this.shownProblems = current;
    return this.shownProblems;
  }

  private report(file: string, reason: string): void {
    this.tell(file, `This could not be read (${reason}): check its permissions, or exclude it by .gitignore.`);
  }

  private tell(file: string, message: string): void {
    if (this.unreadable.has(file)) return;
    this.unreadable.set(file, {
      code: 'unreadable-file',
      message,
      source: { file: toForwardSlashes(file), line: 1, column: 1, endLine: 1, endColumn: 1 },
    });
  }
}

type Report = (file: string, reason: string) => void;

/** One walk over the folders. */
class Listing {
  readonly sources: string[] = [];
  readonly manifests: string[] = [];
  /** Real paths of the folders on the way, against loops of symbolic links. */
  private readonly visited = new Set<string>();

  constructor(
    paths: readonly string[],
    private readonly report: Report,
  ) {
    for (const each of paths) {
      if (isFolder(each)) this.walk(each, ignoreRulesAbove(each));
      else this.sources.push(toForwardSlashes(each));
    }
    this.sources = [...new Set(this.sources)].sort();
    this.manifests = [...new Set(this.manifests)].sort();
  }

  private walk(folder: string, outerRules: readonly IgnoreRules[]): void {
    const real = realPath(folder);
    if (real === null || this.visited.has(real)) return;
    this.visited.add(real);
    const own = readIgnoreRules(folder);
    const rules = own ? [...outerRules, own] : outerRules;
    for (const entry of this.entriesOf(folder)) {
      const full = path.join(folder, entry.name);
      const isLink = entry.isSymbolicLink();
      const isDirectory = entry.isDirectory() || (isLink && isFolder(full));
      if (isDirectory) {
        if (!entry.name.startsWith('.') && !skippedFolders.has(entry.name) && !isIgnored(rules, full, true)) this.walk(full, rules);
      } else if (entry.isFile() || (isLink && fs.existsSync(full))) {
        this.add(full, entry.name, rules);
      }
    }
  }

  private add(full: string, name: string, rules: readonly IgnoreRules[]): void {
    const isSource = sourceFile.test(name) && !notListed.test(name);
    if (!isSource && name !== 'package.json') return;
    if (isIgnored(rules, full, false)) return;
    (isSource ? this.sources : this.manifests).push(toForwardSlashes(full));
  }

  private entriesOf(folder: string): fs.Dirent[] {
    try {
      return fs.readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      if (reasonOf(error) !== 'ENOENT') this.report(folder, reasonOf(error));
      return [];
    }
  }
}

interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

function readIgnoreRules(folder: string): IgnoreRules | null {
  try {
    return { folder, rules: ignore().add(fs.readFileSync(path.join(folder, '.gitignore'), 'utf8')) };
  } catch {
    return null;
  }
}

/** The rules of the folders above, up to the repository's root. */
function ignoreRulesAbove(folder: string): IgnoreRules[] {
  const rules: IgnoreRules[] = [];
  for (let current = folder; ; current = path.dirname(current)) {
    if (current !== folder) {
      const own = readIgnoreRules(current);
      if (own) rules.unshift(own);
    }
    if (fs.existsSync(path.join(current, '.git'))) return rules;
    // Outside of any repository, what stands in folders above says nothing about this one.
    if (path.dirname(current) === current) return [];
  }
}

function isIgnored(rules: readonly IgnoreRules[], full: string, isDirectory: boolean): boolean {
  let ignored = false;
  for (const { folder, rules: own } of rules) {
    const relative = toForwardSlashes(path.relative(folder, full)) + (isDirectory ? '/' : '');
    const result = own.test(relative);
    if (result.ignored) ignored = true;
    else if (result.unignored) ignored = false;
  }
  return ignored;
}

function isFolder(file: string): boolean {
  return statOf(file)?.isDirectory() ?? false;
}

/** Undefined for what is not there, cannot be reached, or would lie inside of a file (`post.json/index.ts`). */
function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function realPath(file: string): string | null {
  try {
    return fs.realpathSync(file);
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}

export function toForwardSlashes(file: string): string {
  return path.sep === '\\' ? graphPath(file) : file;
}
