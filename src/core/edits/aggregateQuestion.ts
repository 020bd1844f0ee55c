/**
 * `reviews.countBy({ bookId: book.id })` in a loop → one grouped query before it:
 *
 *     const reviewCounts = await reviews.createQueryBuilder('review').setFindOptions({ where: { bookId: In(…) } })
 *       .select('review.bookId', 'bookId').addSelect('COUNT(*)', 'count').groupBy('review.bookId').getRawMany<…>();
 *     const reviewCountByBookId = new Map(reviewCounts.map((row) => [row.bookId, Number(row.count)]));
 *
 * `setFindOptions` is what count() and sum() themselves call (EntityManager), so the conditions mean the same. A key without rows has no group:
 * its count is 0, its sum is null, as those methods say.
 */
import type { Column, Entity } from '../model/relationGraph';
import { ensureImports } from './decoratorEdits';
import { entityTypeImport } from './entityType';
import { withKeys } from './findQuestion';
import type { MethodCall } from './findCall';
import { declined, type ChangeResult, type Declined } from './loadRelations';
import { dependsOnTurn } from './loopKey';
import { keysOfNest, loopsTogether } from './loopNest';
import { placeBefore } from './loopPlace';
import type { Asked, LoopQuestion } from './loopQuestion';
import { columnOf, conditionKey, conditionsOf, optionsObject, unmappable } from './lookupKey';
import { putInPlace } from './mapOfRows';
import { propertyName } from './objectLiteral';
import { literalText } from './queryBuilder';
import { isToMany } from './relationPath';
import { asCompared, rowKeyOf } from './rowKey';
import { detectStyle } from './sourceStyle';
import { freshName, lowerFirst, plural, titleCase, upperFirst } from './words';

const FUNCTIONS: Readonly<Record<string, string>> = {
  count: 'COUNT',
  countBy: 'COUNT',
  exist: 'EXISTS',
  exists: 'EXISTS',
  existsBy: 'EXISTS',
  sum: 'SUM',
  average: 'AVG',
  minimum: 'MIN',
  maximum: 'MAX',
};
export const AGGREGATES: readonly string[] = Object.keys(FUNCTIONS);

const OF_COLUMN = /^(SUM|AVG|MIN|MAX)$/;

export function isAggregate(call: MethodCall): boolean {
  return call.expression.name.text in FUNCTIONS;
}

export function aggregateQuestion({ source, loop, call, entity, request }: Asked): LoopQuestion | Declined {
  const what = functionOf(call);
  const where = OF_COLUMN.test(what) ? optionsObject(source, call) : conditionsOf(source, call);
  if (!where) return declined('the conditions are not written out in the call.');
  const options = optionsObject(source, call);
  const others = options && options !== where ? options.properties.filter((each) => propertyName(source, each) !== 'where') : [];
  const [other] = others;
  if (other)
    return declined(
      `the options have more than conditions (${propertyName(source, other) ?? 'a spread'}), which a grouped query would count otherwise.`,
    );
  if (OF_COLUMN.test(what) && !columnName(source, call)) return declined('the column is computed.');
  const varying = where.properties.filter((property) => dependsOnTurn(source, loop, property));
  const [condition] = varying;
  if (!condition || varying.length > 1) return declined('the conditions hold more than one value of the loop’s element.');
  const found = conditionKey(source, loop, condition, entity, request);
  if (found.kind === 'declined') return found;
  const column = columnOf(entity, found.property);
  const reason =
    whyNotGrouped(entity, found.property, column) ??
    (column ? unmappable(column, { key: found.key, request }) : null) ??
    whyJoined(
      entity,
      where.properties.flatMap((each) => propertyName(source, each) ?? []),
    );
  if (reason) return declined(reason);
  const question: LoopQuestion = {
    kind: 'question',
    call,
    key: found.key,
    property: found.property,
    rowKey: rowKeyOf(found),
    one: true,
    fixed: [
      call.expression.expression,
      ...call.arguments.filter((argument) => argument.pos > where.end || argument.end < where.pos),
      ...where.properties.filter((property) => property.pos > found.condition.end || property.end < found.condition.pos),
    ],
    query: (keys) => withKeys(source, found.condition, keys, where.getStart(source.tree), where.end),
  };
  return column ? asCompared(question, column, request) : question;
}

/** One grouped query, its numbers in a Map (the keys that have rows in a Set), and the call's place taken by a read from it. */
export function mapOfNumbers({ source, loop, call, entity, request }: Asked, question: LoopQuestion): ChangeResult {
  const { rowKey, key } = question;
  const style = detectStyle(source);
  const type = entityTypeImport(source, entity);
  if (type === null) return declined(`the type ${entity.name} is not known in this file, and the keys need it.`);
  const what = functionOf(call);
  const nest = loopsTogether(source, loop, question);
  const place = placeBefore(source, nest[0], nest.length === 1 ? request.elementEntity : null);
  const alias = lowerFirst(entity.name);
  const column = columnName(source, call);
  const value = what === 'COUNT' ? 'count' : what.toLowerCase();
  const measured = column ? `${column}${upperFirst(value)}` : `${alias}${upperFirst(value)}`;
  const rows = freshName(source, what === 'EXISTS' ? `${alias}Keys` : plural(measured), [place.list], nest[0].statement);
  const found = freshName(
    source,
    what === 'EXISTS' ? `${plural(rowKey.name)}With${entity.name}` : `${measured}By${titleCase(rowKey.name)}`,
    [place.list, rows],
    nest[0].statement,
  );
  const quoted = (text: string): string => style.quote + text + style.quote;
  const keyType = rowKey.typeIn(entity.name);
  const { name } = rowKey;
  const numberType = what === 'COUNT' ? 'number | string' : 'number | string | null';
  const rowType = what === 'EXISTS' ? `{ ${name}: ${keyType} }` : `{ ${name}: ${keyType}; ${value}: ${numberType} }`;
  const expression = what === 'COUNT' ? 'COUNT(*)' : `${what}(${alias}.${column ?? ''})`;
  const end = style.semicolons ? ';' : '';
  const entityArgument = call.arguments.length > (OF_COLUMN.test(what) ? 2 : 1) ? `${call.arguments[0]?.getText(source.tree) ?? ''}, ` : '';
  const chain = [
    `.createQueryBuilder(${entityArgument}${quoted(alias)})`,
    `.setFindOptions({ where: ${question.query(keysOfNest(source, nest, place.list, key))} })`,
    `.select(${quoted(`${alias}.${rowKey.path}`)}, ${quoted(name)})`,
    ...(what === 'EXISTS' ? [] : [`.addSelect(${quoted(expression)}, ${quoted(value)})`]),
    `.groupBy(${quoted(`${alias}.${rowKey.path}`)})`,
    `.getRawMany<${rowType}>()`,
  ];
  const lines = [
    `const ${rows} = await ${call.expression.expression.getText(source.tree)}`,
    ...chain.map((each, i) => style.indent + each + (i === chain.length - 1 ? end : '')),
    what === 'EXISTS'
      ? `const ${found} = new Set(${rows}.map((row) => row.${name}))${end}`
      : `const ${found} = new Map(${rows}.map((row) => [row.${name}, ${numberOf(value, what)}]))${end}`,
  ];
  const read = what === 'EXISTS' ? `${found}.has(${key.inLoop})` : `${found}.get(${key.inLoop}) ?? ${what === 'COUNT' ? '0' : 'null'}`;
  return {
    kind: 'changes',
    changes: [...ensureImports(source, ['In'], 'typeorm'), ...type, ...place.insert(lines), ...putInPlace(source, call, read)],
  };
}

/** Databases give numbers that may be large as strings; a group whose values are all NULL sums to NULL. */
function numberOf(value: string, what: string): string {
  return what === 'COUNT' ? `Number(row.${value})` : `row.${value} === null ? null : Number(row.${value})`;
}

function functionOf(call: MethodCall): string {
  return FUNCTIONS[call.expression.name.text] ?? '';
}

/** `rating` of `sum('rating', …)`; null for counts. */
function columnName(source: Asked['source'], call: MethodCall): string | null {
  if (!OF_COLUMN.test(functionOf(call))) return null;
  const name = literalText(source, call.arguments.at(-2));
  return name !== null && /^\w+$/.test(name) ? name : null;
}

/** Raw rows hold what the driver gives: only plain numbers and texts are then what an entity's property holds. */
function whyNotGrouped(entity: Entity, property: string, column: Column | undefined): string | null {
  if (!column) return `${entity.name}.${property} is no column to group by.`;
  return /^(number|string|int|integer|int2|int4|smallint|mediumint|serial|varchar|nvarchar|char|text|uuid|uniqueidentifier|character varying)$/i.test(
    column.type ?? '',
  )
    ? null
    : `${property} (${column.type ?? 'of unknown type'}) may come back otherwise in a grouped query than in an entity.`;
}

/** A condition on a collection, and eager relations, would join rows that are then counted. */
function whyJoined(entity: Entity, conditions: readonly string[]): string | null {
  const joined = entity.relations.find((relation) => relation.eager || (isToMany(relation) && conditions.includes(relation.property)));
  return joined ? `${entity.name}.${joined.property} would be joined, and its rows counted.` : null;
}
