/**
 * Import specifiers → files: relative paths, tsconfig `paths` and `baseUrl` (inherited through `extends`), and the names of
 * workspace packages; of packages in node_modules only those that build on TypeORM.
 */
import { isInstalled } from '../../model/isInstalled';
import type { GraphProblem } from '../../model/relationGraph';
import type { Compiler } from '../compiler';
import { missingExtends, readConfigText } from './configFile';
import { InstalledPackages, splitSpecifier } from './installedPackages';
import type { OutputFolder } from './entityGlobs';
import { mappedTargets, sourcesOf } from './packageMaps';
import { folderOf, forwardSlashes, joinPath, parseJson } from './paths';

export interface ResolutionHost {
  fileExists(file: string): boolean;
  readFile(file: string): string | undefined;
  packageManifests(): readonly string[];
}

interface CompilerPaths {
  readonly outDir: string | null;
  readonly rootDir: string | null;
  readonly baseUrl: string | null;
  readonly paths: Readonly<Record<string, readonly string[]>> | null;
  /** What the targets of `paths` are relative to where there is no `baseUrl`: the folder of the tsconfig that has them. */
  readonly pathsBase: string;
  readonly strict: boolean | null;
  readonly strictNullChecks: boolean | null;
}

interface WorkspacePackage {
  readonly folder: string;
  readonly entries: readonly string[];
  readonly exports: unknown;
}

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];
const configNames = ['tsconfig.json', 'tsconfig.base.json', 'tsconfig.app.json', 'tsconfig.build.json', 'jsconfig.json'];
const noPaths: CompilerPaths = { outDir: null, rootDir: null, baseUrl: null, paths: null, pathsBase: '', strict: null, strictNullChecks: null };

export class ModuleResolution {
  /** What is wrong with the tsconfigs that were read so far; another list whenever there is more. */
  problems: readonly GraphProblem[] = [];
  private configs = new Map<string, CompilerPaths>();
  /** Files whose tsconfigs were asked for. */
  private readonly checked = new Set<string>();
  private packages: Map<string, WorkspacePackage> | null = null;
  private readonly installed: InstalledPackages;

  constructor(
    private readonly ts: Compiler,
    private readonly host: ResolutionHost,
  ) {
    this.installed = new InstalledPackages(host);
  }

  /** Forgets every tsconfig and package.json that was read. */
  reset(): void {
    this.configs = new Map();
    this.checked.clear();
    this.problems = [];
    this.packages = null;
    this.installed.reset();
  }

  /** The file a specifier means in the files of a folder; null where it is none of the workspace's. */
  resolve(folder: string, specifier: string): string | null {
    if (specifier.startsWith('.')) return this.probe(joinPath(folder, specifier));
    if (specifier.startsWith('/')) return this.probe(specifier);
    if (specifier.startsWith('node:')) return null;
    if (specifier.startsWith('#')) return this.resolveByPaths(folder, specifier) ?? this.resolveByImports(folder, specifier);
    return this.resolveByPaths(folder, specifier) ?? this.resolveByPackage(specifier) ?? this.resolveInstalled(folder, specifier);
  }

  /** True for an installed package that has nothing to do with TypeORM. */
  isForeign(folder: string, specifier: string): boolean {
    return !/^[./]|^node:/.test(specifier) && this.installed.isForeign(folder, specifier);
  }

  /** Where the tsconfigs that lie in a folder say that compiled output goes. */
  outputFolders(folder: string): OutputFolder[] {
    const files = configNames.map((name) => joinPath(folder, name)).filter((file) => this.host.fileExists(file));
    return files.flatMap((file) => {
      const { outDir, rootDir } = this.readConfig(file, new Set());
      return outDir === null ? [] : [{ outDir, rootDir }];
    });
  }

  /** Whether the nearest tsconfig has null and undefined kept apart from other types; null where it leaves that to the compiler. */
  strictNullChecks(folder: string): boolean | null {
    const files = configNames.map((name) => joinPath(folder, name)).filter((file) => this.host.fileExists(file));
    const parent = folderOf(folder);
    if (files.length === 0) return parent === folder ? null : this.strictNullChecks(parent);
    const said = files.map((file) => this.readConfig(file, new Set())).map(({ strict, strictNullChecks }) => strictNullChecks ?? strict);
    return said.find((each) => each !== null) ?? null;
  }

  private resolveInstalled(folder: string, specifier: string): string | null {
    for (const candidate of this.installed.candidates(folder, specifier)) {
      const file = this.probe(candidate);
      if (file) return file;
    }
    return null;
  }

  private resolveByPaths(folder: string, specifier: string): string | null {
    const config = this.configFor(folder);
    for (const target of matchPaths(config.paths, specifier)) {
      const file = this.probe(joinPath(config.baseUrl ?? config.pathsBase, forwardSlashes(target)));
      if (file) return file;
    }
    return config.baseUrl === null ? null : this.probe(joinPath(config.baseUrl, specifier));
  }

  private resolveByPackage(specifier: string): string | null {
    const { name, rest } = splitSpecifier(specifier);
    const found = this.workspacePackages().get(name);
    if (!found) return null;
    const exported = mappedTargets(found.exports, rest === '' ? '.' : `./${rest}`).flatMap(sourcesOf);
    const implied = rest === '' ? found.entries : [rest, `src/${rest}`, rest.replace(/^(dist|lib|build)\//, 'src/')];
    const candidates = [...exported, ...implied];
    for (const candidate of candidates) {
      const file = this.probe(joinPath(found.folder, candidate));
      if (file) return file;
    }
    return null;
  }

  /** `#entities/user`, by the `imports` of the package that the folder belongs to. */
  private resolveByImports(folder: string, specifier: string): string | null {
    const manifests = this.host.packageManifests().filter((manifest) => `${folder}/`.startsWith(`${folderOf(manifest)}/`));
    const [nearest] = manifests.sort((left, right) => right.length - left.length);
    if (nearest === undefined) return null;
    for (const target of mappedTargets(parseJson(this.host.readFile(nearest))?.['imports'], specifier)) {
      if (!target.startsWith('.')) return this.resolve(folder, target);
      for (const candidate of sourcesOf(target)) {
        const file = this.probe(joinPath(folderOf(nearest), candidate));
        if (file) return file;
      }
    }
    return null;
  }

  private workspacePackages(): Map<string, WorkspacePackage> {
    if (this.packages) return this.packages;
    this.packages = new Map();
    for (const manifest of this.host.packageManifests()) {
      const content = parseJson(this.host.readFile(manifest));
      if (typeof content?.['name'] !== 'string') continue;
      // The sources are wanted, whatever the published entry is: `dist/index.js` stands for `src/index.ts`.
      const main = [content['source'], content['types'], content['main']].filter((entry) => typeof entry === 'string');
      const sources = main.map((entry) =>
        entry
          .replace(/^(\.\/)?(dist|lib|build)\//, 'src/')
          .replace(/\.d\.ts$/, '')
          .replace(/\.[cm]?js$/, ''),
      );
      this.packages.set(content['name'], {
        folder: folderOf(manifest),
        entries: [...sources, 'src/index', 'index', 'src', ...main],
        exports: content['exports'],
      });
    }
    return this.packages;
  }

  /** A path as written → the file, trying extensions, `.js` for `.ts`, and index files. */
  private probe(path: string): string | null {
    if ([...extensions, '.json'].some((extension) => path.endsWith(extension)) && this.host.fileExists(path)) return path;
    for (const extension of extensions) if (this.host.fileExists(path + extension)) return path + extension;
    const compiled = /\.([cm]?)jsx?$/.exec(path);
    if (compiled) {
      const stem = path.slice(0, compiled.index);
      for (const extension of [`.${compiled[1]}ts`, '.ts', '.tsx']) if (this.host.fileExists(stem + extension)) return stem + extension;
    }
    for (const extension of extensions) {
      const index = `${path.replace(/\/$/, '')}/index${extension}`;
      if (this.host.fileExists(index)) return index;
    }
    return null;
  }

  /** Reads the tsconfigs above a file, up to one with paths, so that what is wrong with them is known, though no alias needs them. */
  checkConfigOf(file: string): void {
    if (this.checked.has(file)) return;
    this.checked.add(file);
    // What a package ships is not for its users to mend.
    if (!isInstalled(file)) this.configFor(folderOf(file));
  }

  /** The nearest tsconfig's paths; one without any inherits those of the folders above, as solution-style workspaces expect. */
  private configFor(folder: string): CompilerPaths {
    const known = this.configs.get(folder);
    if (known) return known;
    const parent = folderOf(folder);
    const above = (): CompilerPaths => (parent === folder ? noPaths : this.configFor(parent));
    const own = this.readConfigsIn(folder);
    const config = own && (own.paths || own.baseUrl !== null) ? own : above();
    this.configs.set(folder, config);
    return config;
  }

  private readConfigsIn(folder: string): CompilerPaths | null {
    for (const name of configNames) {
      const file = joinPath(folder, name);
      if (!this.host.fileExists(file)) continue;
      const config = this.readConfig(file, new Set());
      if (config.paths || config.baseUrl !== null) return config;
    }
    return null;
  }

  /** @param configDir what `${configDir}` stands for: the folder of the tsconfig that extends all the others */
  private readConfig(file: string, seen: Set<string>, configDir = folderOf(file)): CompilerPaths {
    if (seen.has(file)) return noPaths;
    seen.add(file);
    const text = this.host.readFile(file);
    if (text === undefined) return noPaths;
    const { content, problem } = readConfigText(this.ts, file, text);
    if (problem) this.report(problem);
    const folder = folderOf(file);
    let config = noPaths;
    for (const base of listOf(content?.['extends'])) {
      const target = this.extendedConfig(folder, forwardSlashes(base));
      if (target) config = mergeConfigs(config, this.readConfig(target, seen, configDir));
      // What is to be installed holds no aliases of this workspace.
      else if (/^[./]/.test(base)) this.report(missingExtends(file, text, base));
    }
    const options = (content?.['compilerOptions'] ?? {}) as Record<string, unknown>;
    const folderOption = (name: string): string | null =>
      typeof options[name] === 'string' ? joinPath(folder, forwardSlashes(withConfigDir(options[name], configDir))) : null;
    const baseUrl = folderOption('baseUrl');
    const [outDir, rootDir] = [folderOption('outDir'), folderOption('rootDir')];
    const paths = isPaths(options['paths']) ? pathsWithConfigDir(options['paths'], configDir) : null;
    const pathsBase = paths ? folder : '';
    const flag = (name: string): boolean | null => (typeof options[name] === 'boolean' ? options[name] : null);
    const [strict, strictNullChecks] = [flag('strict'), flag('strictNullChecks')];
    return mergeConfigs(config, { outDir, rootDir, baseUrl, paths, pathsBase, strict, strictNullChecks });
  }

  /** A file is read for each folder that asks for it, but what is wrong with it is said once. */
  private report(problem: GraphProblem): void {
    if (!this.problems.some(({ message, source }) => message === problem.message && source.file === problem.source.file)) {
      this.problems = [...this.problems, problem];
    }
  }

  private extendedConfig(folder: string, specifier: string): string | null {
    const isPath = specifier.startsWith('.') || specifier.startsWith('/');
    const bases = isPath ? [specifier.startsWith('/') ? specifier : joinPath(folder, specifier)] : this.packageFolders(folder, specifier);
    for (const base of bases) {
      for (const candidate of [base, `${base}.json`, `${base}/tsconfig.json`]) {
        if (candidate.endsWith('.json') && this.host.fileExists(candidate)) return candidate;
      }
    }
    return null;
  }

  /** Where a configuration package may lie: in the workspace, or installed in a folder above. */
  private packageFolders(folder: string, specifier: string): string[] {
    const { name, rest } = splitSpecifier(specifier);
    const own = this.workspacePackages().get(name);
    const folders = own ? [joinPath(own.folder, rest || '.')] : [];
    for (let current = folder; ; current = folderOf(current)) {
      folders.push(joinPath(current, `node_modules/${specifier}`));
      if (folderOf(current) === current) return folders;
    }
  }
}

function mergeConfigs(base: CompilerPaths, own: CompilerPaths): CompilerPaths {
  return {
    outDir: own.outDir ?? base.outDir,
    rootDir: own.rootDir ?? base.rootDir,
    baseUrl: own.baseUrl ?? base.baseUrl,
    paths: own.paths ?? base.paths,
    pathsBase: own.paths ? own.pathsBase : base.pathsBase,
    strict: own.strict ?? base.strict,
    strictNullChecks: own.strictNullChecks ?? base.strictNullChecks,
  };
}

/** The targets of the best matching pattern: an exact one, else the one with the longest prefix before `*`. */
function matchPaths(paths: CompilerPaths['paths'], specifier: string): string[] {
  if (!paths) return [];
  const exact = Object.hasOwn(paths, specifier) ? paths[specifier] : undefined;
  if (exact) return [...exact];
  let best: { length: number; targets: string[] } | null = null;
  for (const [pattern, targets] of Object.entries(paths)) {
    const star = pattern.indexOf('*');
    if (star < 0) continue;
    const [prefix, suffix] = [pattern.slice(0, star), pattern.slice(star + 1)];
    const matches = specifier.length >= prefix.length + suffix.length && specifier.startsWith(prefix) && specifier.endsWith(suffix);
    if (!matches || (best && best.length >= prefix.length)) continue;
    const middle = specifier.slice(prefix.length, specifier.length - suffix.length);
    best = { length: prefix.length, targets: targets.map((target) => target.replace('*', middle)) };
  }
  return best?.targets ?? [];
}

function withConfigDir(path: string, configDir: string): string {
  return path.replace(/^\$\{configDir\}/i, () => configDir);
}

function pathsWithConfigDir(paths: Record<string, string[]>, configDir: string): Record<string, string[]> {
  return Object.fromEntries(Object.entries(paths).map(([pattern, targets]) => [pattern, targets.map((target) => withConfigDir(target, configDir))]));
}

function isPaths(value: unknown): value is Record<string, string[]> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((targets) => Array.isArray(targets) && targets.every((target) => typeof target === 'string'))
  );
}

function listOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string');
}
