import { isWriteApi } from './apis';
import type { Judging, LoopPattern } from './judging';

/** The writes within each of which a pattern ran: a subscriber or listener asks for every row that is written. Null for code of its own. */
export function enclosingWrites(judging: Judging, { samples }: LoopPattern): LoopPattern | null {
  const outer = samples.map(({ operation }) => operation?.parent?.call);
  const first = outer[0] && judging.patternOf(outer[0]);
  if (first === undefined || !isWriteApi(first.api) || new Set(outer).size < samples.length) return null;
  return outer.every((call) => call !== undefined && judging.patternOf(call) === first) ? first : null;
}
