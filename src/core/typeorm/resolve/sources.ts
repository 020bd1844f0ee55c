/** The workspace's files as queries: parsed once, re-read when told, asked for by those who depend on them. */
import type ts from 'typescript';
import type { Compiler } from '../compiler';
import type { ProjectHost } from '../entityProject';
import { Evaluator, type ExportTarget, type Modules } from '../evaluate/evaluator';
import { isTypeormSpecifier } from '../evaluate/knownPackages';
import { evaluateConstant, evaluateExport } from '../evaluate/moduleNames';
import { isGraphDecorator } from '../evaluate/typeormModule';
import { entriesOf } from '../evaluate/members';
import {
  hasKind,
  madeValues,
  option,
  unknown,
  unknownBecause,
  type ClassValue,
  type InstanceValue,
  type Registration,
  type UnknownValue,
  type Value,
} from '../evaluate/values';
import { sameData } from '../../model/sameData';
import type { Input, QueryStore } from '../incremental';
import { ModuleSyntax, type ModuleOutline } from '../parse/moduleSyntax';
import { isTooDeep, withinStack } from '../parse/parseFile';
import { mayExport, mayPassOnAll } from '../parse/textTests';
import type { ClassShape, FileDeclarations } from './declarations';
import { readDataSources, type DataSourceOptions } from './dataSources';
import type { OutputFolder } from './entityGlobs';
import { ModuleResolution } from './moduleResolution';
import { folderOf } from './paths';
import { readClass } from './readClasses';
import { fileOfSchema, isEntitySchema, readSchema, schemasListedInline, unreadableSchema } from './readSchemas';

export class Sources implements Modules {
  readonly evaluator: Evaluator;
  private readonly resolution: ModuleResolution;
  private readonly syntaxes: Input<ModuleSyntax | undefined>;
  /** What others see of a file, which most edits leave as it is. */
  private readonly outlines: (file: string) => ModuleOutline | undefined;
  /** One copy of each text that is needed again: of what was parsed, and of what is searched for names before it is. */
  private readonly known = new Map<string, string | undefined>();
  /** Files of decorated classes, whose methods matter to nobody but a decorator that calls one. */
  private readonly entityTexts = new Set<string>();
  private readonly texts: Input<string | undefined>;
  /** Whether a file may be a barrel. */
  private readonly barrels: Input<boolean>;
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
  /** What others read of the trees while they are at hand. */
  private readonly companions: Companion[] = [];
  /** Files that modules import which apply TypeORM's column decorators by hand. */
  readByRegistrars: (key: string) => readonly string[] = () => [];

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
    this.syntaxes = store.input((file) => this.parse(file));
    this.outlines = store.query((file) => this.syntaxes(file)?.outline, { equal: sameData, onCycle: () => undefined, firewall: true });
    this.texts = store.input((file) => this.readText(file));
    this.barrels = store.input((file) => mayPassOnAll(file, this.readText(file) ?? ''));
    this.resolutions = store.pairQuery((folder, specifier) => this.fileSet('') && this.resolution.resolve(folder, specifier), {
      onCycle: () => null,
    });
    this.outsiders = store.pairQuery((folder, specifier) => this.fileSet('') && this.findOutside(folder, specifier), { onCycle: () => unknown });
    this.exportTargets = store.pairQuery((file, name) => this.findExport(file, name, new Set()), {
      equal: sameData,
      onCycle: () => missing,
      firewall: true,
    });
    this.constants = store.pairQuery((file, name) => this.evaluateConstant(file, name), { onCycle: () => unknown });
    this.declarations = store.query((file) => this.readDeclarations(file), { onCycle: (file) => ({ file, classes: [], schemas: [], problems: [] }) });
  }

  /** One file was edited, created or deleted. */
  changed(file: string): void {
    this.known.delete(file);
    for (const { results } of this.companions) results.delete(file);
    this.syntaxes.changed(file);
    this.texts.changed(file);
    this.barrels.changed(file);
  }

  /** Files came or went. */
  filesChanged(): void {
    this.fileSet.allChanged();
  }

  /** Configuration or many files changed. */
  allChanged(): void {
    this.known.clear();
    for (const { results } of this.companions) results.clear();
    this.resolution.reset();
    this.fileSet.allChanged();
    this.syntaxes.allChanged();
    this.texts.allChanged();
    this.barrels.allChanged();
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

  syntax(file: string): ModuleSyntax | undefined {
    return this.syntaxes(file);
  }

  outline(file: string): ModuleOutline | undefined {
    return this.outlines(file);
  }

  /** False where a file surely has no `export *`: told by its text, for most of what is imported need not be parsed. */
  mayBeBarrel(file: string): boolean {
    return this.barrels(file);
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

  isReadByRegistrar(file: string): boolean {
    return this.readByRegistrars('').includes(file);
  }

  /** The workspace's files that a file imports from, barrels as such. */
  importsOf(file: string): string[] {
    const specifiers = new Set([...(this.outline(file)?.imports.values() ?? [])].map(({ specifier }) => specifier));
    return [...specifiers].flatMap((specifier) => (isTypeormSpecifier(specifier) ? [] : (this.resolve(file, specifier) ?? [])));
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
    return withinStack(
      () =>
        this.evaluator.attempt(
          () => {
            if (name === 'export =') return evaluateExport(this.evaluator, module, '=');
            if (!name.startsWith('export ')) return evaluateConstant(this.evaluator, module, name);
            return evaluateExport(this.evaluator, module, name.slice(7));
          },
          () => unknown,
        ),
      () => unknown,
    );
  }

  /** Follows an exported name through barrels to its declaration. */
  private findExport(file: string, name: string, seen: Set<string>): ExportTarget {
    // A file may be passed again on the way, but not for the same name.
    const step = `${file}\n${name}`;
    if (seen.has(step)) return missing;
    seen.add(step);
    const outline = this.outline(file);
    if (!outline) return missing;
    const binding = outline.exports.get(name);
    if (!binding) return this.findInStars(file, outline, name, seen);
    switch (binding.kind) {
      case 'expression':
        return { kind: 'expression', file, exported: name };
      case 'from':
        return this.follow(file, binding.specifier, binding.name, seen);
      case 'local':
        return this.findLocal(file, outline, binding.name, seen);
    }
  }

  private findLocal(file: string, { imports, names }: ModuleOutline, name: string, seen: Set<string>): ExportTarget {
    const imported = imports.get(name);
    if (imported && !names.has(name)) return this.follow(file, imported.specifier, imported.name, seen);
    const className = names.get(name);
    if (className === undefined) return missing;
    if (className !== null) return { kind: 'class', file, local: name, name: className };
    return { kind: 'value', file, local: name };
  }

  private follow(from: string, specifier: string, name: string, seen: Set<string>): ExportTarget {
    if (isTypeormSpecifier(specifier)) return { kind: 'external', specifier, name };
    const target = this.resolve(from, specifier);
    if (target === null) return { kind: 'external', specifier, name };
    if (name === '*' || name === '=') return { kind: 'module', file: target };
    return this.findExport(target, name, seen);
  }

  private findInStars(from: string, { stars }: ModuleOutline, name: string, seen: Set<string>): ExportTarget {
    if (name === 'default') return missing;
    for (const specifier of stars) {
      if (isTypeormSpecifier(specifier)) {
        if (isGraphDecorator(name) || name === 'EntitySchema' || name === 'BaseEntity') return { kind: 'external', specifier, name };
        continue;
      }
      const target = this.resolve(from, specifier);
      const found = target === null || !this.mayExport(target, name) ? missing : this.findExport(target, name, seen);
      if (found.kind !== 'missing') return found;
    }
    return missing;
  }

  /** Spares parsing all that stands behind a barrel in search of one name. */
  private mayExport(file: string, name: string): boolean {
    const text = this.texts(file);
    return text !== undefined && mayExport(file, text, name);
  }

  /** Everything that a file declares on its top level. */
  private readDeclarations(file: string): FileDeclarations {
    const module = this.syntax(file);
    if (!module) return { file, classes: [], schemas: [], problems: [] };
    if (isTooDeep(module.sourceFile)) return tooDeepDeclarations(file);
    return withinStack(
      () => this.readModule(module),
      () => tooDeepDeclarations(file),
    );
  }

  private readModule(module: ModuleSyntax): FileDeclarations {
    const { file } = module;
    const { evaluator } = this;
    const added = this.registeredByCalls(module);
    for (const { read, results } of this.companions) results.set(file, read(module.sourceFile));
    const declared = this.classesOf(module).flatMap((value) => {
      const registered = [...evaluator.registrationsOf(value), ...(added.get(value) ?? [])];
      return readClass(evaluator, value, registered) ?? [];
    });
    const classes = [...declared, ...this.madeEntitiesOf(module)];
    const read = this.schemasOf(module).map((schema) => readSchema(this.evaluator, schema) ?? unreadableSchema(schema));
    this.finish(module);
    const schemas = read.filter((each) => 'args' in each);
    return { file, classes, schemas, problems: read.filter((each) => 'code' in each) };
  }

  private classesOf(module: ModuleSyntax): ClassValue[] {
    return [...module.outline.names].flatMap(([name, className]) =>
      className === null ? [] : this.evaluator.classById(module.file, name, className),
    );
  }

  /** Entities that functions make: `export const AuthorTranslation = translationOf(Author)`. */
  private madeEntitiesOf(module: ModuleSyntax): ClassShape[] {
    const { declarations } = module.tree;
    const values = [...module.outline.names].flatMap(([name, className]) => {
      const declaration = className === null ? declarations.get(name) : undefined;
      return declaration && mayMakeEntities(this.ts, declaration) ? [this.constant(module.file, name)] : [];
    });
    for (const [name, binding] of module.outline.exports) {
      if (binding.kind === 'expression') values.push(this.constant(module.file, `export ${name}`));
    }
    const made = new Set(values.flatMap((value) => madeValues(value).flatMap(([, each]) => (each.kind === 'class' ? each : []))));
    const here = [...made].filter(({ heldBy }) => heldBy?.startsWith(`${module.file}#`));
    return here.flatMap((value) => {
      const shape = readClass(this.evaluator, value, value.registrations);
      return shape && shape.args.tables.length > 0 ? [shape] : [];
    });
  }

  /** Decorators that are applied by hand: `Entity()(Post)`. */
  private registeredByCalls(module: ModuleSyntax): Map<ClassValue, Registration[]> {
    const added = new Map<ClassValue, Registration[]>();
    this.evaluator.runCalls(module, (target, registration) => {
      const list = added.get(target) ?? [];
      list.push(registration);
      added.set(target, list);
    });
    return added;
  }

  private schemasOf(module: ModuleSyntax): InstanceValue[] {
    const { declarations, sourceFile } = module.tree;
    const { exports, hasExportEquals } = module.outline;
    // Where schemas are not spoken of, a function or a class of the project's own may make some.
    const isOfSchemas = sourceFile.text.includes('EntitySchema');
    const mayHold = (declaration: ts.Node): boolean =>
      this.ts.isVariableDeclaration(declaration) && (isOfSchemas || mayMakeEntities(this.ts, declaration));
    const local: Value[] = [];
    const exported: Value[] = [];
    for (const [name, declaration] of declarations) {
      if (mayHold(declaration)) (isExportedAs(exports, name) ? exported : local).push(this.constant(module.file, name));
    }
    for (const [name, binding] of exports) if (binding.kind === 'expression') exported.push(this.constant(module.file, `export ${name}`));
    if (hasExportEquals) exported.push(this.constant(module.file, 'export ='));
    const listed = schemasListedInline(this.evaluator, module);
    // Most files have classes and nothing else.
    if (local.length + exported.length + listed.length === 0) return [];
    const named = new Set([...exported, ...local].flatMap((value) => schemasIn(value)));
    const inline = listed.filter(({ place }) => ![...named].some((schema) => isAt(schema, place)));
    const schemas = new Set([...named, ...inline]);
    const shown = new Set([...exported.flatMap((value) => schemasIn(value)), ...inline]);
    // A schema that only serves to be embedded is no entity.
    const embedded = new Set(
      [...schemas].flatMap((schema) => entriesOf(option(schema.args[0], 'embeddeds')).map(([, value]) => option(value, 'schema'))),
    );
    return [...schemas].filter((schema) => fileOfSchema(schema) === module.file && (shown.has(schema) || !embedded.has(schema)));
  }
}

/** Whether a module exports one of its names, by that name or another. */
function isExportedAs(exports: ModuleOutline['exports'], name: string): boolean {
  for (const binding of exports.values()) if (binding.kind === 'local' && binding.name === name) return true;
  return false;
}

/** Only what is called, listed or filled later may be made by a function. */
function mayMakeEntities(ts: Compiler, declaration: ts.Node): boolean {
  const { initializer } = ts.isVariableDeclaration(declaration) ? declaration : {};
  if (!initializer) return ts.isVariableDeclaration(declaration);
  return (
    ts.isCallExpression(initializer) ||
    ts.isNewExpression(initializer) ||
    ts.isArrayLiteralExpression(initializer) ||
    ts.isObjectLiteralExpression(initializer)
  );
}

/** Reads trees beside the project, and keeps what it made of them by file. */
interface Companion {
  readonly read: (sourceFile: ts.SourceFile) => unknown;
  readonly results: Map<string, unknown>;
}

/** The schemas that a value is, lists, or has as properties, as deep as TypeORM looks into what a module exports. */
function schemasIn(value: Value, depth = 0): InstanceValue[] {
  if (isEntitySchema(value)) return [value];
  if (depth > 3 || (!hasKind(value, 'array') && !hasKind(value, 'object'))) return [];
  return entriesOf(value).flatMap(([, item]) => schemasIn(item, depth + 1));
}

/** Syntax trees come and go: the place of a schema is where it stands. */
function isAt({ place }: InstanceValue, { node }: InstanceValue['place']): boolean {
  return place.node.pos === node.pos && place.node.end === node.end;
}

function tooDeepDeclarations(file: string): FileDeclarations {
  const message = 'This file is nested too deeply to be read, so its entities are left out: move the nested expressions into a file of their own.';
  const source = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { file, classes: [], schemas: [], problems: [{ code: 'too-deeply-nested', message, source }] };
}

/** Enough that the files of one feature stay parsed until they are read. */
const maxLoaded = 100;
const maxFinished = 8;

const missing: ExportTarget = { kind: 'missing' };
