import type { SiteFrame } from '../../../protocol/probe';
import { plainAdvice } from '../advise/plainAdvice';
import type { Call, QueryRecord } from '../evidence';
import type { Site } from '../queryProfile';
import { isCreateApi } from './apis';
import { isTakenBackBetween } from './attempts';
import { factsOf, hasUnknownValues, type Detector, type Draft, type Judging } from './judging';
import { signatureOf } from './keys';
import { describeParent } from './parentOf';
import { placeOf, toSite } from './sites';
import { counted, times } from './words';

/** A busy machine pauses anything for a while: what was asked only twice has to have waited so many times as long. */
const SINGLE_PAUSE = 5;

interface Occurrence {
  readonly query: QueryRecord;
  readonly call: Call;
}

/** Exactly the same question asked again, with nothing written in between. */
export const duplicateQuery: Detector = (judging) => {
  const bySites = new Map<string, Occurrence[][]>();
  for (const repeats of repeatsOf(judging)) {
    const key = [repeats[0]?.query.shape, ...new Set(repeats.map(({ call }) => judging.patternOf(call)?.key ?? ''))].join('\n');
    const group = bySites.get(key);
    if (group) group.push(repeats);
    else bySites.set(key, [repeats]);
  }
  return [...bySites].map(([key, groups]) => draftOf(judging, key, groups));
};

function repeatsOf(judging: Judging): Occurrence[][] {
  const bySignature = new Map<string, Occurrence[]>();
  for (const call of judging.evidence.calls) {
    if (isCreateApi(call.operation?.api ?? '')) continue;
    // What a call asks first is its question; the same count or the same children may belong to another page (case X19).
    for (const query of call.queries.slice(0, 1)) {
      if (query.kind !== 'select' || query.error !== null || hasUnknownValues(judging, query)) continue;
      // Two relations to one target may load the same row: that is two questions (case D9). So are those to two databases (case J9).
      const { operation } = call;
      const question = `${query.source?.process}.${query.source?.event.source}\n${signatureOf(query)}\n${operation?.api === 'lazy' ? `${operation.entity}.${operation.relation}` : ''}`;
      const known = bySignature.get(question);
      if (known === undefined) bySignature.set(question, [{ query, call }]);
      else if (known.at(-1)?.call !== call) known.push({ query, call });
    }
  }
  return [...bySignature.values()].flatMap((occurrences) => unbroken(judging, occurrences)).filter((repeats) => isWorthAWord(judging, repeats));
}

/** The longest run of occurrences with no write to their tables in between (case I3). */
function unbroken(judging: Judging, occurrences: readonly Occurrence[]): Occurrence[][] {
  if (occurrences.length < 2) return [];
  const [first] = occurrences as [Occurrence];
  const facts = factsOf(judging, first.query);
  if (facts.locking) return [];
  const tables = new Set(facts.tables.map(({ table }) => table.toLowerCase()));
  const writes = judging.evidence.writes.filter((write) => tables.has(factsOf(judging, write).tables[0]?.table.toLowerCase() ?? ''));
  const runs: Occurrence[][] = [[]];
  for (const [index, occurrence] of occurrences.entries()) {
    const before = occurrences[index - 1]?.query;
    if (before && isNewQuestion(judging, writes, before.startMs, occurrence.query.startMs)) runs.push([]);
    (runs.at(-1) as Occurrence[]).push(occurrence);
  }
  return runs.filter(({ length }) => length >= 2).slice(0, 1);
}

/** The rows may be others than before, or the first attempt was taken back. */
function isNewQuestion(judging: Judging, writes: readonly QueryRecord[], fromMs: number, toMs: number): boolean {
  return writes.some(({ startMs }) => startMs >= fromMs && startMs <= toMs) || isTakenBackBetween(judging, fromMs, toMs);
}

/** Repeats inside one N+1 are part of it; the same rows reached by two of them are worth a word (case D8). */
function isWorthAWord(judging: Judging, repeats: readonly Occurrence[]): boolean {
  const patterns = new Set(repeats.map(({ call }) => judging.patternOf(call)));
  return patterns.size > 1 || !repeats.every(({ call }) => isCovered(judging, call));
}

function draftOf(judging: Judging, key: string, groups: readonly (readonly Occurrence[])[]): Draft {
  const all = groups.flat();
  const [first] = groups[0] as readonly [Occurrence];
  const sites = sitesOf(judging, all);
  const places = sites.map((site) => placeOf(site, judging.root)).filter((place) => place !== null);
  const redundant = all.length - groups.length;
  const touchesCovered = all.some(({ call }) => isCovered(judging, call));
  const subject = first.call.operation?.entity ?? null;
  return {
    key: `duplicate|${key}`,
    kind: 'duplicate-query',
    severity: touchesCovered || groups.every((repeats) => isPolling(judging, repeats)) ? 'info' : 'warning',
    entity: subject,
    relation: first.call.operation?.relation ?? null,
    count: all.length,
    rows: sum(all, ({ rows }) => rows),
    dbTimeMs: sum(all, ({ durationMs }) => durationMs),
    site: sites.at(-1) ?? null,
    parent: describeParent(first.call, true),
    advice: plainAdvice('hoist', judging.scope.count - redundant, 'Ask once and hand the result on, or keep it for the length of the request.'),
    message: `The same ${subject === null ? 'query' : `${subject} query`} with the same values ran ${groups.length === 1 ? times(all.length) : `${counted(all.length, 'time')} for ${counted(groups.length, 'question')}`}${places.length === 0 ? '' : `, at ${listed(places)}`}; nothing was written in between.`,
    pattern: judging.patternOf(first.call) ?? null,
    loading: null,
  };
}

function isCovered(judging: Judging, call: Call): boolean {
  const pattern = judging.patternOf(call);
  return pattern !== undefined && judging.covered.has(pattern);
}

/** Where the question was asked; two callers of one helper are told apart by the frame in which they differ. */
function sitesOf(judging: Judging, all: readonly Occurrence[]): Site[] {
  const stacks = [...new Map(all.map(({ call }) => [judging.patternOf(call), call.stack])).values()].filter((stack) => stack !== null);
  const [first] = stacks;
  if (first === undefined) return [];
  const differing = first.frames.findIndex((frame, index) => stacks.some(({ frames }) => !isSamePlace(frame, frames[index])));
  return stacks.map(({ frames, site }) => {
    const frame = frames[Math.max(0, differing)];
    return frame === undefined ? site : toSite(frame);
  });
}

function isSamePlace(a: SiteFrame, b: SiteFrame | undefined): boolean {
  return b !== undefined && a.file === b.file && a.line === b.line && a.column === b.column;
}

function isPolling(judging: Judging, repeats: readonly Occurrence[]): boolean {
  if (new Set(repeats.map(({ call }) => judging.patternOf(call))).size > 1) return false;
  const gaps = repeats.slice(1).map(({ query }, index) => {
    const before = (repeats[index] as Occurrence).query;
    return query.startMs - (before.startMs + before.durationMs);
  });
  const least = judging.thresholds.pollingMs * (gaps.length === 1 ? SINGLE_PAUSE : 1);
  return gaps.every((gap) => gap >= least);
}

function sum(all: readonly Occurrence[], of: (query: QueryRecord) => number): number {
  return all.reduce((total, { query }) => total + of(query), 0);
}

function listed(places: readonly string[]): string {
  return places.length > 3 ? `${places.slice(0, 3).join(', ')} and ${places.length - 3} more places` : places.join(' and ');
}
