/**
 * What the project's DataSources say about names. Options stand in many places (`new DataSource(…)`, Nest's `forRoot`, a
 * config factory), so they are recognised by their shape: an object literal with a database type, or with a naming option.
 */
import type ts from 'typescript';
import type { GraphProblem } from '../../model/relationGraph';
import type { Evaluator } from '../evaluate/evaluator';
import { toNamingStrategy } from '../evaluate/namingStrategies';
import { hasKind, isUnknown, option, unknown, type Scope, type Value } from '../evaluate/values';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import { rangeOf } from '../parse/positions';
import type { TargetKey } from './declarations';
import { matchesGlobs } from './entityGlobs';
import { isEntitySchema, schemaId } from './readSchemas';
import { folderOf } from './paths';
import { defaultNaming } from './naming';
import { defaultProjectNaming, maxNameLengthOf, type Naming } from './namingOfProject';

export interface DataSourceOptions {
  readonly file: string;
  /** What it is called: its `name` option, else the variable that holds it, else its file. */
  readonly name: string;
  readonly naming: Naming;
  /** True where the options say anything about names. */
  readonly isNaming: boolean;
  /** Classes and schemas that the options list by name, as ids of entities. */
  readonly entities: readonly TargetKey[];
  /** Globs of files whose classes are its entities, as written. */
  readonly entityGlobs: readonly string[];
  /** False for options that leave it to others to say which entities they are for. */
  readonly saysEntities: boolean;
  /** True where the options list all that they load, and every item of the list is known. */
  readonly listsAll: boolean;
  readonly problems: readonly GraphProblem[];
}

const databaseTypes = new Set([
  'postgres',
  'cockroachdb',
  'mysql',
  'mariadb',
  'sqlite',
  'better-sqlite3',
  'sqljs',
  'mssql',
  'oracle',
  'mongodb',
  'spanner',
  'sap',
  'expo',
  'capacitor',
  'cordova',
  'react-native',
  'nativescript',
  'aurora-mysql',
  'aurora-postgres',
  'aurora-data-api',
  'aurora-data-api-pg',
]);

/** Every object in a file that looks like the options of a DataSource. */
export function readDataSources(evaluator: Evaluator, module: ModuleSyntax): DataSourceOptions[] {
  const { ts } = evaluator;
  const scope = evaluator.scopeOf(module);
  const found: DataSourceOptions[] = [];
  // What an options object is called cannot be read from the object itself: trees that are evaluated know no parents.
  const visit = (node: ts.Node, holder: string | null): void => {
    if (isShapeOfOptions(ts, node)) return;
    const options = ts.isObjectLiteralExpression(node) ? readOptions(evaluator, node, scope, holder) : readAssignment(evaluator, node, scope);
    if (options) found.push(options);
    const next = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? node.name.text : passesOn(ts, node) ? holder : null;
    ts.forEachChild(node, (child) => visit(child, next));
  };
  visit(module.sourceFile, null);
  return found;
}

/** `new DataSource(…)`, `defineConfig(…)` and `… as const` are held by what holds their result. */
function passesOn({ isNewExpression, isCallExpression, isAsExpression, isSatisfiesExpression }: Evaluator['ts'], node: ts.Node): boolean {
  return isNewExpression(node) || isCallExpression(node) || isAsExpression(node) || isSatisfiesExpression(node);
}

/** `Joi.object({ entityPrefix: Joi.string() })` says what options must look like, and gives none. */
function isShapeOfOptions({ isCallExpression, isPropertyAccessExpression }: Evaluator['ts'], node: ts.Node): boolean {
  return isCallExpression(node) && isPropertyAccessExpression(node.expression) && validatorCalls.has(node.expression.name.text);
}

/** Of Joi, Zod, Yup, TypeBox and their like. */
const validatorCalls = new Set(['object', 'Object', 'strictObject', 'looseObject']);

function readOptions(evaluator: Evaluator, node: ts.ObjectLiteralExpression, scope: Scope, holder: string | null): DataSourceOptions | null {
  const written = new Map(
    node.properties.flatMap((property) =>
      property.name && evaluator.ts.isIdentifier(property.name) ? [[property.name.text, property] as const] : [],
    ),
  );
  const spreads = node.properties.flatMap((property) => (evaluator.ts.isSpreadAssignment(property) ? [property.expression] : []));
  const inherited = spreads.length === 0 ? undefined : evaluate(evaluator, node, scope);
  const has = (name: string): boolean => written.has(name) || option(inherited, name) !== undefined;
  const value = (name: string): Value => {
    const property = written.get(name);
    if (!property) return option(inherited, name);
    if (evaluator.ts.isShorthandPropertyAssignment(property)) return evaluate(evaluator, property.name, scope);
    return evaluator.ts.isPropertyAssignment(property) ? evaluate(evaluator, property.initializer, scope) : undefined;
  };
  // MikroORM's options have a naming strategy of their own.
  if (written.has('dbName')) return null;
  const type = value('type');
  const isDataSource = typeof type === 'string' && databaseTypes.has(type) && ['entities', 'database', 'host', 'url', 'synchronize'].some(has);
  const isNaming = has('namingStrategy') || has('entityPrefix');
  if (!isDataSource && !isNaming) return null;
  const problems: GraphProblem[] = [];
  const schema = isDataSource ? value('schema') : undefined;
  const prefix = value('entityPrefix');
  const strategyNode = written.get('namingStrategy') ?? (has('namingStrategy') ? node : undefined);
  if (isUnknown(prefix) && !prefix.isUnset) problems.push(unknownPrefix(written.get('entityPrefix') ?? node, scope));
  const strategy = strategyNode ? readStrategy(evaluator, value('namingStrategy'), strategyNode, scope, problems) : defaultNaming;
  const name = value('name');
  return {
    file: scope.module.file,
    name: typeof name === 'string' ? name : (holder ?? baseName(scope.module.file)),
    naming: {
      strategy,
      prefix: typeof prefix === 'string' ? prefix : '',
      schema: typeof schema === 'string' && schema !== '' ? schema : null,
      isMongo: type === 'mongodb',
      isOldLine: false,
      maxNameLength: typeof type === 'string' ? maxNameLengthOf(type) : defaultProjectNaming.maxNameLength,
    },
    isNaming: isNaming || typeof schema === 'string' || type === 'mongodb',
    entities: listedClasses(value('entities')),
    entityGlobs: listedGlobs(value('entities')),
    saysEntities: has('entities'),
    listsAll: isDataSource && !has('autoLoadEntities') && isWrittenOut(evaluator.ts, written.get('entities')) && areKnown(value('entities')),
    problems,
  };
}

function unknownPrefix(node: ts.Node, { module }: Scope): GraphProblem {
  const message =
    'The `entityPrefix` of these options is only known at run time, so tables are shown without it: write a value that can be read, or compare with the running app (`relation-lens verify`).';
  return { code: 'unknown-value', message, source: rangeOf({ sourceFile: module.sourceFile, node }) };
}

/** `/shop/src/data-source.ts` → `data-source`. */
function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]s$/, '');
}

/** `options.namingStrategy = new SnakeNamingStrategy()`. */
function readAssignment(evaluator: Evaluator, node: ts.Node, scope: Scope): DataSourceOptions | null {
  const { ts } = evaluator;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return null;
  if (!ts.isPropertyAccessExpression(node.left) || node.left.name.text !== 'namingStrategy') return null;
  const problems: GraphProblem[] = [];
  const strategy = readStrategy(evaluator, evaluate(evaluator, node.right, scope), node.right, scope, problems);
  const { file } = scope.module;
  return {
    file,
    name: baseName(file),
    naming: { ...defaultProjectNaming, strategy },
    isNaming: true,
    entities: [],
    entityGlobs: [],
    saysEntities: false,
    listsAll: false,
    problems,
  };
}

function evaluate(evaluator: Evaluator, node: ts.Expression, scope: Scope): Value {
  return evaluator.attempt(
    () => evaluator.evaluate(node, scope),
    () => unknown,
  );
}

function readStrategy(evaluator: Evaluator, value: Value, node: ts.Node, scope: Scope, problems: GraphProblem[]): Naming['strategy'] {
  const source = rangeOf({ sourceFile: scope.module.sourceFile, node });
  const report = (): void => {
    if (problems.length > 0) return;
    const message =
      'Not every name that this naming strategy gives could be told; the default ones are shown instead: keep its methods free of what is only known at run time.';
    problems.push({ code: 'unknown-naming-strategy', message, source });
  };
  if (value === undefined || value === null) return defaultNaming;
  const strategy = toNamingStrategy(evaluator, value, report);
  if (!strategy) report();
  return strategy ?? defaultNaming;
}

function listedClasses(value: Value): TargetKey[] {
  return listedItems(value).flatMap((item) => {
    if (hasKind(item, 'class')) return item.id === null ? [] : [item.id];
    return (isEntitySchema(item) && schemaId(item)) || [];
  });
}

/** True where all that DataSources list is known, and this entity is not among it: neither by itself nor by a glob. */
export function isListedNowhere({ id, file }: { readonly id: TargetKey; readonly file: string }, all: readonly MatchedOptions[]): boolean {
  const listing = all.filter(({ options }) => options.saysEntities);
  const isKnown = ({ options, patterns }: MatchedOptions): boolean => (options.entityGlobs.length > 0 ? patterns : options.entities).length > 0;
  if (listing.length === 0 || !listing.every(isKnown)) return false;
  return !listing.some(({ options, patterns }) => options.entities.includes(id) || matchesGlobs(file, patterns));
}

/**
 * True where no DataSource of the workspace can load an entity, which TypeORM then never looks at. Options that do not tell all (a list put together
 * elsewhere, Nest's `autoLoadEntities`, a part of options) may stand for any.
 */
export function isLoadedNowhere({ id, file }: { readonly id: TargetKey; readonly file: string }, all: readonly MatchedOptions[]): boolean {
  const isTold = ({ options, patterns }: MatchedOptions): boolean => options.listsAll && (options.entityGlobs.length === 0 || patterns.length > 0);
  return all.length > 0 && all.every((each) => isTold(each) && !each.options.entities.includes(id) && !matchesGlobs(file, each.patterns));
}

/** `entities: [Order, 'src/*.ts']`, without parts from elsewhere. */
function isWrittenOut(ts: Evaluator['ts'], property: ts.ObjectLiteralElementLike | undefined): boolean {
  if (!property || !ts.isPropertyAssignment(property)) return false;
  const { initializer } = property;
  if (ts.isArrayLiteralExpression(initializer)) return !initializer.elements.some((element) => ts.isSpreadElement(element));
  return ts.isObjectLiteralExpression(initializer) && !initializer.properties.some((each) => ts.isSpreadAssignment(each));
}

function areKnown(value: Value): boolean {
  return listedItems(value).every((item) => typeof item === 'string' || (hasKind(item, 'class') && item.id !== null) || isEntitySchema(item));
}

function listedGlobs(value: Value): string[] {
  return listedItems(value).filter((item) => typeof item === 'string');
}

function listedItems(value: Value): Value[] {
  return hasKind(value, 'array') ? value.items : hasKind(value, 'object') ? [...value.properties.values()] : [];
}

/**
 * The options that apply to the entities of a file. First those that list one of its classes, then those whose globs match it,
 * then those of its own package, then any: of several, the ones that say something about names, and lie nearest.
 * @param all with the patterns that `resolveGlobs` made of their globs
 */
export function namingFor(file: string, matched: readonly MatchedOptions[], packageOf: (file: string) => string): Naming {
  // With one DataSource there is nothing to choose.
  if (matched.length < 2) return matched[0]?.options.naming ?? defaultProjectNaming;
  const all = matched.map(({ options }) => options);
  const listed = listedFor(file, matched, packageOf);
  const ownPackage = packageOf(file);
  const inPackage = all.filter((options) => packageOf(options.file) === ownPackage);
  const candidates = withoutMongoBesideSql(listed.length > 0 ? listed : inPackage.length > 0 ? inPackage : all);
  const naming = candidates.filter(({ isNaming }) => isNaming);
  const nearest = (naming.length > 0 ? naming : candidates).map((options) => ({
    options,
    near: sharedFolders(options.file, file) - (isTest(options.file) ? 100 : 0),
  }));
  nearest.sort((left, right) => right.near - left.near);
  return nearest[0]?.options.naming ?? defaultProjectNaming;
}

/** Options for several databases in one file are choices of one DataSource, whose names are those of its SQL databases. */
function withoutMongoBesideSql(options: readonly DataSourceOptions[]): readonly DataSourceOptions[] {
  const sqlFiles = new Set(options.filter(({ naming }) => !naming.isMongo).map(({ file }) => file));
  return options.filter(({ naming, file }) => !naming.isMongo || !sqlFiles.has(file));
}

export interface MatchedOptions {
  readonly options: DataSourceOptions;
  readonly patterns: readonly RegExp[];
}

function listedFor(file: string, matched: readonly MatchedOptions[], packageOf: (file: string) => string): DataSourceOptions[] {
  const byClass = matched.filter(({ options }) => options.entities.some((key) => key.startsWith(`${file}#`)));
  if (byClass.length > 0) return byClass.map(({ options }) => options);
  const byGlob = matched.filter(({ patterns }) => matchesGlobs(file, patterns)).map(({ options }) => options);
  if (byGlob.length === 0) return [];
  // Options are often put together from parts: one says where the entities are, another how they are named.
  const parts = matched.flatMap(({ options }) => (options.saysEntities ? [] : [options]));
  const packages = new Set(byGlob.map((options) => packageOf(options.file)));
  return [...byGlob, ...parts.filter((options) => packages.has(packageOf(options.file)))];
}

function isTest(file: string): boolean {
  return /\/(?:tests?|__tests__|e2e|fixtures?)\//.test(file);
}

function sharedFolders(left: string, right: string): number {
  const [first, second] = [folderOf(left).split('/'), folderOf(right).split('/')];
  const different = first.findIndex((part, index) => part !== second[index]);
  return different < 0 ? first.length : different;
}
