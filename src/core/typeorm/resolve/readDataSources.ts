/**
 * What the project's DataSources say about names. Options stand in many places (`new DataSource(…)`, Nest's `forRoot`, a
 * config factory), so they are recognised by their shape: an object literal with a database type, or with a naming option.
 */
import type ts from 'typescript';
import type { GraphProblem } from '../../model/relationGraph';
import type { Evaluator } from '../evaluate/evaluator';
import { changedNames, rootOf } from '../evaluate/changedNames';
import { toNamingStrategy } from '../evaluate/namingStrategies';
import { hasKind, isUnknown, isUnset, option, unknown, type Scope, type Value } from '../evaluate/values';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import { rangeOf } from '../parse/positions';
import type { DataSourceOptions } from './dataSources';
import type { TargetKey } from './declarations';
import { choicesOf, toldChoices } from './environmentChoices';
import { conditionOn, isReached, type Condition } from './environmentConditions';
import { isEnclosing, LocalScopes, type Enclosing } from './localScopes';
import { defaultNaming } from './naming';
import { defaultProjectNaming, maxNameLengthOf, type Naming } from './namingOfProject';
import { isEntitySchema, schemaId } from './readSchemas';

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

/** A file that is being read. */
interface Reading {
  readonly evaluator: Evaluator;
  readonly module: ModuleSyntax;
  readonly scopes: LocalScopes;
  /** True where a statement of the file may give naming options to an object. */
  readonly assignsNaming: boolean;
}

/** Where an object literal stands. */
interface Standing {
  /** The variable that holds it; null where none does. */
  readonly holder: string | null;
  /** True where the variable holds the object itself, not what is made of it. */
  readonly isWhole: boolean;
  /** True where another object spreads it, which tells of both. */
  readonly isPart: boolean;
  readonly around: readonly Enclosing[];
  readonly conditions: readonly Condition[];
  readonly switched: ts.SwitchStatement | null;
}

/** Every object in a file that looks like the options of a DataSource. */
export function readDataSources(evaluator: Evaluator, module: ModuleSyntax): DataSourceOptions[] {
  const { ts } = evaluator;
  const scopes = new LocalScopes(evaluator, evaluator.scopeOf(module));
  const reading: Reading = { evaluator, module, scopes, assignsNaming: assignedNaming.test(module.sourceFile.text) };
  const found: FoundOptions[] = [];
  // What an options object is called cannot be read from the object itself: trees that are evaluated know no parents.
  const visit = (node: ts.Node, standing: Standing): void => {
    if (isShapeOfOptions(ts, node)) return;
    const options = ts.isObjectLiteralExpression(node) ? readOptions(reading, node, standing) : readAssignment(reading, node, standing);
    if (options) found.push(options);
    ts.forEachChild(node, (child) => visit(child, within(ts, node, child, standing)));
  };
  visit(module.sourceFile, { holder: null, isWhole: false, isPart: false, around: [], conditions: [], switched: null });
  return toldOnce(found.map((each) => (each.options.isChosen ? each.options : withDifferences(reading, each, found))));
}

/** Several objects of a file may be the parts of one DataSource's options: what depends on a variable is told where it stands first. */
function toldOnce(all: readonly DataSourceOptions[]): DataSourceOptions[] {
  const told = new Set<string>();
  return all.map((options) => {
    const problems = options.problems.filter(({ code, message }) => code !== dependsOnEnvironment || told.size < told.add(message).size);
    return problems.length === options.problems.length ? options : { ...options, problems };
  });
}

const dependsOnEnvironment = 'depends-on-environment';
const assignedNaming = /\.(?:namingStrategy|entityPrefix)\s*(?:\?\?|\|\|)?=(?!=)/;

function within(ts: Evaluator['ts'], node: ts.Node, child: ts.Node, { holder, isWhole, isPart, around, conditions, switched }: Standing): Standing {
  const isVariable = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name);
  const condition = conditionOn(ts, node, child, around, switched);
  return {
    holder: isVariable ? node.name.text : passesOn(ts, node) ? holder : null,
    isWhole: isVariable || (isWhole && (ts.isAsExpression(node) || ts.isSatisfiesExpression(node))),
    isPart: ts.isSpreadAssignment(node) || (isPart && !ts.isObjectLiteralExpression(node)),
    around: isEnclosing(ts, node) ? [...around, node] : around,
    conditions: condition ? [...conditions, condition] : conditions,
    switched: ts.isSwitchStatement(node) ? node : null,
  };
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

/** What was found, with what is told where it differs from other options. */
interface FoundOptions {
  readonly options: DataSourceOptions;
  readonly node: ts.Node;
  readonly standing: Standing;
  /** Naming options by name, as they are told. */
  readonly told: ReadonlyMap<string, string>;
}

const namingOptions = ['entityPrefix', 'namingStrategy', 'schema'] as const;
/** What tells the options of a DataSource from other objects with a `type`. */
const connecting = ['entities', 'database', 'host', 'url', 'synchronize'];

function readOptions(reading: Reading, node: ts.ObjectLiteralExpression, standing: Standing): FoundOptions | null {
  const { evaluator, module } = reading;
  const written = writtenProperties(evaluator.ts, node);
  // MikroORM's options have a naming strategy of their own.
  if (written.has('dbName') || !mayBeOptions(reading, node, standing, written)) return null;
  const read = (scopes: LocalScopes): ((name: string) => Value) => propertiesOf(reading, scopes, node, standing, written);
  const value = read(reading.scopes);
  const has = (name: string): boolean => written.has(name) || value(name) !== undefined;
  const type = value('type');
  const isDataSource = typeof type === 'string' && databaseTypes.has(type) && connecting.some(has);
  const isNaming = has('namingStrategy') || has('entityPrefix');
  if (!isDataSource && !isNaming) return null;
  const problems: GraphProblem[] = [];
  const scope = evaluator.scopeOf(module);
  const schema = isDataSource ? value('schema') : undefined;
  const prefix = value('entityPrefix');
  const place = (name: string): ts.Node => written.get(name) ?? node;
  if (isUnknown(prefix) && !isUnset(prefix)) problems.push(unknownPrefix(place('entityPrefix'), scope));
  const strategy = has('namingStrategy') ? readStrategy(evaluator, value('namingStrategy'), place('namingStrategy'), scope, problems) : defaultNaming;
  const told = new Map(namingOptions.filter((name) => name !== 'schema' || isDataSource).map((name) => [name, outcomeOf(value(name))] as const));
  const isChosen = isReachedUnset(evaluator, standing, reading.scopes);
  if (isChosen && !standing.isPart) {
    const asked = hasSpread(evaluator.ts, node) || (standing.isWhole && reading.assignsNaming) ? [...told.keys()] : [...told.keys()].filter(has);
    for (const option of asked) problems.push(...otherwise(reading, option, value(option), place(option), (scopes) => read(scopes)(option)));
  }
  const name = value('name');
  const options: DataSourceOptions = {
    file: module.file,
    name: typeof name === 'string' ? name : (standing.holder ?? baseName(module.file)),
    naming: {
      strategy,
      prefix: typeof prefix === 'string' ? prefix : '',
      schema: typeof schema === 'string' && schema !== '' ? schema : null,
      isMongo: type === 'mongodb',
      isOldLine: false,
      maxNameLength: typeof type === 'string' ? maxNameLengthOf(type) : defaultProjectNaming.maxNameLength,
      skipsConstructors: value('entitySkipConstructor') === true,
    },
    isNaming: isNaming || typeof schema === 'string' || type === 'mongodb',
    entities: listedClasses(value('entities')),
    entityGlobs: listedGlobs(value('entities')),
    saysEntities: has('entities'),
    listsAll: isDataSource && !has('autoLoadEntities') && isWrittenOut(evaluator.ts, written.get('entities')) && areKnown(value('entities')),
    isChosen,
    problems,
  };
  return { options, node, standing, told };
}

/** What a naming option would be with variables of the environment set; nothing where it is not known anyway. */
function otherwise(
  { evaluator, module }: Reading,
  option: string,
  value: Value,
  node: ts.Node,
  read: (scopes: LocalScopes) => Value,
): GraphProblem[] {
  if (isUnknown(value) && !isUnset(value)) return [];
  const again = (): Value => attempt(evaluator, () => read(new LocalScopes(evaluator, evaluator.scopeOf(module))));
  const choices = choicesOf(evaluator, again, outcomeOf);
  return choices.length === 0 ? [] : [environmentProblem(module, node, toldChoices(option, outcomeOf(value), choices))];
}

type Written = ReadonlyMap<string, ts.ObjectLiteralElementLike>;

function writtenProperties(ts: Evaluator['ts'], node: ts.ObjectLiteralExpression): Written {
  return new Map(
    node.properties.flatMap((property) => (property.name && ts.isIdentifier(property.name) ? [[property.name.text, property] as const] : [])),
  );
}

function hasSpread(ts: Evaluator['ts'], { properties }: ts.ObjectLiteralExpression): boolean {
  return properties.some((property) => ts.isSpreadAssignment(property));
}

/** Most objects are soon told from options. */
function mayBeOptions({ evaluator, assignsNaming }: Reading, node: ts.ObjectLiteralExpression, { isWhole }: Standing, written: Written): boolean {
  if (written.has('namingStrategy') || written.has('entityPrefix') || (isWhole && assignsNaming)) return true;
  return hasSpread(evaluator.ts, node) || (written.has('type') && connecting.some((name) => written.has(name)));
}

/** The object's properties, each evaluated where it is asked for. */
function propertiesOf(
  { evaluator, module }: Reading,
  scopes: LocalScopes,
  node: ts.ObjectLiteralExpression,
  { holder, isWhole, around }: Standing,
  written: Written,
): (name: string) => Value {
  const { ts } = evaluator;
  // A function is looked into where the literal speaks of a DataSource by itself.
  const isLocal =
    around.length > 0 && ['type', 'namingStrategy', 'entityPrefix', 'autoLoadEntities', ...connecting].some((name) => written.has(name));
  const scope = isLocal || isWhole ? scopes.within(around) : evaluator.scopeOf(module);
  const isChanged = isWhole && holder !== null && (around.length > 0 ? scope.names?.has(holder) : changedNames(evaluator, module.tree).has(holder));
  const held = isChanged ? attempt(evaluator, () => evaluator.lookup(holder, scope)) : undefined;
  if (hasKind(held, 'object')) return (name) => option(held, name);
  const inherited = hasSpread(ts, node) ? attempt(evaluator, () => evaluator.evaluate(node, scope)) : undefined;
  return (name) => {
    const property = written.get(name);
    if (!property) return option(inherited, name);
    if (ts.isShorthandPropertyAssignment(property)) return attempt(evaluator, () => evaluator.evaluate(property.name, scope));
    return ts.isPropertyAssignment(property) ? attempt(evaluator, () => evaluator.evaluate(property.initializer, scope)) : undefined;
  };
}

/** Whether nothing keeps the app from coming there while no variable of the environment is set. */
function isReachedUnset(evaluator: Evaluator, { conditions }: Standing, scopes: LocalScopes): boolean {
  return conditions.every((condition) => attempt(evaluator, () => isReached(evaluator, condition, scopes)) !== false);
}

/** What a naming option comes to, in words. */
function outcomeOf(value: Value): string {
  if (value === undefined || value === null || value === '' || isUnset(value)) return 'none';
  if (typeof value === 'string') return `\`${value}\``;
  const name = hasKind(value, 'instance') && isNamed(value.class) ? value.class.name : '';
  return name === '' ? 'one that only the running app knows' : `\`${name}\``;
}

function isNamed(value: Value): value is Extract<Value, { readonly name: string }> {
  return hasKind(value, 'class') || hasKind(value, 'native');
}

/** Options that apply only where a variable of the environment is set, told of where they name tables otherwise than those that are shown. */
function withDifferences(
  { evaluator, module }: Reading,
  { options, node, standing, told }: FoundOptions,
  found: readonly FoundOptions[],
): DataSourceOptions {
  const chosen = found.filter((each) => each.options.isChosen);
  const shown = (chosen.find((each) => each.options.isNaming) ?? chosen[0])?.told;
  const differences = [...told].flatMap(([name, outcome]) => {
    const instead = shown?.get(name) ?? 'none';
    return outcome === instead ? [] : [`\`${name}\` is ${outcome}, not ${instead}`];
  });
  if (differences.length === 0 || standing.isPart) return { ...options, problems: [] };
  const scopes = (): LocalScopes => new LocalScopes(evaluator, evaluator.scopeOf(module));
  const { asked } = evaluator.assuming(new Map(), () => isReachedUnset(evaluator, standing, scopes()));
  const variables = [...asked.keys()].map((name) => `\`${name}\``);
  const isTold = chosen.some(({ options: { problems } }) =>
    problems.some(({ code, message }) => code === dependsOnEnvironment && variables.every((name) => message.includes(name))),
  );
  // A branch that no variable leads to is never taken.
  if (isTold || variables.length === 0) return { ...options, problems: [] };
  const message = `These options apply only where the environment says so (${variables.join(', ')}): with them, ${differences.join(' and ')}. The graph shows what holds while nothing is set; compare with the running app (\`relation-lens verify\`).`;
  return { ...options, problems: [environmentProblem(module, node, message)] };
}

function environmentProblem({ sourceFile }: ModuleSyntax, node: ts.Node, message: string): GraphProblem {
  return { code: dependsOnEnvironment, message, source: rangeOf({ sourceFile, node }) };
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

/** `options.namingStrategy = new SnakeNamingStrategy()`, where the options are none that are written in the file. */
function readAssignment({ evaluator, module, scopes }: Reading, node: ts.Node, standing: Standing): FoundOptions | null {
  const { ts } = evaluator;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return null;
  if (!ts.isPropertyAccessExpression(node.left) || node.left.name.text !== 'namingStrategy') return null;
  const scope = scopes.within(standing.around);
  const root = rootOf(ts, node.left);
  if (
    root !== null &&
    hasKind(
      attempt(evaluator, () => evaluator.lookup(root, scope)),
      'object',
    )
  )
    return null;
  const problems: GraphProblem[] = [];
  const value = attempt(evaluator, () => evaluator.evaluate(node.right, scope));
  const strategy = readStrategy(evaluator, value, node.right, scope, problems);
  const { file } = module;
  const options: DataSourceOptions = {
    file,
    name: baseName(file),
    naming: { ...defaultProjectNaming, strategy },
    isNaming: true,
    entities: [],
    entityGlobs: [],
    saysEntities: false,
    listsAll: false,
    isChosen: isReachedUnset(evaluator, standing, scopes),
    problems,
  };
  return { options, node, standing, told: new Map([['namingStrategy', outcomeOf(value)]]) };
}

function attempt(evaluator: Evaluator, evaluate: () => Value): Value {
  return evaluator.attempt(evaluate, () => unknown);
}

function readStrategy(evaluator: Evaluator, value: Value, node: ts.Node, scope: Scope, problems: GraphProblem[]): Naming['strategy'] {
  const source = rangeOf({ sourceFile: scope.module.sourceFile, node });
  const report = (): void => {
    if (problems.length > 0) return;
    const message =
      'Not every name that this naming strategy gives could be told; the default ones are shown instead: keep its methods free of what is only known at run time.';
    problems.push({ code: 'unknown-naming-strategy', message, source });
  };
  if (value === undefined || value === null || isUnset(value)) return defaultNaming;
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
