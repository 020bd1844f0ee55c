/** What a call in a loop asks, by the method that it calls: for rows or for a number, by find options or by a query builder. */
import { aggregateQuestion, AGGREGATES, isAggregate } from './aggregateQuestion';
import { BUILDER_NUMBERS, builderNumber, isBuilderNumber } from './builderNumber';
import { builderQuestion, isBuilderCall } from './builderQuestion';
import type { MethodCall } from './findCall';
import { findQuestion } from './findQuestion';
import type { Declined } from './loadRelations';
import { LOOKUP_METHODS } from './loopLookup';
import type { Asked, LoopQuestion } from './loopQuestion';
import { isRawLookup, RAW_LOOKUPS, rawQuestion } from './rawQuestion';
import { ROWS_AND_COUNT } from './rowsAndCount';

/** Methods that can be asked for all keys instead. */
export const LOOKUPS: ReadonlySet<string> = new Set([
  ...LOOKUP_METHODS,
  ...AGGREGATES,
  ...BUILDER_NUMBERS,
  ...RAW_LOOKUPS,
  ...ROWS_AND_COUNT,
  'getMany',
  'getOne',
]);

export function questionOf(asked: Asked): LoopQuestion | Declined {
  const { call } = asked;
  if (isAggregate(call)) return aggregateQuestion(asked);
  if (isBuilderNumber(call)) return builderNumber(asked);
  if (isRawLookup(call)) return rawQuestion(asked);
  return isBuilderCall(call) ? builderQuestion(asked) : findQuestion(asked);
}

/** Whether the call asks for a number, or whether there are rows, rather than for rows. */
export function asksForNumber(call: MethodCall): boolean {
  return isAggregate(call) || isBuilderNumber(call);
}
