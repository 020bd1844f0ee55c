/**
 * Code for targets before ES2017 has no async functions: TypeScript makes each a generator within `__awaiter`, a helper that it writes into the
 * file. One function of the source then stands in a stack as several frames, innermost first:
 *
 *     service.ts:68                          the generator, without a name
 *     (step, and one without a name: ES5)
 *     service.js:8                           the helper
 *     service.js:4    __awaiter
 *     service.ts:75   populateOne            the function, where it begins
 *
 * and behind an await the helper's `fulfilled` instead of the last three.
 */
import type { SiteFrame } from '../../protocol/probe';

const BEGUN = /^n(?:sn)?nA./;
const RESUMED = /^n(?:sn)?f$/;

/** The stack as the source has it: one frame for a function, with the generator's line and the function's name. */
export function foldAwaiter(frames: readonly SiteFrame[]): readonly SiteFrame[] {
  if (!frames.some(({ function: name }) => name === '__awaiter' || isResumption(name))) return frames;
  const roles = frames.map(roleOf).join('');
  const folded: SiteFrame[] = [];
  for (let at = 0; at < frames.length;) {
    const frame = frames[at] as SiteFrame;
    const rest = roles.slice(at);
    const length = BEGUN.exec(rest)?.[0].length ?? RESUMED.exec(rest)?.[0].length ?? 1;
    const outer = frames[at + length - 1];
    folded.push(length === 1 || isResumption(outer?.function) ? frame : { ...frame, function: outer?.function ?? null });
    at += length;
  }
  return folded;
}

/** One letter for each frame, so that a run of them is matched as a word. */
function roleOf({ function: name }: SiteFrame): string {
  if (name === null) return 'n';
  if (name === '__awaiter') return 'A';
  if (name === 'step') return 's';
  return isResumption(name) ? 'f' : 'o';
}

function isResumption(name: string | null | undefined): boolean {
  return name === 'fulfilled' || name === 'rejected';
}
