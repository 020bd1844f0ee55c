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
import { withKeys } from './findQuestion';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import { dependsOnTurn } from './loopKey';
import type { Asked, LoopQuestion, Measure } from './loopQuestion';
import { columnOf, conditionKey, conditionsOf, optionsObject, unmappable } from './lookupKey';
import { valueName } from './mapOfNumbers';
import { propertyName } from './objectLiteral';
import { literalText } from './queryBuilder';
import { isToMany } from './relationPath';
import { asCompared, rowKeyOf, type RowKey } from './rowKey';
import { detectStyle, indentAt } from './sourceStyle';
import { movedLines } from './sourceText';
import { lowerFirst } from './words';

const FUNCTIONS: Readonly<Record<string, Measure['what']>> = {
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

export function aggregateQuestion(asked: Asked): LoopQuestion | Declined {
  const { source, loop, call, entity, request } = asked;
  const measure = measureOf(source, call);
  const { what } = measure;
  const where = OF_COLUMN.test(what) ? optionsObject(source, call) : conditionsOf(source, call);
  if (!where) return declined('the conditions are not written out in the call.');
  const options = optionsObject(source, call);
  const others = options && options !== where ? options.properties.filter((each) => propertyName(source, each) !== 'where') : [];
  const [other] = others;
  if (other)
    return declined(
      `the options have more than conditions (${propertyName(source, other) ?? 'a spread'}), which a grouped query would count otherwise.`,
    );
  if (OF_COLUMN.test(what) && !measure.column) return declined('the column is computed.');
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
  const rowKey = rowKeyOf(found);
  const question: LoopQuestion = {
    kind: 'question',
    call,
    key: found.key,
    property: found.property,
    rowKey,
    one: true,
    measure,
    fixed: [
      call.expression.expression,
      ...call.arguments.filter((argument) => argument.pos > where.end || argument.end < where.pos),
      ...where.properties.filter((property) => property.pos > found.condition.end || property.end < found.condition.pos),
    ],
    query: (keys) => groupedQuery(asked, measure, rowKey, withKeys(source, found.condition, keys, where.getStart(source.tree), where.end)),
  };
  return column ? asCompared(question, column, request) : question;
}

/** One query for the numbers of all keys. */
function groupedQuery(asked: Asked, measure: Measure, rowKey: RowKey, conditions: string): string {
  const { source, loop, call, entity } = asked;
  const { what, column } = measure;
  const { indent, quote, newline } = detectStyle(source);
  const alias = lowerFirst(entity.name);
  const expression = what === 'COUNT' ? 'COUNT(*)' : `${what}(${alias}.${column ?? ''})`;
  const entityArgument = call.arguments.length > (column ? 2 : 1) ? `${call.arguments[0]?.getText(source.tree) ?? ''}, ` : '';
  const from = indentAt(source.text, call.getStart(source.tree));
  const to = indentAt(source.text, loop.statement.getStart(source.tree));
  return [
    call.expression.expression.getText(source.tree),
    `.createQueryBuilder(${entityArgument}${quote}${alias}${quote})`,
    `.setFindOptions({ where: ${movedLines(conditions, from, to + indent)} })`,
    ...groupedCalls(asked, { measure, rowKey, alias, expression }),
  ].join(newline + to + indent);
}

/** What makes a query builder ask for one number of each key: `.select(…)` to `.getRawMany<…>()`. */
export function groupedCalls(
  { source, entity, request }: Asked,
  {
    measure: { what },
    rowKey,
    alias,
    expression,
  }: { readonly measure: Measure; readonly rowKey: RowKey; readonly alias: string; readonly expression: string },
): string[] {
  const { quote } = detectStyle(source);
  const quoted = (text: string): string => quote + text + quote;
  const { name, path } = rowKey;
  const key = `${name}: ${rowKey.typeIn(entity.name)}`;
  const value = valueName(what);
  const number = what === 'COUNT' ? 'number | string' : 'number | string | null';
  const grouped = quoted(`${alias}.${path}`);
  return [
    `.select(${grouped}, ${quoted(name)})`,
    ...(what === 'EXISTS' ? [] : [`.addSelect(${quoted(expression)}, ${quoted(value)})`]),
    `.groupBy(${grouped})`,
    // An order that the entity says for all of its queries names columns that a group has not.
    ...(request.isOrdered ? [`.orderBy(${grouped})`] : []),
    `.getRawMany<${what === 'EXISTS' ? `{ ${key} }` : `{ ${key}; ${value}: ${number} }`}>()`,
  ];
}

function measureOf(source: Asked['source'], call: MethodCall): Measure {
  const what = FUNCTIONS[call.expression.name.text] ?? 'COUNT';
  return { what, column: OF_COLUMN.test(what) ? columnName(source, call) : null };
}

/** `rating` of `sum('rating', …)`; null for counts. */
function columnName(source: Asked['source'], call: MethodCall): string | null {
  const name = literalText(source, call.arguments.at(-2));
  return name !== null && /^\w+$/.test(name) ? name : null;
}

/** Raw rows hold what the driver gives: only plain numbers and texts are then what an entity's property holds. */
export function whyNotGrouped(entity: Entity, property: string, column: Column | undefined): string | null {
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
