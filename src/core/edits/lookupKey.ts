/**
 * The one condition by which lookups of a loop differ: `id: order.userId` in `users.findOneBy({ id: order.userId, active: true })`, and the
 * column that tells the rows apart again once all keys are asked for together.
 */
import type ts from 'typescript';
import type { Column, Entity, RelationGraph } from '../model/relationGraph';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { readKey, type LoopKey } from './loopKey';
import type { Loop } from './loops';
import { findProperty, propertyName } from './objectLiteral';
import { unwrap, type SourceText } from './sourceText';

export interface ConditionKey {
  readonly kind: 'key';
  readonly condition: ts.ObjectLiteralElementLike;
  readonly key: LoopKey;
  readonly property: string;
}

export function conditionKey(
  source: SourceText,
  loop: Loop,
  condition: ts.ObjectLiteralElementLike,
  entity: Entity,
  graph: RelationGraph,
  elementEntity: string | null,
): ConditionKey | Declined {
  const { typescript } = source;
  const name = propertyName(source, condition);
  const value = valueOf(source, condition);
  if (!name || !value) return declined('the lookup’s conditions are computed.');
  const relation = entity.relations.find(({ property }) => property === name);
  if (!relation) {
    const key = readKey(source, loop, value, graph, elementEntity);
    return key ? { kind: 'key', condition, key, property: name } : declined('the key of the lookup is not a plain value of the loop’s element.');
  }
  // `post: { id: post.id }`: the foreign key's own property tells the rows apart.
  const inner = unwrap(source, value);
  const [only] = typescript.isObjectLiteralExpression(inner) ? inner.properties : [];
  const innerValue = only && valueOf(source, only);
  const foreign =
    relation.joinColumns.length === 1 ? entity.columns.find((c) => c.column === relation.joinColumns[0]?.column && c.relation === null) : undefined;
  if (!typescript.isObjectLiteralExpression(inner) || inner.properties.length !== 1 || !only || !innerValue)
    return declined(`the condition on ${name} is more than its key.`);
  if (!foreign) return declined(`${entity.name} has no property for the foreign key of ${name}, by which the rows could be told apart.`);
  const key = readKey(source, loop, innerValue, graph, elementEntity);
  return key
    ? { kind: 'key', condition: only, key, property: foreign.property }
    : declined('the key of the lookup is not a plain value of the loop’s element.');
}

export function valueOf({ typescript }: SourceText, property: ts.ObjectLiteralElementLike): ts.Expression | null {
  if (typescript.isPropertyAssignment(property)) return property.initializer;
  return typescript.isShorthandPropertyAssignment(property) ? property.name : null;
}

/** `findOneBy(where)`, `findOne({ where })`. */
export function conditionsOf(source: SourceText, call: MethodCall): ts.ObjectLiteralExpression | null {
  const { typescript } = source;
  const options = optionsObject(source, call);
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

export function isUnique(entity: Entity, column: Column): boolean {
  const keys = entity.columns.filter(({ primary }) => primary);
  return column.unique || (column.primary && keys.length === 1);
}

/**
 * Why rows cannot be found again by a column's values in a Map; null where they can.
 *
 * @param isForeignKey whether the keys are read off rows: then they are what the database holds, in its own spelling and type
 */
export function unmappable(column: Column, driver: string | null, isForeignKey: boolean): string | null {
  const type = column.type ?? '';
  if (/date|time|blob|binary|bytea|json/i.test(type)) return `a Map does not find ${type || 'such'} values again.`;
  if (isForeignKey) return null;
  if (/bigint|int8|decimal|numeric/i.test(type)) return `${column.property} (${type}) is a string in the rows, and the keys may be numbers.`;
  const ignoresCase = /mysql|mariadb|mssql/.test(driver ?? '') && /char|text|string/i.test(type);
  return ignoresCase || /citext/i.test(type) ? `the database may compare ${column.property} regardless of case, which a Map does not.` : null;
}
