/**
 * The one condition by which lookups of a loop differ: `id: order.userId` in `users.findOneBy({ id: order.userId, active: true })`, and the
 * column that tells the rows apart again once all keys are asked for together.
 */
import type ts from 'typescript';
import type { Column, Entity, Relation } from '../model/relationGraph';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { readKey, type LoopKey } from './loopKey';
import type { BatchRequest, LoopQuestion } from './loopQuestion';
import type { Loop } from './loops';
import { findProperty, propertyName } from './objectLiteral';
import { isToMany } from './relationPath';
import { unwrap, type SourceText } from './sourceText';

export interface ConditionKey {
  readonly kind: 'key';
  readonly condition: ts.ObjectLiteralElementLike;
  readonly key: LoopKey;
  readonly property: string;
  /** The relation whose key it is, where no property of the entity has the foreign key. */
  readonly through: Through | null;
}

export interface Through {
  readonly relation: Relation;
  /** Property of the related entity that the foreign key refers to. */
  readonly key: string;
  /** Whether the relation's property may be null or undefined by its type. */
  readonly mayBeMissing: boolean;
}

export function conditionKey(
  source: SourceText,
  loop: Loop,
  condition: ts.ObjectLiteralElementLike,
  entity: Entity,
  request: BatchRequest,
): ConditionKey | Declined {
  const { typescript } = source;
  const { graph, elementEntity } = request;
  const name = propertyName(source, condition);
  const value = valueOf(source, condition);
  if (!name || !value) return declined('the lookup’s conditions are computed.');
  const relation = entity.relations.find(({ property }) => property === name);
  if (!relation) {
    const key = readKey(source, loop, value, graph, elementEntity);
    return key
      ? { kind: 'key', condition, key, property: name, through: null }
      : declined('the key of the lookup is not a plain value of the loop’s element.');
  }
  if (isToMany(relation))
    return declined(
      `${entity.name}.${name} has many rows, of which the lookup's own do not tell which one they were found by: load the relation with the rows that the loop runs over.`,
    );
  // `post: { id: post.id }`: the foreign key's own property tells the rows apart.
  const inner = unwrap(source, value);
  const [only] = typescript.isObjectLiteralExpression(inner) ? inner.properties : [];
  const innerValue = only && valueOf(source, only);
  const foreign =
    relation.joinColumns.length === 1 ? entity.columns.find((c) => c.column === relation.joinColumns[0]?.column && c.relation === null) : undefined;
  if (!typescript.isObjectLiteralExpression(inner) || inner.properties.length !== 1 || !only || !innerValue)
    return declined(`the condition on ${name} is more than its key.`);
  const through = foreign ? null : throughRelation(relation, propertyName(source, only), request);
  if (!foreign && !through) return declined(`${entity.name} has no property for the foreign key of ${name}, by which the rows could be told apart.`);
  const key = readKey(source, loop, innerValue, graph, elementEntity);
  return key
    ? { kind: 'key', condition: only, key, property: foreign?.property ?? `${name}.${through?.key ?? ''}`, through }
    : declined('the key of the lookup is not a plain value of the loop’s element.');
}

/** Where the condition is on what the foreign key refers to: the related row's own value is the same. */
function throughRelation(relation: Relation, property: string | null, { graph, declarationOf }: BatchRequest): Through | null {
  const [join, ...more] = relation.joinColumns;
  const target = graph.entities.find(({ id }) => id === relation.targetId);
  const referred = target?.columns.find(({ column }) => column === join?.references);
  const isKey =
    relation.owner && relation.kind !== 'many-to-many' && more.length === 0 && referred?.relation === null && referred.property === property;
  if (!isKey || /\./.test(relation.property + property)) return null;
  const declared = declarationOf?.({ source: relation.range }) ?? 'null';
  return { relation, key: property, mayBeMissing: /\b(null|undefined)\b|[\w$]\?\s*:/.test(declared) };
}

export function valueOf({ typescript }: SourceText, property: ts.ObjectLiteralElementLike): ts.Expression | null {
  if (typescript.isPropertyAssignment(property)) return property.initializer;
  return typescript.isShorthandPropertyAssignment(property) ? property.name : null;
}

/** `findOneBy(where)`, `findOne({ where })`. */
export function conditionsOf(
  source: SourceText,
  call: MethodCall,
  options: ts.ObjectLiteralExpression | null = optionsObject(source, call),
): ts.ObjectLiteralExpression | null {
  const { typescript } = source;
  if (!options || !/By(OrFail)?$/.test(call.expression.name.text)) {
    const where = options && findProperty(source, options, 'where');
    const value = where && typescript.isPropertyAssignment(where) ? unwrap(source, where.initializer) : undefined;
    return value && typescript.isObjectLiteralExpression(value) && isPlain(source, value) ? value : null;
  }
  return isPlain(source, options) ? options : null;
}

export function optionsObject({ typescript }: SourceText, call: MethodCall): ts.ObjectLiteralExpression | null {
  const last = call.arguments.at(-1);
  return last && typescript.isObjectLiteralExpression(last) ? last : null;
}

function isPlain({ typescript }: SourceText, object: ts.ObjectLiteralExpression): boolean {
  return object.properties.every((property) => typescript.isPropertyAssignment(property) || typescript.isShorthandPropertyAssignment(property));
}

export function columnOf(entity: Entity, property: string): Column | undefined {
  return entity.columns.find((column) => column.property === property);
}

/** @param fixed properties that the conditions compare with one value besides */
export function isUnique(entity: Entity, column: Column, fixed: readonly string[] = []): boolean {
  if (
    entity.relations.some(
      ({ kind, owner, joinColumns }) => kind === 'one-to-one' && owner && joinColumns.length === 1 && joinColumns[0]?.column === column.column,
    )
  )
    return true;
  const columns = entity.columns.filter((each) => each === column || fixed.includes(each.property)).map((each) => each.column);
  const primary = entity.columns.filter((each) => each.primary).map((each) => each.column);
  const together = [primary, ...entity.uniques, ...entity.indices.filter(({ unique }) => unique).map((index) => index.columns)];
  return column.unique || together.some((each) => each.length > 0 && each.includes(column.column) && each.every((name) => columns.includes(name)));
}

/**
 * Why rows cannot be found again by a column's values in a Map; null where they can. A database compares `'4'` with 4 and, by its collation, `'A'`
 * with `'a'`; a Map compares what stands in the rows with what the loop asks for, as both are at run time.
 */
export function unmappable(column: Column, { key, request }: { readonly key: LoopKey; readonly request: BatchRequest }): string | null {
  const type = column.type ?? '';
  const { property } = column;
  if (/date|time|blob|binary|bytea|json/i.test(type)) return `a Map does not find ${type || 'such'} values again.`;
  const declared = request.declarationOf?.(column) ?? '';
  if (/\btransformer\b/.test(declared)) return `${property} has a transformer, so its value in the rows may be another than the one asked for.`;
  if (/\bcollation\b/.test(declared)) return `${property} is compared by its collation, which a Map does not know.`;
  if (key.isCast) return 'the key is cast from another type, and a Map compares it as it is at run time.';
  const { origin, from } = columnOfKey(key, request);
  if (from && !isSameKind(from, column))
    return `${origin?.name ?? ''}.${from.property} and ${property} have different types, which a Map would tell apart.`;
  if (request.keyTypes?.includes('string') && isNumber(column))
    return `the loop asked with texts ('4'), and ${property} is a number in the rows: turn the keys into numbers first.`;
  if (request.keyTypes?.includes('uuid spelt otherwise') && isPostgresUuid(column, request))
    return `the loop asked with uuids in braces or with other hyphens, and ${property} is spelt in the one way of the database in the rows: spell the keys that way first.`;
  if (!from && isBig(column) && /sqlite|sqljs/.test(request.driver ?? ''))
    return `SQLite's drivers round large numbers, and ${property} (${type}) may be another one in the rows than the one asked for.`;
  if (!from && /decimal|numeric/i.test(type)) return `${property} (${type}) is a string in the rows, and the keys may be numbers.`;
  const isPadded = /^(n?char|character|bpchar)$/i.test(type) && !/sqlite|sqljs/.test(request.driver ?? '');
  if (isPadded && !isKey(origin, from))
    return `the database may fill ${property} (${type}) up with spaces, and a Map would not find it without them.`;
  const ignoresCase =
    /citext/i.test(type) || (/mysql|mariadb|mssql/.test(request.driver ?? '') && /char|text|string|uuid|uniqueidentifier/i.test(type));
  return ignoresCase && !isKey(origin, from) ? `the database may compare ${property} regardless of case, which a Map does not.` : null;
}

/** Whether rows and keys may spell the same large number differently: `'7'` and 7. */
export function isSpeltTwoWays(column: Column, { key, request }: { readonly key: LoopKey; readonly request: BatchRequest }): boolean {
  return !columnOfKey(key, request).from && isBig(column);
}

/** PostgreSQL finds a uuid by its upper-case spelling too, and gives it in lower case: keys that come from elsewhere than a row may be spelt so. */
export function isSpeltInLowerCase(column: Column, { key, request }: { readonly key: LoopKey; readonly request: BatchRequest }): boolean {
  if (!isPostgresUuid(column, request) || /\.toLowerCase\(\)$/.test(key.inLoop)) return false;
  const { origin, from } = columnOfKey(key, request);
  return from?.type !== column.type && !isKey(origin, from);
}

function isPostgresUuid({ type }: Column, { driver }: BatchRequest): boolean {
  return /^uuid$/i.test(type ?? '') && /postgres|cockroach/.test(driver ?? '');
}

/** The column of the loop's elements that the key is read from; undefined where they are no rows, or it is made otherwise. */
export function columnOfKey(
  { ofElement }: Pick<LoopKey, 'ofElement'>,
  { graph, elementEntity }: Pick<BatchRequest, 'graph' | 'elementEntity'>,
): { readonly origin: Entity | undefined; readonly from: Column | undefined } {
  const origin = graph.entities.find(({ name }) => name === elementEntity);
  return { origin, from: origin?.columns.find(({ property }) => property === ofElement.split('.').slice(1).join('.')) };
}

function isBig({ type }: Pick<Column, 'type'>): boolean {
  return /^(bigint|int8)/i.test(type ?? '');
}

/** Whether the property's value is one that cannot be changed in its place: a text or a number, no list, no date, nothing that a transformer makes. */
function isPlainColumn({ columns }: Entity, property: string, { declarationOf }: BatchRequest): boolean {
  const column = columns.find((each) => each.property === property && each.relation === null);
  const isPlainType = /^(number|string|boolean|bool|\w*int\w*|\w*serial|\w*char\w*|\w*text|uuid|decimal|numeric|float\w*|double\b.*|real|enum)$/i;
  return !!column && isPlainType.test(column.type ?? '') && !/\barray\b|\[\]|\bArray<|\btransformer\b/.test(declarationOf?.(column) ?? '');
}

/** Which properties of what is found are such plain values. */
export function plainValues(entity: Entity, { raw }: Pick<LoopQuestion, 'raw'>, request: BatchRequest): (property: string) => boolean {
  return raw ? raw.isPlain : (property) => isPlainColumn(entity, property, request);
}

/** Written by the database or copied from what it holds: in its own spelling. */
function isKey(entity: Entity | undefined, column: Column | undefined): boolean {
  if (!column) return false;
  return column.primary || !!entity?.relations.some(({ joinColumns }) => joinColumns.some((join) => join.column === column.column));
}

const NUMBERS = /^(number|int|integer|int2|int4|smallint|tinyint|mediumint|serial|float|double|real)/i;
const BIG_NUMBERS = /^(bigint|int8|decimal|numeric)/i;

function isNumber({ type }: Column): boolean {
  return NUMBERS.test(type ?? '');
}

/** Whether the values of two columns are of one type in JavaScript; what is not known may be. */
function isSameKind(a: Column, b: Column): boolean {
  const kind = ({ type }: Column): string | null => (type === null ? null : NUMBERS.test(type) ? 'number' : BIG_NUMBERS.test(type) ? 'big' : 'other');
  const [first, second] = [kind(a), kind(b)];
  return first === null || second === null || first === second;
}
