/**
 * The static road's front door: TypeORM sources → RelationGraph, kept up to date one edited file at a time.
 * Nothing of the user's code runs; the TypeScript module and the disk are handed in.
 */
import type ts from 'typescript';
import { isInstalled } from '../model/isInstalled';
import type { EntityId, GraphProblem, RelationGraph } from '../model/relationGraph';
import { compilerOf, type Compiler } from './compiler';
import { QueryStore, type Input } from './incremental';
import {
  appliesColumnsByHand,
  importsTypeorm,
  mayConfigureDataSource,
  callsFactory,
  mayDeclareEntities,
  maySpellEntityWrong,
  ownEntityDecorators,
  ownEntityFactories,
  usesDecorator,
} from './parse/textTests';
import { parseFile } from './parse/parseFile';
import { isListedNowhere, isLoadedNowhere, namingFor, type DataSourceOptions, type MatchedOptions } from './resolve/dataSources';
import { globBase, matchesGlobs, resolveGlobs } from './resolve/entityGlobs';
import { EntityGraph } from './resolve/entityGraph';
import { moduleOf } from './resolve/moduleOf';
import { asOldLine, defaultProjectNaming, type Naming } from './resolve/namingOfProject';
import { folderOf } from './resolve/paths';
import { Sources } from './resolve/sources';
import { PackageVersions } from './resolve/packageVersions';

export type TypeScript = typeof ts;

/**
 * The workspace as the project sees it. All paths are absolute with forward slashes.
 * No member may throw: a file that vanished or cannot be read is `undefined`, and may stand in `problems()`.
 */
export interface ProjectHost {
  /** Workspace folders (or the folders and single files given on the command line). */
  readonly roots: readonly string[];
  /** Every source file that may declare entities: no node_modules, no build output, nothing ignored. Sorted. */
  listSourceFiles(): readonly string[];
  /** The `package.json` files among them, by which workspace packages import each other. */
  listPackageManifests(): readonly string[];
  /** The text of a file; an editor's unsaved text where there is one. Undefined where there is no such file. */
  readFile(file: string): string | undefined;
  fileExists(file: string): boolean;
  /** What could not be listed or read. */
  problems(): readonly GraphProblem[];
}

export interface EntityProject {
  /** True where a package of the workspace names typeorm, or a source file imports it. */
  readonly dependsOnTypeorm: boolean;
  /** Tells that a file was edited, created or deleted; the next `graph()` re-reads it and what depends on it. */
  update(file: string): void;
  /** Tells that many files may have changed (another branch, a new tsconfig): everything is listed and read anew. */
  rescan(): void;
  /** The graph of the present sources. The same object until something changes; unchanged entities keep their identity. */
  graph(): RelationGraph;
  /** The DataSources that list their entities by class or by globs that match some, with the entities' ids. */
  dataSources(): readonly { readonly name: string; readonly file: string; readonly entities: readonly EntityId[] }[];
  /**
   * Has `read` look at the tree of each file that declares entities, while the graph has it at hand: parsed without parent pointers, and not
   * to be kept. The answer tells what `read` made of the file's present text; undefined where the graph had no use for the file.
   */
  readAlong<T>(read: (sourceFile: ts.SourceFile) => T): (file: string) => T | undefined;
  /** The file that a specifier means in a file that imports it, as the graph takes it; null where it lies outside of the workspace. */
  resolve(from: string, specifier: string): string | null;
  /** The parsed file with parent pointers set, for edits and questions about syntax; undefined where there is no such file. */
  sourceFile(file: string): ts.SourceFile | undefined;
}

/** What decorators note of classes does not depend on where relations lead, but nothing keeps an app from it. */
const maxRounds = 3;

export function createEntityProject(typescript: TypeScript, host: ProjectHost): EntityProject {
  return new Project(compilerOf(typescript), host);
}

class Project implements EntityProject {
  private readonly store = new QueryStore();
  private readonly sources: Sources;
  private readonly entityGraph: EntityGraph;
  /** What each listed file's text says about it. */
  private readonly roles: Input<FileRole>;
  /** Whether a file applies one of the project's own entity decorators, or calls what makes entities. */
  private readonly decorated: Input<boolean>;
  private readonly listing: Input<readonly string[]>;
  private readonly configuredDataSources: (key: string) => readonly DataSourceOptions[];
  private readonly matchedDataSources: (key: string) => readonly MatchedOptions[];
  private readonly namingOf: (file: string) => Naming;
  private readonly versions: PackageVersions;
  /** The tree that was asked for last: questions about a file come one after the other. */
  private tree: { readonly text: string; readonly sourceFile: ts.SourceFile } | null = null;

  constructor(
    private readonly typescript: Compiler,
    private readonly host: ProjectHost,
  ) {
    this.listing = this.store.input(() => host.listSourceFiles());
    this.sources = new Sources(typescript, host, this.store);
    this.roles = this.store.input((file) => this.readRole(file), sameRole);
    const filesByRole = this.store.query(() => this.sortByRole(), { onCycle: () => noFiles });
    this.sources.readByRegistrars = this.store.query(
      () => {
        const { registrars } = filesByRole('');
        return [...new Set(registrars.flatMap((file) => this.sources.importsOf(file).filter((imported) => imported !== file)))];
      },
      { equal: sameList, onCycle: () => [], firewall: true },
    );
    const configurations = this.store.query(() => filesByRole('').configurations, { equal: sameList, onCycle: () => [] });
    const dataSourcesIn = this.store.query((file) => this.sources.dataSourcesIn(file), { onCycle: () => [] });
    this.configuredDataSources = this.store.query(() => configurations('').flatMap(dataSourcesIn), { equal: sameList, onCycle: () => [] });
    this.matchedDataSources = this.store.query(
      () => {
        const files = this.listing('');
        return this.configuredDataSources('').map((options) => {
          const base = globBase(this.packageOf(options.file), options.file);
          const outputs = options.entityGlobs.length === 0 ? [] : this.sources.outputFolders(base);
          return { options, patterns: resolveGlobs(options.entityGlobs, base, files, outputs) };
        });
      },
      { equal: sameMatches, onCycle: () => [] },
    );
    const versions = new PackageVersions(host, 'typeorm');
    this.versions = versions;
    this.namingOf = this.store.query(
      (file) => {
        const naming = namingFor(file, this.matchedDataSources(''), (each) => this.packageOf(each));
        return versions.majorFor(folderOf(file)) === 0 ? asOldLine(naming) : naming;
      },
      { onCycle: () => defaultProjectNaming },
    );
    const ownDecorators = this.store.query(() => filesByRole('').ownDecorators, { equal: sameList, onCycle: () => [] });
    const ownFactories = this.store.query(() => filesByRole('').ownFactories, { equal: sameList, onCycle: () => [] });
    this.decorated = this.store.input((file) => {
      const text = host.readFile(file) ?? '';
      return usesDecorator(text, new Set(ownDecorators(''))) || callsFactory(text, ownFactories(''));
    });
    const entityFiles = this.store.query(
      () => {
        const { declaring } = filesByRole('');
        const hasOwn = ownDecorators('').length > 0 || ownFactories('').length > 0;
        const all = new Set(declaring);
        const own = hasOwn ? this.listing('').filter((file) => all.has(file) || this.decorated(file)) : declaring;
        return [...new Set([...own, ...this.installedEntityFiles()])];
      },
      { equal: sameList, onCycle: () => [] },
    );
    this.entityGraph = new EntityGraph(
      this.sources,
      {
        entityFiles: () => entityFiles(''),
        naming: (file) => this.namingOf(file),
        dataSources: () => this.configuredDataSources(''),
        isListedNowhere: (entry) => isListedNowhere(entry, this.matchedDataSources('')),
        isLoadedNowhere: (entry) => isLoadedNowhere(entry, this.matchedDataSources('')),
        moduleOf: (file) => moduleOf(file, host.roots),
      },
      this.store,
    );
  }

  get dependsOnTypeorm(): boolean {
    const named = this.host.listPackageManifests().some((file) => importsTypeorm(this.host.readFile(file) ?? ''));
    return named || this.listing('').some((file) => this.roles(file).importsTypeorm);
  }

  update(file: string): void {
    if (isConfiguration(file)) return this.rescan();
    const isListed = this.listing('').includes(file);
    if (isListed !== this.host.fileExists(file)) {
      this.listing.allChanged();
      this.sources.filesChanged();
    }
    this.roles.changed(file);
    this.decorated.changed(file);
    this.sources.changed(file);
  }

  rescan(): void {
    this.listing.allChanged();
    this.roles.allChanged();
    this.decorated.allChanged();
    this.sources.allChanged();
    this.versions.reset();
  }

  graph(): RelationGraph {
    const graph = this.settledGraph();
    this.sources.release();
    return this.withFileProblems(graph);
  }

  /** Where relations lead to what decorators of other files note, once these are all read. */
  private settledGraph(): RelationGraph {
    let graph = this.entityGraph.graph();
    for (let round = 1; round < maxRounds && this.sources.settleLaterReads(); round++) graph = this.entityGraph.graph();
    return graph;
  }

  dataSources(): readonly DataSourceOptions[] {
    const { entities } = this.settledGraph();
    return this.matchedDataSources('')
      .map(({ options, patterns }) => {
        const found = patterns.length === 0 ? [] : entities.filter(({ source }) => matchesGlobs(source.file, patterns)).map(({ id }) => id);
        return found.length === 0 ? options : { ...options, entities: [...new Set([...options.entities, ...found])] };
      })
      .filter(({ entities }) => entities.length > 0);
  }

  private readRole(file: string): FileRole {
    const text = this.host.readFile(file);
    const role = roleOf(text);
    if (text !== undefined && role.mayDeclareEntities) this.sources.provide(file, text, !role.mayConfigureDataSource && isOfClasses(file, text));
    return role;
  }

  /** Asks each file once for all that the whole wants to know of it: there may be thousands, and each answer is remembered by whoever asked. */
  private sortByRole(): FilesByRole {
    const files = { registrars: [] as string[], configurations: [] as string[], declaring: [] as string[] };
    const names = { ownDecorators: [] as string[], ownFactories: [] as string[] };
    for (const file of this.listing('')) {
      const role = this.roles(file);
      if (role.appliesColumnsByHand) files.registrars.push(file);
      if (role.mayConfigureDataSource) files.configurations.push(file);
      if (role.mayDeclareEntities) files.declaring.push(file);
      names.ownDecorators.push(...role.ownDecorators);
      names.ownFactories.push(...role.ownFactories);
    }
    return { ...files, ...names };
  }

  /** Files of installed packages whose entities a DataSource lists. */
  private installedEntityFiles(): string[] {
    const files = this.configuredDataSources('').flatMap(({ entities }) => entities.map((key) => key.slice(0, key.lastIndexOf('#'))));
    return files.filter(isInstalled);
  }

  /** The folder of the nearest package.json above a file. */
  private packageOf(file: string): string {
    const folders = this.host.listPackageManifests().map((manifest) => manifest.slice(0, manifest.lastIndexOf('/')));
    return folders
      .filter((folder) => file.startsWith(`${folder}/`))
      .reduce((longest, folder) => (folder.length > longest.length ? folder : longest), '');
  }

  private shown: { readonly from: RelationGraph; readonly problems: readonly (readonly GraphProblem[])[]; readonly graph: RelationGraph } | null =
    null;

  /** Files that cannot be read and broken tsconfigs are problems of the graph as well; the object stays the same while they do. */
  private withFileProblems(from: RelationGraph): RelationGraph {
    const problems = [this.host.problems(), this.sources.configProblems(from.entities)];
    if (problems.every((list) => list.length === 0)) return from;
    if (this.shown?.from !== from || !sameList(this.shown.problems, problems)) {
      this.shown = { from, problems, graph: { entities: from.entities, problems: [...problems.flat(), ...from.problems] } };
    }
    return this.shown.graph;
  }

  readAlong<T>(read: (sourceFile: ts.SourceFile) => T): (file: string) => T | undefined {
    return this.sources.readAlong(read);
  }

  resolve(from: string, specifier: string): string | null {
    return this.sources.resolve(from, specifier);
  }

  sourceFile(file: string): ts.SourceFile | undefined {
    const text = this.host.readFile(file);
    if (text === undefined) return undefined;
    if (this.tree?.sourceFile.fileName !== file || this.tree.text !== text) {
      this.tree = { text, sourceFile: parseFile(this.typescript, file, text, true) };
    }
    return this.tree.sourceFile;
  }
}

interface FilesByRole {
  /** Those that apply TypeORM's column decorators by hand. */
  readonly registrars: readonly string[];
  /** Those that may hold the options of a DataSource. */
  readonly configurations: readonly string[];
  /** Those that may declare entities. */
  readonly declaring: readonly string[];
  readonly ownDecorators: readonly string[];
  readonly ownFactories: readonly string[];
}

const noFiles: FilesByRole = { registrars: [], configurations: [], declaring: [], ownDecorators: [], ownFactories: [] };

interface FileRole {
  readonly mayDeclareEntities: boolean;
  readonly importsTypeorm: boolean;
  readonly mayConfigureDataSource: boolean;
  readonly appliesColumnsByHand: boolean;
  readonly ownDecorators: readonly string[];
  readonly ownFactories: readonly string[];
}

const noRole: FileRole = {
  mayDeclareEntities: false,
  importsTypeorm: false,
  mayConfigureDataSource: false,
  appliesColumnsByHand: false,
  ownDecorators: [],
  ownFactories: [],
};

function roleOf(text: string | undefined): FileRole {
  if (text === undefined) return noRole;
  const declares = mayDeclareEntities(text) || maySpellEntityWrong(text);
  return {
    mayDeclareEntities: declares,
    importsTypeorm: importsTypeorm(text),
    mayConfigureDataSource: mayConfigureDataSource(text),
    appliesColumnsByHand: appliesColumnsByHand(text),
    ownDecorators: declares ? ownEntityDecorators(text) : [],
    ownFactories: declares ? ownEntityFactories(text) : [],
  };
}

/** Whether a text declares entities by decorated classes alone, and has no JSX. */
function isOfClasses(file: string, text: string): boolean {
  return /\.[cm]?ts$/.test(file) && !text.includes('EntitySchema');
}

function sameRole(left: FileRole, right: FileRole): boolean {
  return (
    left.mayDeclareEntities === right.mayDeclareEntities &&
    left.importsTypeorm === right.importsTypeorm &&
    left.mayConfigureDataSource === right.mayConfigureDataSource &&
    left.appliesColumnsByHand === right.appliesColumnsByHand &&
    sameList(left.ownDecorators, right.ownDecorators) &&
    sameList(left.ownFactories, right.ownFactories)
  );
}

function sameList<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((item, index) => item === right[index]);
}

function sameMatches(left: readonly MatchedOptions[], right: readonly MatchedOptions[]): boolean {
  return (
    left.length === right.length &&
    left.every(({ options, patterns }, index) => options === right[index]?.options && samePatterns(patterns, right[index].patterns))
  );
}

function samePatterns(left: readonly RegExp[], right: readonly RegExp[]): boolean {
  return left.length === right.length && left.every(({ source }, index) => source === right[index]?.source);
}

function isConfiguration(file: string): boolean {
  return /\/(?:package|[tj]sconfig[^/]*)\.json$/.test(file);
}
