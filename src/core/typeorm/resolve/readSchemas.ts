/** EntitySchema objects → declarations (entity-schema/EntitySchemaTransformer.ts). */
import type ts from 'typescript';
import type { ColumnKind, EntityId, GraphProblem, RelationKind, SourceRange } from '../../model/relationGraph';
import type { Evaluator } from '../evaluate/evaluator';
import { hasKind, isTruthy, isUnknown, objectOf, option, stringOption, type InstanceValue, type ObjectValue, type Value } from '../evaluate/values';
import type { ModuleSyntax } from '../parse/moduleSyntax';
import { nameRange, rangeOf, type Place } from '../parse/positions';
import { columnTypeOf } from './columnTypes';
import { createTargetArgs, type SchemaShape, type TargetArgs, type TargetKey, type TargetRef } from './declarations';
import { addGenerated, defaultType, readColumnOptions } from './readColumns';
import { columnNames } from './readIndices';
import { isTreeKind, readInheritance } from './readRegistrations';
import { readJoinColumn, readJoinTable, readRelationOptions } from './readRelations';
import { inverseOf, targetOf } from './readTargets';
import { unknownValues } from './unknownValues';

export function isEntitySchema(value: Value): value is InstanceValue {
  return hasKind(value, 'instance') && hasKind(value.class, 'native') && value.class.name === 'EntitySchema';
}

/** The property, or its name with a comment behind it. The word alone stands in many a file of entities. */
const entitiesGiven = /\bentities\s*[:/]/;

/** Schemas that are written where a DataSource lists its entities: `entities: [new EntitySchema({ … })]`. */
export function schemasListedInline(evaluator: Evaluator, module: ModuleSyntax): InstanceValue[] {
  const { ts } = evaluator;
  const { sourceFile } = module.tree;
  if (!entitiesGiven.test(sourceFile.text)) return [];
  const found: InstanceValue[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      ts.isIdentifier(node.name) &&
      node.name.text === 'entities' &&
      ts.isArrayLiteralExpression(node.initializer)
    ) {
      for (const element of node.initializer.elements.filter((each) => ts.isNewExpression(each))) {
        const value = evaluator.budget.attempt<Value>(
          () => evaluator.evaluate(element, evaluator.identities.scopeOf(module)),
          () => undefined,
        );
        if (isEntitySchema(value)) found.push(value);
      }
    } else ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return found;
}

/** A schema of which not even the name can be told: it is no part of the graph, and that is said. */
export function unreadableSchema(schema: InstanceValue): GraphProblem {
  const message =
    'What this EntitySchema is made of is only known at run time, so it is missing here: give it a name that can be read, or compare with the running app (`relation-lens verify`).';
  return { code: 'unknown-schema', message, source: rangeOf(schema.place) };
}

/** Null where the schema's name cannot be told. */
export function readSchema(evaluator: Evaluator, schema: InstanceValue): SchemaShape | null {
  const options = optionsOf(schema);
  const schemaName = stringOption(options, 'name');
  const identity = identityOf(options);
  if (!identity || !hasKind(options, 'object')) return null;
  const args: TargetArgs[] = [];
  readOptions(evaluator, options, schema.place, args, 0);
  const table = option(options, 'type');
  const own = args[0];
  if (own) {
    const type = table === 'view' || table === 'entity-child' ? table : 'regular';
    own.tables.push({ type, name: stringOption(options, 'tableName'), schema: stringOption(options, 'schema') });
    const inheritance = option(options, 'inheritance');
    if (hasKind(inheritance, 'object')) own.inheritance = readInheritance(inheritance);
    const value = option(options, 'discriminatorValue');
    if (isTruthy(value) && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')) own.discriminatorValue = value;
  }
  const problems: GraphProblem[] = unknownValues([options], `the schema \`${identity.name}\``, schema.place).map(({ message, place }) => ({
    code: 'unknown-value',
    message,
    source: rangeOf(place),
  }));
  if (isUnknown(option(options, 'target'))) problems.push(unknownClass(options, identity.name, schema.place));
  return {
    ...identity,
    schemaName: schemaName ?? identity.name,
    args,
    ...positionsOf(evaluator, options, schema),
    problems,
  };
}

/** TypeORM reads own properties: the options may as well be an instance of a class. */
function optionsOf({ args: [options] }: InstanceValue): Value {
  const isOwnInstance = hasKind(options, 'instance') && hasKind(options.class, 'class');
  return isOwnInstance ? objectOf(options.properties) : options;
}

function unknownClass(options: ObjectValue, name: string, place: Place): GraphProblem {
  const message = `The \`target\` of the schema \`${name}\` could not be followed to a class, so what it inherits is missing here: check its import.`;
  return { code: 'unknown-value', message, source: rangeOf(options.places.get('target') ?? place) };
}

function identityOf(options: Value): { key: TargetKey; name: string; hasClass: boolean } | null {
  const target = option(options, 'target');
  if (hasKind(target, 'class') && target.id !== null) return { key: target.id, name: target.name, hasClass: true };
  const name = stringOption(options, 'name');
  return name === null ? null : { key: `schema:${name}`, name, hasClass: false };
}

/** A schema that a function of another file made is shown where it is held. */
function positionsOf(evaluator: Evaluator, options: ObjectValue, { place, heldAt }: InstanceValue): Pick<SchemaShape, 'source' | 'range'> {
  const isElsewhere = heldAt && heldAt.sourceFile.fileName !== place.sourceFile.fileName;
  if (isElsewhere) return { source: nameRange(heldAt), range: rangeOf(heldAt) };
  return { source: nameOf(evaluator, options, place), range: rangeOf(place) };
}

function nameOf({ ts }: Evaluator, options: ObjectValue, place: Place): SourceRange {
  const property = options.places.get('name');
  if (property && ts.isPropertyAssignment(property.node)) return rangeOf({ sourceFile: property.sourceFile, node: property.node.initializer });
  return rangeOf(property ?? place);
}

/** The file that a schema belongs to: where the variable is that holds it, which may be another one than that of the function that made it. */
export function fileOfSchema({ place, heldAt }: InstanceValue): string {
  return (heldAt ?? place).sourceFile.fileName;
}

/** The id of the entity that a schema makes; null where its name cannot be told. */
export function schemaId(schema: InstanceValue): EntityId | null {
  const [options] = schema.args;
  const name = stringOption(options, 'name') ?? identityOf(options)?.name;
  return name === undefined ? null : `${fileOfSchema(schema)}#${name}`;
}

/** What a schema embeds, and has embedded in turn. */
export function embeddedKeys({ args }: SchemaShape): TargetKey[] {
  return args.slice(1).map(({ key }) => key);
}

const maxNesting = 8;

/** Reads columns, relations and the rest, and after them those of embedded schemas, as TypeORM registers them. */
function readOptions(evaluator: Evaluator, options: ObjectValue, place: Place, all: TargetArgs[], depth: number): void {
  const identity = identityOf(options);
  if (!identity || depth > maxNesting) return;
  const target = createTargetArgs(identity.key, identity.name);
  all.push(target);
  forEachProperty(options, 'columns', place, (property, column, where) => readColumn(evaluator, target, property, column, where));
  forEachProperty(options, 'relations', place, (property, relation, where) => readRelation(evaluator, target, property, relation, where));
  for (const index of listOf(option(options, 'indices'))) {
    target.indices.push({
      name: stringOption(index, 'name'),
      ...columnNames(evaluator, option(index, 'columns'), place),
      unique: option(index, 'unique') === true,
      partial: isTruthy(option(index, 'where')),
      synchronize: option(index, 'synchronize') !== false,
      source: rangeOf(place),
    });
  }
  for (const unique of listOf(option(options, 'uniques'))) {
    target.uniques.push({
      name: stringOption(unique, 'name'),
      ...columnNames(evaluator, option(unique, 'columns'), place),
      source: rangeOf(place),
    });
  }
  for (const foreignKey of listOf(option(options, 'foreignKeys'))) {
    target.foreignKeys.push({ property: null, target: schemaTarget(evaluator, option(foreignKey, 'target'), place), source: rangeOf(place) });
  }
  forEachProperty(options, 'relationIds', place, (property, relationId, where) => {
    target.relationIds.push({ property, relation: stringOption(relationId, 'relationName'), source: rangeOf(where) });
  });
  forEachProperty(options, 'embeddeds', place, (property, embedded, where) => {
    const schema = option(embedded, 'schema');
    const inner = isEntitySchema(schema) ? schema.args[0] : undefined;
    const embeddedIdentity = identityOf(inner);
    if (!embeddedIdentity || !isEntitySchema(schema) || !hasKind(inner, 'object')) return;
    const prefix = option(embedded, 'prefix');
    target.embeddeds.push({
      property,
      target: { kind: 'class', key: embeddedIdentity.key, name: embeddedIdentity.name },
      prefix: prefix === false ? '' : typeof prefix === 'string' ? prefix : undefined,
      isArray: option(embedded, 'array') === true,
      source: rangeOf(where),
    });
    readOptions(evaluator, inner, schema.place, all, depth + 1);
  });
  for (const tree of listOf(option(options, 'trees'))) {
    const type = option(tree, 'type');
    if (isTreeKind(type)) target.tree ??= type;
  }
}

function forEachProperty(
  options: ObjectValue,
  name: string,
  fallback: Place,
  visit: (property: string, value: ObjectValue, place: Place) => void,
): void {
  const group = option(options, name);
  if (!hasKind(group, 'object')) return;
  for (const [property, value] of group.properties) if (hasKind(value, 'object')) visit(property, value, group.places.get(property) ?? fallback);
}

function listOf(value: Value): readonly Value[] {
  return hasKind(value, 'array') ? value.items : [];
}

function propertyName({ ts }: Evaluator, place: Place): SourceRange {
  const { node } = place;
  return ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)
    ? rangeOf({ sourceFile: place.sourceFile, node: node.name })
    : rangeOf(place);
}

/** Later flags win over earlier ones, as in the transformer. */
const kindFlags: readonly (readonly [flag: string, kind: ColumnKind])[] = [
  ['virtualProperty', 'virtual-property'],
  ['objectId', 'object-id'],
  ['treeLevel', 'tree-level'],
  ['version', 'version'],
  ['deleteDate', 'delete-date'],
  ['updateDate', 'update-date'],
  ['createDate', 'create-date'],
];

function readColumn(evaluator: Evaluator, target: TargetArgs, property: string, column: ObjectValue, place: Place): void {
  const kind = kindFlags.find(([flag]) => isTruthy(option(column, flag)))?.[1] ?? 'regular';
  const read = readColumnOptions(column, kind);
  const generated = option(column, 'generated');
  target.columns.push({
    ...read,
    property,
    kind,
    name: kind === 'object-id' ? '_id' : read.name,
    type: columnTypeOf(option(column, 'type')) ?? defaultType(kind, ''),
    isArray: option(column, 'array') === true,
    isToldAsObject: false,
    source: propertyName(evaluator, place),
  });
  addGenerated(target, property, generated);
  if (isTruthy(option(column, 'unique'))) target.uniques.push({ name: null, columns: [property], namedBy: 'list', source: rangeOf(place) });
  const foreignKey = option(column, 'foreignKey');
  if (hasKind(foreignKey, 'object')) {
    target.foreignKeys.push({ property, target: schemaTarget(evaluator, option(foreignKey, 'target'), place), source: rangeOf(place) });
  }
}

const relationKinds: readonly RelationKind[] = ['one-to-one', 'one-to-many', 'many-to-one', 'many-to-many'];

function readRelation(evaluator: Evaluator, target: TargetArgs, property: string, relation: ObjectValue, place: Place): void {
  const kind = relationKinds.find((name) => name === option(relation, 'type'));
  if (!kind) return;
  const inverse = relation.places.get('inverseSide');
  target.relations.push({
    ...readRelationOptions(relation),
    property,
    kind,
    target: schemaTarget(evaluator, option(relation, 'target'), relation.places.get('target') ?? place),
    inverse: inverseOf(evaluator, option(relation, 'inverseSide'), place),
    lazy: isTruthy(option(relation, 'lazy')),
    tree: option(relation, 'treeParent') === true ? 'parent' : option(relation, 'treeChildren') === true ? 'children' : null,
    source: propertyName(evaluator, place),
    range: rangeOf(place),
    decorator: null,
    inverseSource: inverse ? rangeOf(inverse) : null,
  });
  readJoinColumns(target, property, option(relation, 'joinColumn'));
  const joinTable = option(relation, 'joinTable');
  if (isTruthy(joinTable)) readJoinTable(target, property, joinTable);
}

function readJoinColumns(target: TargetArgs, property: string, joinColumn: Value): void {
  if (!isTruthy(joinColumn)) return;
  const all = hasKind(joinColumn, 'array') ? joinColumn.items : [joinColumn];
  for (const options of all) target.joinColumns.push(readJoinColumn(property, options));
}

/** A relation's target in a schema; another schema is meant by its name. */
function schemaTarget(evaluator: Evaluator, argument: Value, place: Place): TargetRef {
  return targetOf(evaluator, argument, place);
}
