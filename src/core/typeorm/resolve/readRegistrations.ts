/** TypeORM's decorators, as they were applied → declarations. Each case follows the decorator of that name in TypeORM. */
import type ts from 'typescript';
import type { CascadeOperation, ColumnKind, GenerationStrategy, RelationKind, SourceRange, TreeKind } from '../../model/relationGraph';
import { notCalled } from '../evaluate/classes';
import type { Evaluator } from '../evaluate/evaluator';
import {
  hasKind,
  isCallable,
  isObjectLike,
  isTruthy,
  objectOf,
  option,
  stringOption,
  toText,
  type PathValue,
  type Registration,
  type Value,
} from '../evaluate/values';
import { rangeOf, type Place } from '../parse/positions';
import { columnTypeOf, columnTypeOfConstructor, designType } from './columnTypes';
import type { ColumnArgs, InheritanceArgs, JoinColumnArgs, RelationArgs, TargetArgs, TargetRef } from './declarations';

export interface RegistrationContext {
  readonly evaluator: Evaluator;
  readonly target: TargetArgs;
  /** The class whose property carries the decorator: what tree relations point to. */
  readonly self: TargetRef;
  problem(code: string, message: string, place: Place): void;
}

/** Adds what one decorator registered to its target. */
export function readRegistration(context: RegistrationContext, registration: Registration): void {
  const { property, decorator, args, applied } = registration;
  if (decorator === notCalled) {
    const name = toText(args[0]) ?? '';
    context.problem('decorator-not-called', `\`@${name}\` does nothing until it is called: write \`@${name}()\`.`, applied);
  } else if (property === null) readClassDecorator(context, registration);
  else readMemberDecorator(context, registration, property);
}

function readClassDecorator(context: RegistrationContext, { decorator, args, applied }: Registration): void {
  const { target } = context;
  const [first, second] = args;
  switch (decorator) {
    case 'Entity':
    case 'ViewEntity': {
      const options = isObjectLike(first) ? first : second;
      const name = typeof first === 'string' ? first : stringOption(options, 'name');
      target.tables.push({ type: decorator === 'Entity' ? 'regular' : 'view', name, schema: stringOption(options, 'schema') });
      return;
    }
    case 'ChildEntity':
      target.tables.push({ type: 'entity-child', name: null, schema: null });
      if (typeof first === 'string' || typeof first === 'number' || typeof first === 'boolean') target.discriminatorValue ??= first;
      return;
    case 'TableInheritance':
      target.inheritance ??= readInheritance(first);
      return;
    case 'Tree':
      if (isTreeKind(first)) target.tree ??= first;
      return;
    case 'Index':
      return readIndex(context, args, null, applied);
    case 'Unique':
      return readUnique(context, args, null, applied);
    case 'ForeignKey':
      target.foreignKeys.push({ property: null, target: targetOf(context.evaluator, first, applied), source: rangeOf(applied) });
      return;
    default:
  }
}

export function readInheritance(options: Value): InheritanceArgs {
  const column = option(options, 'column');
  const given = typeof column === 'string' ? objectOf([['name', column]]) : column;
  const pattern = stringOption(options, 'pattern') ?? 'STI';
  if (!hasKind(given, 'object')) return { pattern, column: null };
  const name = stringOption(given, 'name');
  return {
    pattern,
    column: { property: name ?? 'type', name, type: columnTypeOf(option(given, 'type')) ?? 'varchar', nullable: option(given, 'nullable') === true },
  };
}

export function isTreeKind(value: Value): value is TreeKind {
  return value === 'adjacency-list' || value === 'closure-table' || value === 'nested-set' || value === 'materialized-path';
}

const columnKinds: Readonly<Record<string, ColumnKind>> = {
  ViewColumn: 'regular',
  CreateDateColumn: 'create-date',
  UpdateDateColumn: 'update-date',
  DeleteDateColumn: 'delete-date',
  VersionColumn: 'version',
  TreeLevelColumn: 'tree-level',
};

const relationKinds: Readonly<Record<string, RelationKind>> = {
  OneToOne: 'one-to-one',
  OneToMany: 'one-to-many',
  ManyToOne: 'many-to-one',
  ManyToMany: 'many-to-many',
};

function readMemberDecorator(context: RegistrationContext, registration: Registration, property: string): void {
  const { target } = context;
  const { decorator, args, applied } = registration;
  const [first] = args;
  switch (decorator) {
    case 'Column':
      return readColumn(context, registration, property);
    case 'PrimaryColumn':
      return readPrimaryColumn(context, registration, property);
    case 'PrimaryGeneratedColumn':
      return readPrimaryGeneratedColumn(context, registration, property);
    case 'ObjectIdColumn': {
      const column = columnArgs(context, registration, property, 'object-id', first, null);
      target.columns.push({ ...column, primary: true, name: column.name ?? '_id' });
      return;
    }
    case 'VirtualColumn': {
      const options = typeof first === 'string' ? args[1] : first;
      target.columns.push(columnArgs(context, registration, property, 'virtual-property', options, typeof first === 'string' ? first : null));
      return;
    }
    case 'Generated':
      return addGenerated(target, property, first ?? 'increment');
    case 'JoinColumn':
      for (const options of hasKind(first, 'array') ? first.items : [first]) target.joinColumns.push(readJoinColumn(property, options));
      return;
    case 'JoinTable':
      return readJoinTable(target, property, first);
    case 'TreeParent':
    case 'TreeChildren':
      return readTreeRelation(context, registration, property);
    case 'Index':
      return readIndex(context, args, property, applied);
    case 'Unique':
      return readUnique(context, args, property, applied);
    case 'ForeignKey':
      target.foreignKeys.push({ property, target: targetOf(context.evaluator, first, applied), source: rangeOf(applied) });
      return;
    default: {
      const kind = columnKinds[decorator];
      if (kind) target.columns.push(columnArgs(context, registration, property, kind, first, null));
      const relation = relationKinds[decorator];
      if (relation) readRelation(context, registration, property, relation);
    }
  }
}

function readColumn(context: RegistrationContext, registration: Registration, property: string): void {
  const { target, evaluator } = context;
  const [first, second] = registration.args;
  const options = typeof first === 'string' || isCallable(first) ? second : first;
  // Whatever function comes first, TypeORM takes it for an embedded class.
  if (isCallable(first)) {
    const prefix = option(options, 'prefix');
    const isArray = reflectedType(context, registration) === 'Array' || option(options, 'array') === true;
    target.embeddeds.push({
      property,
      target: targetOf(evaluator, first, registration.applied),
      prefix: prefix === undefined || prefix === null || prefix === true ? undefined : prefix === false ? '' : (toText(prefix) ?? undefined),
      isArray,
      source: rangeOf(registration.applied),
    });
    return;
  }
  const column = columnArgs(context, registration, property, 'regular', options, typeof first === 'string' ? first : null);
  target.columns.push(column);
  if (option(options, 'unique') === true) target.uniques.push({ name: null, columns: [property], source: rangeOf(registration.applied) });
  addGenerated(target, property, option(options, 'generated'));
}

function readPrimaryColumn(context: RegistrationContext, registration: Registration, property: string): void {
  const { target } = context;
  const [first, second] = registration.args;
  const isType = typeof first === 'string' || (hasKind(first, 'native') && ['String', 'Boolean', 'Number'].includes(first.name));
  const options = isType ? second : first;
  const column = columnArgs(context, registration, property, 'regular', options, isType ? columnTypeOf(first) : null);
  if (column.nullable) {
    context.problem(
      'nullable-primary-column',
      `The primary column \`${property}\` is nullable, which TypeORM refuses: remove \`nullable: true\`.`,
      registration.applied,
    );
  }
  target.columns.push({ ...column, primary: true });
  addGenerated(target, property, option(options, 'generated'));
}

function readPrimaryGeneratedColumn(context: RegistrationContext, registration: Registration, property: string): void {
  const { target } = context;
  const [first, second] = registration.args;
  const strategy = typeof first === 'string' ? first : 'increment';
  const options = objectOf();
  for (const given of [first, second])
    if (hasKind(given, 'object')) for (const [name, value] of given.properties) options.properties.set(name, value);
  const type = strategy === 'uuid' ? 'uuid' : 'int';
  const column = columnArgs(context, registration, property, 'regular', options, null, type);
  target.columns.push({ ...column, primary: true });
  addGenerated(target, property, strategy);
}

export function addGenerated(target: TargetArgs, property: string, generated: Value): void {
  if (!isTruthy(generated) || target.generated.has(property)) return;
  target.generated.set(property, isStrategy(generated) ? generated : 'increment');
}

function isStrategy(value: Value): value is GenerationStrategy {
  return value === 'increment' || value === 'uuid' || value === 'rowid' || value === 'identity';
}

function columnArgs(
  context: RegistrationContext,
  registration: Registration,
  property: string,
  kind: ColumnKind,
  options: Value,
  writtenType: string | null,
  impliedType?: string,
): ColumnArgs {
  const reflected = reflectedType(context, registration);
  const type = writtenType ?? columnTypeOf(option(options, 'type')) ?? impliedType ?? defaultType(kind, reflected);
  const read = readColumnOptions(options, kind);
  return {
    property,
    kind,
    name: read.name,
    length: read.length,
    primary: read.primary,
    nullable: read.nullable,
    type,
    isArray: option(options, 'array') === true,
    source: nameRange(registration.member),
  };
}

/** The options that say something about the graph, with TypeORM's defaults (metadata/ColumnMetadata.ts). */
export function readColumnOptions(options: Value, kind: ColumnKind): Pick<ColumnArgs, 'name' | 'length' | 'primary' | 'nullable'> {
  const nullable = option(options, 'nullable');
  const isNullable = nullable === undefined ? option(options, 'default') === null && hasProperty(options, 'default') : isTruthy(nullable);
  const length = option(options, 'length');
  return {
    name: stringOption(options, 'name') || null,
    length: typeof length === 'string' || typeof length === 'number' ? String(length) : null,
    primary: isTruthy(option(options, 'primary')),
    nullable: kind === 'delete-date' || isNullable,
  };
}

function hasProperty(options: Value, name: string): boolean {
  return hasKind(options, 'object') && options.properties.has(name);
}

export function defaultType(kind: ColumnKind, reflected: string): string | null {
  switch (kind) {
    case 'create-date':
    case 'update-date':
    case 'delete-date':
      return 'timestamp';
    case 'version':
    case 'tree-level':
      return 'int';
    default:
      return columnTypeOfConstructor(reflected);
  }
}

function reflectedType({ evaluator }: RegistrationContext, { member }: Registration): string {
  const { ts } = evaluator;
  const { node } = member;
  if (ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node)) return designType(ts, node.type);
  if (ts.isSetAccessorDeclaration(node)) return designType(ts, node.parameters[0]?.type);
  return 'Object';
}

function readRelation(context: RegistrationContext, registration: Registration, property: string, kind: RelationKind): void {
  const { evaluator, target } = context;
  const [first, second, third] = registration.args;
  const secondIsOptions = kind !== 'one-to-many' && isObjectLike(second);
  const options = secondIsOptions ? second : third;
  const inverse = secondIsOptions ? undefined : second;
  target.relations.push(
    createRelation(context, registration, options, {
      property,
      kind,
      target: targetOf(evaluator, first, registration.applied),
      inverse: inverseOf(evaluator, inverse, registration.call),
      lazy: option(options, 'lazy') === true || isPromise(context, registration),
      tree: null,
      inverseIndex: secondIsOptions ? null : 1,
    }),
  );
}

function readTreeRelation(context: RegistrationContext, registration: Registration, property: string): void {
  const isParent = registration.decorator === 'TreeParent';
  const [options] = registration.args;
  context.target.relations.push(
    createRelation(context, registration, options, {
      property,
      kind: isParent ? 'many-to-one' : 'one-to-many',
      target: context.self,
      inverse: null,
      lazy: isPromise(context, registration),
      tree: isParent ? 'parent' : 'children',
      inverseIndex: null,
    }),
  );
}

interface RelationFacts extends Pick<RelationArgs, 'property' | 'kind' | 'target' | 'inverse' | 'lazy' | 'tree'> {
  /** Which argument of the decorator's call may name the inverse side. */
  readonly inverseIndex: number | null;
}

function createRelation({ evaluator }: RegistrationContext, registration: Registration, options: Value, facts: RelationFacts): RelationArgs {
  const { ts } = evaluator;
  const { member, applied, call } = registration;
  const read = readRelationOptions(options);
  const inverse = facts.inverseIndex !== null && ts.isCallExpression(call.node) ? call.node.arguments[facts.inverseIndex] : undefined;
  const isWritten = inverse !== undefined && !(ts.isIdentifier(inverse) && inverse.text === 'undefined');
  // Spelled out: this is made for every relation of a workspace, and copying objects property by property is slow.
  return {
    property: facts.property,
    kind: facts.kind,
    target: facts.target,
    inverse: facts.inverse,
    cascade: read.cascade,
    onDelete: read.onDelete,
    onUpdate: read.onUpdate,
    nullable: read.nullable,
    eager: read.eager,
    lazy: facts.lazy,
    persistence: read.persistence,
    orphanedRowAction: read.orphanedRowAction,
    tree: facts.tree,
    foreignKey: read.foreignKey,
    source: nameRange(member),
    range: rangeOf(member),
    decorator: rangeOf(applied),
    inverseSource: isWritten ? rangeOf({ sourceFile: call.sourceFile, node: inverse }) : null,
  };
}

function isPromise(context: RegistrationContext, registration: Registration): boolean {
  return reflectedType(context, registration).toLowerCase() === 'promise';
}

type RelationOptions = Pick<
  RelationArgs,
  'cascade' | 'onDelete' | 'onUpdate' | 'nullable' | 'eager' | 'persistence' | 'orphanedRowAction' | 'foreignKey'
>;

const cascadeOperations: readonly CascadeOperation[] = ['insert', 'recover', 'remove', 'soft-remove', 'update'];

/** The options of any relation, with TypeORM's defaults (metadata/RelationMetadata.ts). */
export function readRelationOptions(options: Value): RelationOptions {
  const cascade = option(options, 'cascade');
  const listed = hasKind(cascade, 'array') ? cascade.items : [];
  const action = stringOption(options, 'orphanedRowAction');
  return {
    cascade: cascade === true ? cascadeOperations : cascadeOperations.filter((operation) => listed.includes(operation)),
    onDelete: stringOption(options, 'onDelete'),
    onUpdate: stringOption(options, 'onUpdate'),
    nullable: option(options, 'nullable') !== false,
    eager: isTruthy(option(options, 'eager')),
    persistence: option(options, 'persistence') !== false,
    orphanedRowAction: action === 'delete' || action === 'soft-delete' || action === 'disable' ? action : 'nullify',
    foreignKey: option(options, 'createForeignKeyConstraints') !== false,
  };
}

/** The name of a declaration; the declaration itself where it has none. */
export function nameRange({ sourceFile, node }: Place): SourceRange {
  const { name } = node as ts.NamedDeclaration;
  return rangeOf({ sourceFile, node: name ?? node });
}

/** What a target argument means: `() => Author`, `'Author'`, a class, a schema. */
export function targetOf(evaluator: Evaluator, argument: Value, place: Place): TargetRef {
  const value =
    hasKind(argument, 'function') || (hasKind(argument, 'native') && !argument.construct)
      ? evaluator.attempt(
          () => evaluator.call(argument, [], { place, self: undefined }),
          () => undefined,
        )
      : argument;
  if (typeof value === 'string') return { kind: 'name', name: value };
  if (hasKind(value, 'class')) return { kind: 'class', key: value.id ?? inlineKey(value.file, value.name), name: value.name };
  if (hasKind(value, 'instance')) {
    const name = stringOption(value.args[0], 'name');
    if (name !== null) return { kind: 'name', name };
  }
  const named = stringOption(value, 'name');
  if (named !== null) return { kind: 'name', name: named };
  return { kind: 'unknown', text: sourceText(evaluator, place) };
}

/** The key of a class that a function made. */
export function inlineKey(file: string, name: string): string {
  return `${file}#${name}()`;
}

/** The first argument of a decorator as the source says it, for messages. */
function sourceText({ ts }: Evaluator, { sourceFile, node }: Place): string {
  const expression = ts.isDecorator(node) ? node.expression : node;
  const argument = ts.isCallExpression(expression) ? expression.arguments[0] : undefined;
  return (argument ?? expression).getText(sourceFile).slice(0, 80);
}

/** The property path that an inverse-side argument names: a string, or a function run on the map of property paths. */
export function inverseOf(evaluator: Evaluator, argument: Value, place: Place): string | null {
  if (typeof argument === 'string') return argument || null;
  if (!hasKind(argument, 'function')) return null;
  const root: PathValue = { kind: 'path', path: '' };
  const result = evaluator.attempt(
    () => evaluator.call(argument, [root], { place, self: undefined }),
    () => undefined,
  );
  if (typeof result === 'string') return result || null;
  return hasKind(result, 'path') ? result.path || null : null;
}

export function readJoinColumn(property: string, options: Value): JoinColumnArgs {
  return { property, name: stringOption(options, 'name') || null, references: stringOption(options, 'referencedColumnName') || null };
}

export function readJoinTable(target: TargetArgs, property: string, options: Value): void {
  const columns = (one: string, several: string): JoinColumnArgs[] | null => {
    const single = option(options, one);
    if (hasKind(single, 'object')) return [readJoinColumn(property, single)];
    const list = option(options, several);
    return hasKind(list, 'array') ? list.items.map((item) => readJoinColumn(property, item)) : null;
  };
  target.joinTables.push({
    property,
    name: stringOption(options, 'name'),
    joinColumns: columns('joinColumn', 'joinColumns'),
    inverseJoinColumns: columns('inverseJoinColumn', 'inverseJoinColumns'),
  });
}

function readIndex({ evaluator, target }: RegistrationContext, args: readonly Value[], property: string | null, place: Place): void {
  const [first, second, third] = args;
  const name = typeof first === 'string' ? first : null;
  const fields = typeof first === 'string' ? second : first;
  const options = isPlainOptions(first) ? first : isPlainOptions(third) ? third : isPlainOptions(second) ? second : undefined;
  target.indices.push({
    name,
    columns: property === null ? columnNames(evaluator, fields, place) : [property],
    unique: isTruthy(option(options, 'unique')),
    synchronize: option(options, 'synchronize') !== false,
    source: rangeOf(place),
  });
}

function readUnique({ evaluator, target }: RegistrationContext, args: readonly Value[], property: string | null, place: Place): void {
  const [first, second] = args;
  const name = typeof first === 'string' ? first : null;
  const fields = typeof first === 'string' ? second : first;
  target.uniques.push({ name, columns: property === null ? columnNames(evaluator, fields, place) : [property], source: rangeOf(place) });
}

function isPlainOptions(value: Value): boolean {
  return hasKind(value, 'object');
}

/** `['a', 'b']`, `x => [x.a, x.b]` or `x => ({ a: 1 })`. */
export function columnNames(evaluator: Evaluator, fields: Value, place: Place): string[] | null {
  const value = hasKind(fields, 'function')
    ? evaluator.attempt(
        () => evaluator.call(fields, [{ kind: 'path', path: '' }], { place, self: undefined }),
        () => undefined,
      )
    : fields;
  if (hasKind(value, 'array')) return value.items.flatMap((item) => toText(item)?.trim() ?? []);
  if (hasKind(value, 'object') && hasKind(fields, 'function')) return [...value.properties.keys()];
  return null;
}
