/**
 * `repo.createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).getCount()` in a loop → the same builder, grouped by the key:
 *
 *     repo.createQueryBuilder('r').where({ bookId: In(…) })
 *       .select('r.bookId', 'bookId').addSelect('COUNT(*)', 'count').groupBy('r.bookId').getRawMany<…>();
 *
 * `getCount()` counts different rows, however often joins repeat them (SelectQueryBuilder.executeCountQuery): so does the grouped query.
 */
import { groupedCalls, whyNotGrouped } from './aggregateQuestion';
import { builderKey, fixedOfBuilder, type BuilderKey } from './builderKey';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import type { Asked, LoopQuestion, Measure } from './loopQuestion';
import { asCompared, rowKeyOf, type RowKey } from './rowKey';
import { detectStyle, indentAt } from './sourceStyle';
import { changedText, movedLines, type Change, type SourceText } from './sourceText';

const MEASURES: Readonly<Record<string, Measure['what']>> = { getCount: 'COUNT', getExists: 'EXISTS' };

export const BUILDER_NUMBERS: readonly string[] = Object.keys(MEASURES);

export function isBuilderNumber(call: MethodCall): boolean {
  return call.expression.name.text in MEASURES;
}

export function builderNumber(asked: Asked): LoopQuestion | Declined {
  const { call, entity, request } = asked;
  const name = call.expression.name.text;
  const found = builderKey(asked, /^(getCount|getExists)$/);
  if (found.kind === 'declined') return found;
  const { property, column, builder } = found;
  const measure: Measure = { what: MEASURES[name] ?? 'COUNT', column: null };
  const counted = builder.calls.some(({ expression }) => /Join/.test(expression.name.text)) ? ownKey(asked, builder.alias) : 'COUNT(*)';
  if (counted === null)
    return declined(`the query builder joins other tables, and rows of ${entity.name} have a key of several columns, which SQL does not count.`);
  const reason = whyNotGrouped(entity, property, column);
  if (reason) return declined(reason);
  const rowKey = rowKeyOf({ property, through: null });
  const question: LoopQuestion = {
    kind: 'question',
    call,
    key: found.key,
    property,
    rowKey,
    one: true,
    measure,
    fixed: fixedOfBuilder(found),
    query: (keys) => groupedText(asked, found, { measure, rowKey, counted }, keys),
  };
  return asCompared(question, column, request);
}

/** `COUNT(DISTINCT r.id)`; null where the key has several columns. */
function ownKey({ entity }: Asked, alias: string): string | null {
  const [key, ...more] = entity.columns.filter(({ primary }) => primary);
  return key && more.length === 0 ? `COUNT(DISTINCT ${alias}.${key.property})` : null;
}

interface Grouped {
  readonly measure: Measure;
  readonly rowKey: RowKey;
  readonly counted: string;
}

/** The builder with the keys' condition, and grouped: broken as it is written, or a call a line. */
function groupedText(asked: Asked, found: BuilderKey, { measure, rowKey, counted }: Grouped, keys: string): string {
  const { source, loop, call } = asked;
  const { text, tree } = source;
  const { indent, newline } = detectStyle(source);
  const { alias, calls } = found.builder;
  const start = call.getStart(tree);
  const [from, to] = [indentAt(text, start), indentAt(text, loop.statement.getStart(tree))];
  const dot = call.expression.expression.end;
  const condition = conditionChange(source, found, rowKey, keys);
  const grouped = groupedCalls(asked, { measure, rowKey, alias, expression: counted });
  const isBroken = /^\s*\n/.test(text.slice(dot, call.expression.name.getStart(tree)));
  if (isBroken) {
    const deeper = indentAt(text, call.expression.name.getStart(tree)).slice(from.length);
    return [movedLines(changedText(source, [condition], start, dot), from, to), ...grouped].join(newline + to + deeper);
  }
  const chain = calls.filter((each) => each !== call).reverse();
  const written = (each: MethodCall): string =>
    changedText(source, each === found.where ? [condition] : [], each.expression.expression.end, each.end).trim();
  const root = chain[0]?.expression.expression.getText(tree) ?? '';
  return [root, ...chain.map(written), ...grouped].map((line) => movedLines(line, from, to + indent)).join(newline + to + indent);
}

/** `{ bookId: In(…) }` in the place of the key's condition. */
function conditionChange({ tree }: SourceText, { where }: BuilderKey, { path }: RowKey, keys: string): Change {
  const [first] = where.arguments;
  return { start: first?.getStart(tree) ?? where.end, end: where.arguments.at(-1)?.end ?? where.end, newText: `{ ${path}: In(${keys}) }` };
}
