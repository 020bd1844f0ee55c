import { graphPath } from '../../model/graphPath';
import type { CallStack } from '../evidence';
import type { Site } from '../queryProfile';
import type { LoopPattern } from './judging';
import type { FoundParent } from './parents';
import type { SiteFrame } from '../../../protocol/probe';

/**
 * The line of the loop. The query itself may stand in a helper that the loop calls: then the frame in the function that also made the
 * parent's call is the loop's, and `via` is the helper's line (case B12). Callbacks (`map(async (order) => …)`) have no name of their own and
 * count as part of the function around them.
 */
export function loopSite(stack: CallStack | null, parent: CallStack | null): { readonly site: Site | null; readonly via: Site | null } {
  if (stack === null) return { site: null, via: null };
  const inner = { site: stack.site, via: null };
  if (parent === null) return inner;
  const shared = stack.frames.findIndex((frame) => isCallbackBehind(frame, parent) || parent.frames.some((other) => isSameFunction(frame, other)));
  const at = innermostCallback(stack.frames, shared);
  const frame = stack.frames[at];
  return at <= 0 || frame === undefined ? inner : { site: toSite(frame), via: stack.site };
}

/** The same for queries whose keys `parent` gave. What TypeORM calls back for each row has no loop of the user's around it: its line is the listener's. */
export function loopSiteBelow({ stack }: LoopPattern, parent: FoundParent | null): { readonly site: Site | null; readonly via: Site | null } {
  return loopSite(stack, parent?.callsBack ? null : (parent?.call.stack ?? null));
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

/** `src/authors.ts:10`, from the app's folder. */
export function placeOf(site: Site | null, root: string): string | null {
  if (site === null) return null;
  return `${site.file.startsWith(root) ? site.file.slice(root.length) : site.file}:${site.line}`;
}
