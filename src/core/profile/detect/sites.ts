import { graphPath } from '../../model/graphPath';
import type { CallStack } from '../evidence';
import type { SourceLine } from '../ignoreComments';
import type { Site } from '../queryProfile';
import type { LoopPattern } from './judging';
import type { FoundParent } from './parents';
import { pathInPackage } from '../packageOf';
import { functionHead, isBehind, loopHead, mayBeLoop } from '../sourceLoop';
import type { SiteFrame } from '../../../protocol/probe';

/**
 * The line of the loop. The query itself may stand in a helper that the loop calls: then the frame in the function that also made the
 * parent's call is the loop's, and `via` is the helper's line (case B12). Callbacks (`map(async (order) => …)`) have no name of their own and
 * count as part of the function around them. Where the source shows no loop at that frame, the helper that was handed the rows may hold it.
 */
export function loopSite(
  stack: CallStack | null,
  parent: CallStack | null,
  sourceLine: SourceLine | undefined,
): { readonly site: Site | null; readonly via: Site | null } {
  if (stack === null) return { site: null, via: null };
  if (parent === null) return inner(stack);
  const shared = sharedFrame(stack, parent, sourceLine);
  const at = loopWithin(stack.frames, innermostCallback(stack.frames, shared), parent, sourceLine);
  const frame = stack.frames[at];
  return at <= 0 || frame === undefined ? inner(stack) : { site: toSite(frame), via: stack.site };
}

/**
 * The same for queries whose keys `parent` gave. What TypeORM calls back for each row has no loop of the user's around it: its line is the listener's.
 * Neither has what GraphQL calls: its line is the resolver's. Nor is one around what calls itself for the next row. Keys that no query gave (a request's, a file's) are gone through where the source shows it.
 */
export function loopSiteBelow(
  pattern: LoopPattern,
  parent: FoundParent | null,
  sourceLine: SourceLine | undefined,
): { readonly site: Site | null; readonly via: Site | null } {
  const { stack } = pattern;
  const from = parent?.callsBack ? null : (parent?.call.stack ?? null);
  if (stack !== null && parent === null) return innermostLoop(stack, sourceLine);
  if (stack === null || from === null || !isAskedByResolver(pattern, sourceLine) || sharedFrame(stack, from, sourceLine) !== -1) {
    const found = loopSite(stack, from, sourceLine);
    if (stack === null || sourceLine === undefined || found.via === null || mayBeLoop(found.site, sourceLine)) return found;
    const turn = pattern.parts.map((part) => turnOfRecursion(part.stack, sourceLine)).find((frame) => frame !== null);
    if (turn) return turn.line === stack.site.line && turn.file === stack.frames[0]?.file ? inner(stack) : { site: toSite(turn), via: stack.site };
    return pattern.parts.some((part) => goesOnByItself(part.stack, sourceLine)) ? inner(stack) : found;
  }
  const resolver = stack.frames.findLast((frame) => !isMiddleware(frame, sourceLine));
  return resolver === undefined || resolver === stack.frames[0] ? inner(stack) : { site: toSite(resolver), via: stack.site };
}

/** What type-graphql (`await next()`) and graphql-middleware (`await resolve(root, args, ctx, info)`) call around a field's resolver. */
const CALLS_RESOLVER = /^(?:next\(\)|resolve\([^()]*,[^()]*\))/;

function isMiddleware(frame: SiteFrame, sourceLine: SourceLine | undefined): boolean {
  const { file, line, column } = toSite(frame);
  return CALLS_RESOLVER.test((sourceLine?.(file, line) ?? '').slice(column - 1));
}

/**
 * Whether a GraphQL library asks for one row after the other, by calling a field's resolver for each: no frame stands in a loop of the app's, as the
 * batch function of a data loader may.
 */
export function isAskedByResolver({ stack, samples }: LoopPattern, sourceLine: SourceLine | undefined): boolean {
  return samples[0]?.operation?.scope.kind === 'graphql' && standsInNoLoop(stack, sourceLine);
}

/** Whether the source can be read at every frame, and shows a loop at none. */
export function standsInNoLoop(stack: CallStack | null, sourceLine: SourceLine | undefined): boolean {
  if (stack === null || sourceLine === undefined) return false;
  return stack.frames.map(toSite).every((site) => sourceLine(site.file, site.line) !== null && !mayBeLoop(site, sourceLine));
}

/** The innermost frame of a function that also made the parent's call; -1 where there is none. */
function sharedFrame(stack: CallStack, parent: CallStack, sourceLine: SourceLine | undefined): number {
  const { frames } = stack;
  return frames.findIndex(
    (frame, i) =>
      !(i === 1 && goesOnByItself(stack, sourceLine)) &&
      (isCallbackBehind(frame, parent) ||
        parent.frames.some((other, j) => isSameFunction(frame, other) && !areCallsApart(frames[i + 1], parent.frames[j + 1]))),
  );
}

/**
 * How many functions lie between a query and the innermost one that also made the other call; infinite where none is known to. Of two parts of a request
 * that have read the same rows, at once or one after the other, a loop belongs to the one whose function it stands in.
 */
export function distanceTo(stack: CallStack | null, other: CallStack | null, sourceLine: SourceLine | undefined): number {
  if (stack === null || other === null) return Infinity;
  const headOf = (frame: SiteFrame): number | null => functionHead(toSite(frame), sourceLine);
  const isOne = (frame: SiteFrame, one: SiteFrame): boolean =>
    isSameFunction(frame, one) && (frame.function !== null || (headOf(frame) !== null && headOf(frame) === headOf(one)));
  const at = stack.frames.findIndex((frame, i) =>
    other.frames.some((one, j) => isOne(frame, one) && !areCallsApart(stack.frames[i + 1], other.frames[j + 1])),
  );
  return at === -1 ? Infinity : at;
}

/** Whether it was called from the callback behind the same call's answer: the next turn of a loop that calls itself (`next()`, a stream's `callback()`). */
export function goesOnByItself(stack: CallStack | null, sourceLine: SourceLine | undefined): boolean {
  const [leaf, caller] = stack?.frames ?? [];
  return (
    leaf !== undefined && caller !== undefined && !caller.async && caller.function === null && isBehind(toSite(caller), toSite(leaf), sourceLine)
  );
}

/** The innermost frame of a function that calls itself for the next row; null where the source shows none. Its turns are the loop, wherever the first one is asked for. */
function turnOfRecursion(stack: CallStack | null, sourceLine: SourceLine): SiteFrame | null {
  if (!stack?.recursion) return null;
  const { frame, from } = stack.recursion;
  const name = from.function?.split(/[ .]/).at(-1) ?? '';
  return name !== '' && sourceLine(graphPath(from.file), from.line)?.includes(`${name}(`) ? frame : null;
}

/**
 * Whether a function was called from two places: once for the rows and once more for each of them (a helper of all queries, or methods of one name in
 * one file). Behind an await, the caller's place is that of its await: only places of one kind are compared.
 */
function areCallsApart(caller: SiteFrame | undefined, other: SiteFrame | undefined): boolean {
  if (caller === undefined || other === undefined || caller.async !== other.async) return false;
  return caller.file !== other.file || caller.line !== other.line || caller.column !== other.column;
}

/** The innermost frame that stands in a loop; the query's own line where the source shows none. */
function innermostLoop(stack: CallStack, sourceLine: SourceLine | undefined): { readonly site: Site | null; readonly via: Site | null } {
  const { frames } = stack;
  const at = frames.findIndex((frame, i) => mayBeLoop(toSite(frame), sourceLine, frames[i - 1]?.function));
  const frame = frames[at];
  return at <= 0 || frame === undefined ? inner(stack) : { site: toSite(frame), via: stack.site };
}

function inner({ site }: CallStack): { readonly site: Site; readonly via: null } {
  return { site, via: null };
}

/** The outermost frame from `from` inwards that stands in a loop which the parent's call is not part of; `from` itself where the source shows none. */
function loopWithin(frames: readonly SiteFrame[], from: number, parent: CallStack, sourceLine: SourceLine | undefined): number {
  for (let at = from; at >= 0; at--) {
    const frame = frames[at];
    if (frame && mayBeLoop(toSite(frame), sourceLine) && !sharesLoop(frame, parent, sourceLine)) return at;
  }
  // Both came by one call (`scope('import', run)`): the loop is within it.
  return from > 0 && cameBySameCall(frames[from], parent) ? innermostCallback(frames, from - 1) : from;
}

/** A page is read and handed to a helper, within one `while`: the loop over its rows is the helper's. */
function sharesLoop(frame: SiteFrame, parent: CallStack, sourceLine: SourceLine | undefined): boolean {
  const head = loopHead(toSite(frame), sourceLine);
  if (head === null) return false;
  return parent.frames.some(
    (other) => isSameFunction(frame, other) && other.line > head.line && loopHead(toSite(other), sourceLine)?.line === head.line,
  );
}

function cameBySameCall(frame: SiteFrame | undefined, { frames: [, ...callers] }: CallStack): boolean {
  return (
    frame !== undefined && callers.some((caller) => caller.file === frame.file && caller.function === frame.function && caller.line === frame.line)
  );
}

/** A callback below the parent's call: behind an await, its stack no longer names the function that it stands in (a reduce that waits for its turns). */
function isCallbackBehind(frame: SiteFrame, { site }: CallStack): boolean {
  return site !== null && frame.function === null && graphPath(frame.file) === site.file && frame.line >= site.line;
}

function isSameFunction(frame: SiteFrame, other: SiteFrame): boolean {
  // Anonymous functions are told apart by nothing but their place: only a later line of the same file can be the same one.
  return frame.file === other.file && frame.function === other.function && (frame.function !== null || frame.line >= other.line);
}

function innermostCallback(frames: readonly SiteFrame[], from: number): number {
  let at = from;
  while (at > 0 && frames[at - 1]?.function === null && frames[at - 1]?.file === frames[at]?.file) at--;
  return at;
}

export function toSite(frame: SiteFrame): Site {
  return { file: graphPath(frame.file), line: frame.line, column: frame.column, function: frame.function };
}

/** `src/authors.ts:10`, from the app's folder; `@acme/core/dist/authors.js:10` or `@acme/core/…/authors.js:10` in a package. */
export function placeOf(site: Site | null, root: string): string | null {
  if (site === null) return null;
  const { file, line } = site;
  return `${shortPathInPackage(file) ?? (file.startsWith(root) ? file.slice(root.length) : file)}:${line}`;
}

/** Nobody knows a package by its folders: two and more of them give way. The finding's `site` has them all. */
function shortPathInPackage(file: string): string | null {
  return pathInPackage(file)?.replace(/^((?:@[^\\/]+\/[^\\/]+|[^@\\/][^\\/]*)[\\/])(?:[^\\/]+[\\/]){2,}/, '$1…/') ?? null;
}
