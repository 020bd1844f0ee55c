/** One object or assignment → the options of a DataSource, as far as they say anything about names or entities. */
import type ts from 'typescript';
import type { GraphProblem } from '../../model/relationGraph';
import type { Evaluator } from '../evaluate/evaluator';
import { changedNames, rootOf } from '../evaluate/changedNames';
import { toNamingStrategy } from '../evaluate/namingStrategies';
import { hasKind, isUnknown, isUnset, option, type Scope, type Value } from '../evaluate/values';
import { rangeOf } from '../parse/positions';
import type { DataSourceOptions } from './dataSources';
import { areKnown, isWrittenOut, listedClasses, listedGlobs } from './listedEntities';
import type { LocalScopes } from './localScopes';
import { defaultNaming } from './naming';
import { defaultProjectNaming, maxNameLengthOf, type Naming } from './namingOfProject';
import { otherwise, outcomeOf } from './optionsByEnvironment';
import { connecting, databaseTypes, hasSpread, mayBeOptions, speaksOfDataSource, writtenProperties, type Written } from './optionsShape';
import { attempt, isReachedUnset, type FoundOptions, type Reading, type Standing } from './optionsStanding';

const namingOptions = ['entityPrefix', 'namingStrategy', 'schema'] as const;

/** Null for an object that is none: options have a database type, or a naming option. */
export function readOptions(reading: Reading, node: ts.ObjectLiteralExpression, standing: Standing): FoundOptions | null {
  const { evaluator, module } = reading;
  const written = writtenProperties(evaluator.ts, node);
  if (!mayBeOptions(reading, node, standing, written)) return null;
  const read = (scopes: LocalScopes): ((name: string) => Value) => propertiesOf(reading, scopes, node, standing, written);
  const value = read(reading.scopes);
  const has = (name: string): boolean => written.has(name) || value(name) !== undefined;
  const type = value('type');
  const isDataSource = typeof type === 'string' && databaseTypes.has(type) && connecting.some(has);
  const isNaming = has('namingStrategy') || has('entityPrefix');
  if (!isDataSource && !isNaming) return null;
  const problems: GraphProblem[] = [];
  const scope = evaluator.identities.scopeOf(module);
  const schema = isDataSource ? value('schema') : undefined;
  const prefix = value('entityPrefix');
  const place = (name: string): ts.Node => written.get(name) ?? node;
  if (isUnknown(prefix) && !isUnset(prefix)) problems.push(unknownPrefix(place('entityPrefix'), scope));
  const assigned = prefix === undefined ? assignedUnknown(reading, standing) : null;
  if (assigned) problems.push(unknownPrefix(assigned, scope));
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
  const isLocal = around.length > 0 && speaksOfDataSource(written);
  const scope = isLocal || isWhole ? scopes.within(around) : evaluator.identities.scopeOf(module);
  const isChanged = isWhole && holder !== null && (around.length > 0 ? scope.names?.has(holder) : changedNames(evaluator, module).has(holder));
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

/** `options.namingStrategy = new SnakeNamingStrategy()`, where the options are none that are written in the file. */
export function readAssignment({ evaluator, module, scopes }: Reading, node: ts.Node, standing: Standing): FoundOptions | null {
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

/** `if (prefix) options.entityPrefix = prefix` around which only callers know the value; null where there is no such assignment. */
function assignedUnknown({ evaluator, scopes, assignsNaming }: Reading, { holder, isWhole, around }: Standing): ts.Node | null {
  const { ts } = evaluator;
  const block = around.at(-1);
  if (!assignsNaming || !isWhole || holder === null || !block) return null;
  const scope = scopes.within(around);
  let found: ts.Node | null = null;
  const visit = (node: ts.Node): void => {
    const target = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? node.left : null;
    if (target && ts.isPropertyAccessExpression(target) && target.name.text === 'entityPrefix' && rootOf(ts, target) === holder) {
      const value = attempt(evaluator, () => evaluator.evaluate((node as ts.BinaryExpression).right, scope));
      if (isUnknown(value) && !isUnset(value)) found ??= node;
    }
    ts.forEachChild(node, visit);
  };
  visit(block);
  return found;
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
