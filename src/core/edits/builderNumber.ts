/**
 * `repo.createQueryBuilder('r').where('r.bookId = :id', { id: book.id }).getCount()` in a loop → the same builder, grouped by the key:
 *
 *     repo.createQueryBuilder('r').where({ bookId: In(…) })
 *       .select('r.bookId', 'bookId').addSelect('COUNT(*)', 'count').groupBy('r.bookId').getRawMany<…>();
 *
 * `getCount()` counts different rows, however often joins repeat them (SelectQueryBuilder.executeCountQuery): so does the grouped query.
 */
import { groupedCalls, whyNotGrouped } from './aggregateQuestion';
import { builderKey, fixedOfBuilder } from './builderKey';
import { keyedBuilderText } from './builderText';
import type { MethodCall } from './findCall';
import { declined, type Declined } from './loadRelations';
import type { Asked, LoopQuestion, Measure } from './loopQuestion';
import { asCompared, rowKeyOf } from './rowKey';

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
    query: (keys) => {
      const grouped = groupedCalls(asked, { measure, rowKey, alias: builder.alias, expression: counted });
      return keyedBuilderText(asked, found, grouped, { path: rowKey.path, keys });
    },
  };
  return asCompared(question, column, request);
}

/** `COUNT(DISTINCT r.id)`; null where the key has several columns. */
function ownKey({ entity }: Asked, alias: string): string | null {
  const [key, ...more] = entity.columns.filter(({ primary }) => primary);
  return key && more.length === 0 ? `COUNT(DISTINCT ${alias}.${key.property})` : null;
}
