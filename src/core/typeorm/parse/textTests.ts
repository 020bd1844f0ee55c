/** Cheap tests on a file's text that decide whether it is parsed at all. */
import { nearestName } from '../../model/nearestName';

const entityDecorator = /@\s*[\w.]*Entity\w*|\bEntitySchema\b|\b(?:Entity|ChildEntity|ViewEntity)(?:\)?\s*\(|\s+as\b|\s*:\s*\w+[^{}]*\}\s*=)/;

/** `const Table = orm.Entity;` */
const assignedEntity = /\b(?:const|let|var)\s+(\w+)\s*=\s*(?:\w+\.)?(?:Entity|ChildEntity|ViewEntity)\s*(?:[;,]|$)/gm;

/** How compilers apply decorators: TypeScript, swc, esbuild and Babel. In their output no `@` tells a decorator from any other call. */
const appliedDecorators = /\b(?:__decorate|_ts_decorate|__decorateClass|_applyDecoratedDescriptor)\w*\b/;

/** True where the text may declare an entity: by a decorator whose name says so, by a renamed one, or by an EntitySchema. */
export function mayDeclareEntities(text: string): boolean {
  // A plain search is many times as quick as the pattern, and most files of an application do not have the word.
  return text.includes('Entity') && (entityDecorator.test(text) || appliedDecorators.test(text) || text.search(assignedEntity) >= 0);
}

/** By the first letter, which hardly anybody mistakes, most decorators of other libraries are told without counting letters. */
const calledAtClass = /^(?:export\s+)?@([ECV]\w{3,12})\s*\(/gim;

/** True where a class may be meant to be an entity by a decorator that is misspelt: `@Enity()`. What it really is, only reading tells. */
export function maySpellEntityWrong(text: string): boolean {
  if (!importsTypeorm(text)) return false;
  return [...text.matchAll(calledAtClass)].some(([, name = '']) => nearestName(name, ['Entity', 'ChildEntity', 'ViewEntity'], 2) !== null);
}

const calledEntity = /(?<![@\w.])(?:Entity|ChildEntity|ViewEntity)\s*\(/;
/** `export { Entity as Table } from 'typeorm'` */
const renamedEntity = /\b(?:Entity|ChildEntity|ViewEntity)\s+as\s+(\w+)/g;
const exportedName = /\bexport\s+(?:default\s+)?(?:function\s+|const\s+|let\s+)(\w+)/g;

/**
 * The project's own entity decorators that a text may define: what it exports, where it calls TypeORM's. Names that say
 * "Entity" are left out, since `mayDeclareEntities` knows them by themselves.
 */
export function ownEntityDecorators(text: string): string[] {
  if (!importsTypeorm(text)) return [];
  const renamed = [...text.matchAll(assignedEntity), ...text.matchAll(renamedEntity)];
  const found = calledEntity.test(text) ? [...renamed, ...text.matchAll(exportedName)] : renamed;
  return found.flatMap(([, name]) => (name !== undefined && !name.includes('Entity') ? [name] : []));
}

const indentedEntity = /^[ \t]+@(?:\w+\.)?(?:Entity|ChildEntity|ViewEntity)\b/m;
const schemaMade = /(?:=>|\breturn)\s*\(?\s*new\s+(?:\w+\.)?EntitySchema\b/;
const schemaClass = /\bclass\s+(\w+)[^{]*\bextends\s+(?:\w+\.)?EntitySchema\b/g;
const exportedFunction =
  /\bexport\s+(?:default\s+)?(?:(?:async\s+)?function\s+(\w+)|const\s+(\w+)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:function\b|\(|<|\w+\s*=>))/g;

/** What a text exports that may make entities where it is called: functions around entity classes or schemas, kinds of EntitySchema. */
export function ownEntityFactories(text: string): string[] {
  const schemas = text.includes('EntitySchema') ? [...text.matchAll(schemaClass)].flatMap(([, name]) => name ?? []) : [];
  const compiled = compiledMakers(text);
  if (!indentedEntity.test(text) && !schemaMade.test(text)) return [...schemas, ...compiled];
  return [...schemas, ...compiled, ...[...text.matchAll(exportedFunction)].flatMap(([, declared, assigned]) => declared ?? assigned ?? [])];
}

const compiledEntity = /\b(?:Entity|ChildEntity|ViewEntity)\)\s*\(|\.EntitySchema\b/;
const compiledExport = /\bexports\.(\w+)\s*=(?!\s*(?:void|exports\.))/g;
const decoratedClass = /\b(\w+)\s*=\s*(?:\(0,\s*)?(?:\w+\.)?_\w*decorate\w*\b/gi;

/** What CommonJS output exports beside its entities, where it calls TypeORM's decorators: functions among it may make entities, or decorate them. */
function compiledMakers(text: string): string[] {
  if (!compiledEntity.test(text) || !importsTypeorm(text)) return [];
  const decorated = new Set([...text.matchAll(decoratedClass)].map(([, name]) => name));
  return [...text.matchAll(compiledExport)].flatMap(([, name]) => (name === undefined || decorated.has(name) ? [] : name));
}

/** True where the text calls one of these functions; compiled, `(0, tables_1.tableOf)(…)`. */
export function callsFactory(text: string, names: readonly string[]): boolean {
  return names.some((name) => text.includes(name) && new RegExp(`(?<![\\w.])(?:\\w+\\.)?${name}(?:\\s*[<(]|\\)\\()`).test(text));
}

/** True where the text applies one of these decorators; compiled, one of a list of calls. */
export function usesDecorator(text: string, names: ReadonlySet<string>): boolean {
  for (const [, name] of text.matchAll(/@(?:\w+\.)?(\w+)\s*\(/g)) if (name !== undefined && names.has(name)) return true;
  if (!appliedDecorators.test(text)) return false;
  for (const [, name] of text.matchAll(/[[,]\s*(?:\w+\.)?(\w+)\(/g)) if (name !== undefined && names.has(name)) return true;
  return false;
}

/** What it is applied to is a name, with or without a cast: `(entity as object, name)`, `(<object>entity, name)`. */
const appliedByHand = /\b(?:Primary|PrimaryGenerated)?Column\s*\([^;@]*?\)\s*\(\s*(?:<[\w.<>[\]]+>\s*)?\w[\w.]*(?:\s+as\s+[\w.<>[\]]+)?\s*,/;

const compiledByHand = /\b(?:Primary|PrimaryGenerated)?Column\)\((?:[^;()]|\([^()]*\))*\)\s*\(\s*[A-Za-z_$][\w.$]*\s*,/;

/** True where the text applies a column decorator of TypeORM's by hand: `Column(options)(entity, property)`, compiled `(0, orm.Column)(…)(…)`. */
export function appliesColumnsByHand(text: string): boolean {
  return importsTypeorm(text) && (appliedByHand.test(text) || compiledByHand.test(text));
}

const typeormImport = /['"](?:@[\w.-]+\/)?typeorm(?:[-/][^'"]*)?['"]/;

export function importsTypeorm(text: string): boolean {
  return typeormImport.test(text);
}

const dataSource =
  /\bDataSource(?:Options)?\b|\bTypeOrmModule(?:Options|AsyncOptions)?\b|\bcreateConnections?\b|\bConnectionOptions\b|\bnamingStrategy\b|\bentityPrefix\b/;
const optionsWritten = /\btype\s*:|\bnamingStrategy\b|\bentityPrefix\b/;

/** True where the text may hold the options of a DataSource. */
export function mayConfigureDataSource(text: string): boolean {
  return dataSource.test(text) && optionsWritten.test(text);
}

/**
 * True where a file may export a name: its own, or one of a file that it passes on with `export *`. Names may be written with escapes,
 * and JavaScript has too many ways to export for a test by text.
 */
export function mayExport(file: string, text: string, name: string): boolean {
  return text.includes(name) || text.includes('\\u') || mayPassOnAll(file, text);
}

/** True where a file may pass on all that another exports. */
function mayPassOnAll(file: string, text: string): boolean {
  return !/\.[cm]?tsx?$/.test(file) || exportStar.test(text);
}

/** `export *`, also where a comment comes between. */
const exportStar = /\bexport\s*(?:type\s*)?(?:\*|\/[/*])/;

/** True of a bundle that does not ask for TypeORM: thousands of characters on one line, which nobody has written. */
export function isForeignBundle(text: string): boolean {
  return longLine.test(text) && !asksForTypeorm.test(text);
}

const longLine = /[^\n]{5000}/;
/** The name alone may be that of an icon. */
const asksForTypeorm = /\b(?:require\s*\(|from|import)\s*['"](?:@[\w.-]+\/)?typeorm\b/;
