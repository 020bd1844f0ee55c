/** The workspace's files as queries: parsed once, re-read when told, asked for by those who depend on them. */
import type ts from 'typescript';
import type { Entity, GraphProblem } from '../../model/relationGraph';
import type { Compiler } from '../compiler';
import type { ProjectHost } from '../entityProject';
import { Evaluator, type ExportTarget, type Modules } from '../evaluate/evaluator';
import { isTypeormSpecifier } from '../evaluate/knownPackages';
import { evaluateNamed } from '../evaluate/moduleNames';
import type { StillHolds } from '../evaluate/laterReads';
import { unknown, unknownBecause, type UnknownValue, type Value } from '../evaluate/values';
import { sameData } from '../../model/sameData';
import type { Input, QueryStore } from '../incremental';
import { ModuleSyntax, type ModuleOutline } from '../parse/moduleSyntax';
import { isTooDeep, withinStack } from '../parse/parseFile';
import { isForeignBundle, mayExport } from '../parse/textTests';
import type { FileDeclarations } from './declarations';
import type { DataSourceOptions } from './dataSources';
import { readDataSources } from './readDataSources';
import type { OutputFolder } from './entityGlobs';
import { findExport, missing } from './exportSearch';
import { loadedImports } from './loadedImports';
import { ModuleResolution } from './moduleResolution';
import { folderOf } from './paths';
import { PackageVersions } from './packageVersions';
import { readDeclarations, tooDeepDeclarations } from './readDeclarations';

export class Sources implements Modules {
  readonly evaluator: Evaluator;
  private readonly resolution: ModuleResolution;
  private readonly compilers: PackageVersions;
  private readonly babel: PackageVersions;
  private readonly syntaxes: Input<ModuleSyntax | undefined>;
  /** What others see of a file, which most edits leave as it is. */
  private readonly outlines: (file: string) => ModuleOutline | undefined;
  /** One copy of each text that is needed again: of what was parsed, and of what is searched for names before it is. */
  private readonly known = new Map<string, string | undefined>();
  /** Files of decorated classes, whose methods matter to nobody but a decorator that calls one. */
  private readonly entityTexts = new Set<string>();
  private readonly texts: Input<string | undefined>;
  private readonly imported: Input<readonly string[]>;
  /** Changes whenever a file comes or goes, which can change what any specifier means. */
  private readonly fileSet: Input<object>;
  private readonly resolutions: (folder: string, specifier: string) => string | null;
  private readonly outsiders: (folder: string, specifier: string) => UnknownValue;
  private readonly exportTargets: (file: string, name: string) => ExportTarget;
  private readonly constants: (file: string, name: string) => Value;
  /** Modules with their trees, the oldest first: only so many while a graph is made, and none afterwards. */
  private readonly loaded = new Set<ModuleSyntax>();
  /** Files that were parsed, in the order in which they were. */
  private readonly unread: string[] = [];
  /** Those of them that have been read, and are hardly asked for again. */
  private readonly finished: ModuleSyntax[] = [];
  readonly declarations: (file: string) => FileDeclarations;
  /** What relations of a file have read from where decorators of other files may put more. */
  private readonly laterReads = new Map<string, readonly StillHolds[]>();
  /** Changes where what they have read did not stay as it was. */
  private readonly readLater: Input<object>;
  /** What others read of the trees while they are at hand. */
  private readonly companions: Companion[] = [];
  /** Files that modules import which apply TypeORM's column decorators by hand. */
  readByRegistrars: (key: string) => readonly string[] = () => [];
  /** The entities whose tsconfigs have been looked for. */
  private configured: readonly Entity[] = [];

  constructor(
    private readonly ts: Compiler,
    private readonly host: ProjectHost,
    store: QueryStore,
  ) {
    this.evaluator = new Evaluator(ts, this);
    this.fileSet = store.input(() => ({}));
    this.resolution = new ModuleResolution(ts, {
      fileExists: (file) => host.fileExists(file),
      readFile: (file) => host.readFile(file),
      packageManifests: () => host.listPackageManifests(),
    });
    this.compilers = new PackageVersions(host, 'typescript');
    this.babel = new PackageVersions(host, 'babel-plugin-transform-typescript-metadata');
    this.syntaxes = store.input((file) => this.parse(file));
    this.outlines = store.query((file) => this.syntaxes(file)?.outline, { equal: sameData, onCycle: () => undefined, firewall: true });
    this.texts = store.input((file) => this.readText(file));
    this.imported = store.input((file) => loadedImports(ts, file, host.readFile(file) ?? ''), sameData);
    this.resolutions = store.pairQuery((folder, specifier) => this.fileSet('') && this.resolution.resolve(folder, specifier), {
      onCycle: () => null,
    });
    this.outsiders = store.pairQuery((folder, specifier) => this.fileSet('') && this.findOutside(folder, specifier), { onCycle: () => unknown });
    this.exportTargets = store.pairQuery((file, name) => findExport(this, file, name), {
      equal: sameData,
      onCycle: () => missing,
      firewall: true,
    });
    this.constants = store.pairQuery((file, name) => this.evaluateConstant(file, name), { onCycle: () => unknown });
    this.readLater = store.input(() => ({}));
    this.declarations = store.query((file) => this.readDeclarations(file), { onCycle: noDeclarations });
  }

  /** One file was edited, created or deleted. */
  changed(file: string): void {
    this.known.delete(file);
    this.evaluator.kept.forget(file);
    for (const { results } of this.companions) results.delete(file);
    this.syntaxes.changed(file);
    this.texts.changed(file);
    this.imported.changed(file);
  }

  /** Files came or went. */
  filesChanged(): void {
    this.fileSet.allChanged();
  }

  /** Configuration or many files changed. */
  allChanged(): void {
    this.known.clear();
    this.evaluator.kept.forget();
    for (const { results } of this.companions) results.clear();
    this.configured = [];
    this.resolution.reset();
    this.compilers.reset();
    this.babel.reset();
    this.fileSet.allChanged();
    this.syntaxes.allChanged();
    this.texts.allChanged();
    this.imported.allChanged();
  }

  /**
   * Spares reading a file twice: its text has been read already, and will be asked for.
   * @param declaresNothingElse true where classes are all that its declarations are read from: their methods are not parsed
   */
  provide(file: string, text: string, declaresNothingElse: boolean): void {
    this.known.set(file, text);
    if (declaresNothingElse) this.entityTexts.add(file);
    else this.entityTexts.delete(file);
  }

  /** @see EntityProject.readAlong */
  readAlong<T>(read: (sourceFile: ts.SourceFile) => T): (file: string) => T | undefined {
    const results = new Map<string, T>();
    this.companions.push({ read, results });
    return (file) => results.get(file);
  }

  /** Lets go of all trees, once nobody reads on. Whoever asks for one later has it parsed again. */
  release(): void {
    for (const module of this.loaded) module.release();
    this.loaded.clear();
    this.unread.length = 0;
    this.finished.length = 0;
  }

  /** Has those files read anew whose relations lead elsewhere by now, since decorators of files that were read after them ran. @returns whether there are any */
  settleLaterReads(): boolean {
    const stale = new Set(this.evaluator.kept.takeDisplaced());
    for (const [file, reads] of this.laterReads) if (!reads.every((stillHolds) => stillHolds())) stale.add(file);
    for (const file of stale) this.readLater.changed(file);
    return stale.size > 0;
  }

  syntax(file: string): ModuleSyntax | undefined {
    return this.syntaxes(file);
  }

  outline(file: string): ModuleOutline | undefined {
    return this.outlines(file);
  }

  /** Specifiers of what a file loads before it runs. */
  loadedImports(file: string): readonly string[] {
    return this.imported(file);
  }

  resolve(from: string, specifier: string): string | null {
    return this.resolutions(folderOf(from), specifier);
  }

  outside(from: string, specifier: string): UnknownValue {
    return this.outsiders(folderOf(from), specifier);
  }

  /** Where the tsconfigs of a folder say that compiled output goes. */
  outputFolders(folder: string): OutputFolder[] {
    return this.resolution.outputFolders(folder);
  }

  /** What is wrong with the tsconfigs of these entities, and with those that were asked for aliases so far; the same list while there is nothing more. */
  configProblems(entities: readonly Entity[]): readonly GraphProblem[] {
    const before = this.configured;
    if (entities !== before) {
      // An edit leaves nearly every entity the object it was: only the others may lie in files that nobody has asked for yet.
      entities.forEach((entity, index) => {
        if (entity !== before[index]) this.resolution.checkConfigOf(entity.source.file);
      });
      this.configured = entities;
    }
    return this.resolution.problems;
  }

  hasStrictNulls(file: string): boolean {
    const folder = folderOf(file);
    // Babel's metadata leaves null and undefined out, whatever tsconfig says.
    if (this.babel.majorFor(folder) !== null) return false;
    // TypeScript 6 is strict unless it is told not to be.
    return this.resolution.strictNullChecks(folder) ?? (this.compilers.majorFor(folder) ?? 0) >= 6;
  }

  isReadByRegistrar(file: string): boolean {
    return this.readByRegistrars('').includes(file);
  }

  /** The workspace's files that a file imports from, barrels as such. */
  importsOf(file: string): string[] {
    const imported = [...(this.outline(file)?.imports.values() ?? [])].map(({ specifier }) => specifier);
    return [...new Set([...imported, ...this.loadedImports(file)])].flatMap((specifier) =>
      isTypeormSpecifier(specifier) ? [] : (this.resolve(file, specifier) ?? []),
    );
  }

  exportTarget(file: string, name: string): ExportTarget {
    return this.exportTargets(file, name);
  }

  constant(file: string, name: string): Value {
    return this.constants(file, name);
  }

  dataSourcesIn(file: string): DataSourceOptions[] {
    const module = this.syntax(file);
    if (!module) return [];
    return withinStack(
      () => readDataSources(this.evaluator, module),
      () => [],
    );
  }

  private parse(file: string): ModuleSyntax | undefined {
    const text = this.readText(file);
    if (text === undefined) return undefined;
    return new ModuleSyntax(this.ts, file, text, this.entityTexts.has(file), (module) => this.keep(module));
  }

  private readText(file: string): string | undefined {
    if (!this.known.has(file)) this.known.set(file, this.host.readFile(file));
    return this.known.get(file);
  }

  /** The file that was parsed last of those that nobody has read yet; undefined where all are read. */
  nextUnread(): string | undefined {
    return this.unread.pop();
  }

  private keep(module: ModuleSyntax): void {
    this.loaded.add(module);
    this.unread.push(module.file);
    if (this.loaded.size <= maxLoaded) return;
    const [oldest] = this.loaded;
    if (oldest) this.letGo(oldest);
  }

  /** Trees that outlive a few files' reading cost more than parsing one of them again: the garbage collector moves them to where it seldom looks. */
  private finish(module: ModuleSyntax): void {
    this.finished.push(module);
    const oldest = this.finished.length > maxFinished ? this.finished.shift() : undefined;
    if (oldest) this.letGo(oldest);
  }

  private letGo(module: ModuleSyntax): void {
    this.loaded.delete(module);
    module.release();
  }

  private findOutside(folder: string, specifier: string): UnknownValue {
    // An installed package that has nothing to do with TypeORM cannot matter to it.
    if (this.resolution.isForeign(folder, specifier)) return { ...unknown, package: specifier, isForeign: true };
    return unknownBecause(`\`${specifier}\` lies outside of the workspace`, specifier);
  }

  private evaluateConstant(file: string, name: string): Value {
    const module = this.syntax(file);
    if (!module) return unknown;
    const { evaluator } = this;
    const evaluate = (): Value => evaluator.kept.apart(() => evaluateNamed(evaluator, module, name));
    return withinStack(
      () => evaluator.budget.attemptContained(evaluate, () => unknown),
      () => unknown,
    );
  }

  /** @see ExportSource */
  mayExport(file: string, name: string): boolean {
    const text = this.texts(file);
    return text !== undefined && mayExport(file, text, name);
  }

  private readDeclarations(file: string): FileDeclarations {
    this.laterReads.delete(file);
    const module = this.syntax(file);
    if (!module) return noDeclarations(file);
    if (isTooDeep(module.sourceFile)) return isForeignBundle(this.readText(file) ?? '') ? noDeclarations(file) : tooDeepDeclarations(file);
    return withinStack(
      () => this.readModule(module),
      () => tooDeepDeclarations(file),
    );
  }

  private readModule(module: ModuleSyntax): FileDeclarations {
    for (const { read, results } of this.companions) results.set(module.file, read(module.sourceFile));
    const declarations = readDeclarations(this.evaluator, module);
    const reads = this.evaluator.later.take();
    if (reads.length > 0 || this.evaluator.kept.hasNoted(module.file)) this.readLater(module.file);
    if (reads.length > 0) this.laterReads.set(module.file, reads);
    this.finish(module);
    return declarations;
  }
}

function noDeclarations(file: string): FileDeclarations {
  return { file, classes: [], schemas: [], problems: [] };
}

/** Reads trees beside the project, and keeps what it made of them by file. */
interface Companion {
  readonly read: (sourceFile: ts.SourceFile) => unknown;
  readonly results: Map<string, unknown>;
}

/** Enough that the files of one feature stay parsed until they are read. */
const maxLoaded = 100;
const maxFinished = 8;
