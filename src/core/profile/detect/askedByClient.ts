/**
 * Calls that the client asks for one by one in a single request (a procedure six times in one batch of tRPC, a field under six aliases in one GraphQL
 * operation): what answers each of them is right, and nothing in the app loops.
 */
import { plainAdvice } from '../advise/plainAdvice';
import type { Advice } from '../queryProfile';
import type { Judging, LoopPattern } from './judging';
import type { VaryingKey } from './keys';
import type { FoundParent } from './parents';
import { standsInNoLoop } from './sites';
import { times } from './words';

export interface AskedByClient {
  /** Procedures or fields, any of which it may be. */
  readonly names: readonly string[];
  readonly times: number;
}

/**
 * Null unless one was asked for exactly as often as the pattern's line was called, and no frame of it stands in a loop: a loop within an answer
 * calls more often, or shows in the source.
 */
export function askedByClient({ scope, sourceLine }: Judging, { calls, parts }: LoopPattern): AskedByClient | null {
  const names = Object.entries(scope.asked ?? {}).flatMap(([name, count]) => (count === calls ? [name] : []));
  return names.length > 0 && parts.every(({ stack }) => standsInNoLoop(stack, sourceLine)) ? { names, times: calls } : null;
}

/**
 * The same for reads whose keys a query is known to have given. Procedures of a batch know nothing of each other, so there it is the client that knew
 * the keys. GraphQL calls a field's resolver for one row of a list after the other, which is no less of an N+1 beside a field that happens to be asked for as often.
 */
export function readsAskedByClient(judging: Judging, pattern: LoopPattern, key: VaryingKey, parent: FoundParent | null): AskedByClient | null {
  const mayBeList = judging.scope.kind === 'graphql' && parent !== null && (parent.calls.length < pattern.calls || isInList(judging, pattern, key));
  return mayBeList ? null : askedByClient(judging, pattern);
}

/** Whether one query of another line returned several of the keys. */
function isInList({ evidence, patternOf }: Judging, pattern: LoopPattern, { distinct }: VaryingKey): boolean {
  const hasSeveral = (values: readonly string[]): boolean => new Set(values.filter((value) => distinct.has(value))).size > 1;
  return evidence.results.some(({ call, values }) => patternOf(call) !== pattern && [...values.values()].some(hasSeveral));
}

/** `once for each time that the request asks for author.get` */
export function forClient({ names }: AskedByClient): string {
  return `once for each time that the request asks for ${quoted(names)}`;
}

export function adviseClientReads({ scope }: Judging, pattern: LoopPattern, asked: AskedByClient): Advice {
  const another = scope.kind === 'graphql' ? 'a field' : 'a procedure';
  return {
    ...plainAdvice(
      'batch-in',
      scope.count - pattern.count + Math.round(pattern.count / Math.max(1, pattern.calls)),
      `One request asks for ${quoted(asked.names)} ${times(asked.times)}: let a DataLoader (one for each request) collect the keys, or let clients ask once, by ${another} that takes a list of them.`,
    ),
    currentQueryCount: scope.count,
    whyNot: 'No loop of the app asks for them: the DataLoader that does for all of them has to be written by hand.',
  };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(' or ');
}
