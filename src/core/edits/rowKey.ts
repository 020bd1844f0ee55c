/**
 * How the rows of one query for all keys tell which key each was found by: by a column of their own, or, where no property has the foreign key,
 * by the key of the related row, which is then loaded with them:
 *
 *     bookings.find({ where: { account: { iban: account.iban } } })
 *     bookings.find({ where: { account: { iban: In(…) } }, relations: { account: true } })      booking.account.iban
 *
 * What is loaded besides stands in the rows as one property more, so it is declined where a row is seen whole.
 */
import type ts from 'typescript';
import type { Column } from '../model/relationGraph';
import { declined, type Declined } from './loadRelations';
import { columnOf, isSpeltInLowerCase, isSpeltTwoWays, type ConditionKey, type Through } from './lookupKey';
import type { LoopKey } from './loopKey';
import type { Asked, BatchRequest } from './loopQuestion';
import { appendProperties, findProperty } from './objectLiteral';
import { growingKey, uniqueProperties } from './rowOrder';
import { seenWhole } from './rowUse';
import { detectStyle } from './sourceStyle';
import { unwrap, type Change } from './sourceText';
import { titleCase } from './words';

export interface RowKey {
  /** One word for it: `bookId`, `accountIban`. */
  readonly name: string;
  /** In a query builder, behind the alias: a relation stands for its foreign key. */
  readonly path: string;
  /** Whether it is behind a lazy relation. */
  readonly isPromised: boolean;
  readonly of: (row: string) => string;
  /** Its type, by the name of the entity's. */
  readonly typeIn: (entity: string) => string;
}

export interface KeyInRows {
  readonly kind: 'in-rows';
  /** Within the lookup's own text: what it has to load besides. */
  readonly changes: readonly Change[];
}

export function rowKeyOf({ property, through }: Pick<ConditionKey, 'property' | 'through'>): RowKey {
  if (!through)
    return {
      name: property,
      path: property,
      isPromised: false,
      of: (row) => `${row}.${property}`,
      typeIn: (entity) => `${entity}['${property}']`,
    };
  const { relation, key, mayBeMissing } = through;
  const held = (entity: string): string => `${entity}['${relation.property}']`;
  const certain = (type: string): string => (mayBeMissing ? `NonNullable<${type}>` : type);
  return {
    name: `${relation.property}${titleCase(key)}`,
    path: relation.property,
    isPromised: relation.lazy,
    of: (row) => `${relation.lazy ? `(await ${row}.${relation.property})` : `${row}.${relation.property}`}${mayBeMissing ? '!' : ''}.${key}`,
    typeIn: (entity) => `${certain(relation.lazy ? `Awaited<${held(entity)}>` : held(entity))}['${key}']`,
  };
}

/** The question with its keys spelt as the database compares them: in the Map, they are compared as they are spelt. */
export function asCompared<Question extends Compared>(question: Question, column: Column, request: BatchRequest): Question {
  const asked = { key: question.key, request };
  if (isSpeltTwoWays(column, asked)) return comparedAs(question, /postgres|cockroach/.test(request.driver ?? '') ? 'BigInt' : 'String');
  if (!isSpeltInLowerCase(column, asked)) return question;
  const { inLoop } = question.key;
  const isPlain = /^[\w$.?!]+$/.test(inLoop);
  return { ...question, key: { ...question.key, inLoop: `${isPlain ? inLoop : `(${inLoop})`}.toLowerCase()` } };
}

interface Compared {
  readonly key: LoopKey;
  readonly rowKey: RowKey;
}

/**
 * Drivers give large numbers as texts or as numbers, and the loop may ask with either. PostgreSQL refuses what is no number and finds `'07'` as well, so there
 * both are compared as numbers; elsewhere as texts.
 */
function comparedAs<Question extends Compared>(question: Question, kind: 'BigInt' | 'String'): Question {
  const { key, rowKey } = question;
  return {
    ...question,
    key: { ...key, inLoop: `${kind}(${key.inLoop})` },
    rowKey: { ...rowKey, of: (row: string) => `${kind}(${rowKey.of(row)})`, typeIn: () => (kind === 'BigInt' ? 'bigint' : 'string') },
  };
}

/** What the lookup must load so that its rows tell their key. @param where its conditions, as they are written */
export function keyInRows(
  { source, call, entity, request }: Asked,
  { property, through }: ConditionKey,
  where: ts.ObjectLiteralExpression,
  options: ts.ObjectLiteralExpression | null,
): KeyInRows | Declined {
  const one = call.expression.name.text.startsWith('findOne');
  const isBy = /By(OrFail)?$/.test(call.expression.name.text);
  const select = options && !isBy ? findProperty(source, options, 'select') : undefined;
  const named = through?.relation.property ?? property;
  const isSelected = !select || new RegExp(`\\b${named}\\b`).test(select.getText(source.tree));
  if (!select && isHidden(through ? undefined : columnOf(entity, property), request))
    return declined(`the rows leave out ${property} unless it is selected (select: false), by which they are told apart. Select it too.`);
  if (!through && isSelected) return { kind: 'in-rows', changes: [] };
  const seen = seenWhole(source, call, one, named);
  if (seen)
    return declined(
      through
        ? `${entity.name} has no property for the foreign key of ${named}, and ${seen.what} is seen whole in line ${seen.line}, where a loaded ${named} would show. Declare the foreign key as a column.`
        : `the lookup’s select leaves out ${property}, by which the rows are told apart, and ${seen.what} is seen whole in line ${seen.line}. Select it too.`,
    );
  const selected = isSelected ? [] : alsoSelected({ source, select }, through ? [named, through.key] : [named]);
  const loaded = through ? alsoLoaded({ source, call, entity }, through, where, isBy ? null : options, one) : [];
  if (!selected) return declined(`the lookup’s select leaves out ${named}, by which the rows are told apart. Select it too.`);
  return Array.isArray(loaded) ? { kind: 'in-rows', changes: [...selected, ...(loaded as Change[])] } : (loaded as Declined);
}

/** Whether the column says `select: false`. */
export function isHidden(column: Column | undefined, { declarationOf }: Pick<BatchRequest, 'declarationOf'>): boolean {
  return !!column && /\bselect:\s*false\b/.test(declarationOf?.(column) ?? '');
}

/** The relation, and the order that the rows had: the join that the condition makes may be walked from the other side once there are many keys. */
function alsoLoaded(
  { source, call, entity }: Pick<Asked, 'source' | 'call' | 'entity'>,
  { relation }: Through,
  where: ts.ObjectLiteralExpression,
  options: ts.ObjectLiteralExpression | null,
  one: boolean,
): Change[] | Declined {
  const style = detectStyle(source);
  const { typescript } = source;
  const space = style.braceSpace;
  const written = `relations: {${space}${relation.property}: true${space}}`;
  const order = one ? null : orderBesides({ source, entity }, options);
  if (typeof order === 'string') return declined(order);
  if (!options) {
    const properties = [written, ...(order?.property ? [order.property] : [])].join(', ');
    const { name } = call.expression;
    const renamed: Change = { start: name.getStart(source.tree), end: name.end, newText: 'find' };
    return [
      renamed,
      { start: where.getStart(source.tree), end: where.getStart(source.tree), newText: `{${space}where: ` },
      { start: where.end, end: where.end, newText: `, ${properties}${space}}` },
    ];
  }
  const present = findProperty(source, options, 'relations');
  const value = present && typescript.isPropertyAssignment(present) ? unwrap(source, present.initializer) : undefined;
  if (present && !value) return declined(`the lookup’s relations are computed, and its rows are told apart by ${relation.property}.`);
  const added = [...(present ? [] : [written]), ...(order?.property ? [order.property] : [])];
  const changes = [...(added.length > 0 ? appendProperties(source, style, options, added) : []), ...(order?.changes ?? [])];
  if (!value) return changes;
  if (typescript.isArrayLiteralExpression(value)) {
    const last = value.elements.at(-1);
    const at = last?.end ?? value.getStart(source.tree) + 1;
    const isThere = value.elements.some((each) => typescript.isStringLiteralLike(each) && each.text === relation.property);
    return isThere ? changes : [...changes, { start: at, end: at, newText: `${last ? ', ' : ''}${style.quote}${relation.property}${style.quote}` }];
  }
  if (!typescript.isObjectLiteralExpression(value))
    return declined(`the lookup’s relations are computed, and its rows are told apart by ${relation.property}.`);
  return findProperty(source, value, relation.property)
    ? changes
    : [...changes, ...appendProperties(source, style, value, [`${relation.property}: true`])];
}

interface Ordered {
  readonly property: string | null;
  readonly changes: readonly Change[];
}

/** The order of a list of rows, made certain by a key that grows with them; a reason where there is none. */
function orderBesides({ source, entity }: Pick<Asked, 'source' | 'entity'>, options: ts.ObjectLiteralExpression | null): Ordered | string {
  const style = detectStyle(source);
  const order = options && findProperty(source, options, 'order');
  const value = order && source.typescript.isPropertyAssignment(order) ? unwrap(source, order.initializer) : undefined;
  const object = value && source.typescript.isObjectLiteralExpression(value) ? value : null;
  if (order && !object) return 'the lookup’s order is computed, and the rows of all keys need one.';
  if (object && uniqueProperties(entity).some((property) => findProperty(source, object, property))) return { property: null, changes: [] };
  const key = growingKey(entity);
  if (key === null)
    return `the rows of ${entity.name} have no order of their own, and no key that grows with them; say an order that is certain first.`;
  const by = `${key}: ${style.quote}ASC${style.quote}`;
  if (object) return { property: null, changes: appendProperties(source, style, object, [by]) };
  return { property: `order: {${style.braceSpace}${by}${style.braceSpace}}`, changes: [] };
}

/** The key among the selected columns; null where those are computed. */
function alsoSelected(
  { source, select }: { readonly source: Asked['source']; readonly select: ts.ObjectLiteralElementLike | undefined },
  [property, behind]: readonly string[],
): Change[] | null {
  const { typescript } = source;
  const style = detectStyle(source);
  const value = select && typescript.isPropertyAssignment(select) ? unwrap(source, select.initializer) : undefined;
  if (!value) return null;
  if (typescript.isObjectLiteralExpression(value)) {
    const space = style.braceSpace;
    return appendProperties(source, style, value, [behind ? `${property ?? ''}: {${space}${behind}: true${space}}` : `${property ?? ''}: true`]);
  }
  const last = typescript.isArrayLiteralExpression(value) ? value.elements.at(-1) : undefined;
  return last && !behind ? [{ start: last.end, end: last.end, newText: `, ${style.quote}${property ?? ''}${style.quote}` }] : null;
}
