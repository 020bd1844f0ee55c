/**
 * Most of the price of a long stack is in its frames behind the first await. Where calls of one kind have come from one stack several times
 * in a row within a request, the next ones are compared with it by the frames before that await only: the line that calls is always
 * looked at, and what stands behind an await is looked at again with every eighth call.
 */
import { isStackOf, MAX_DEPTH, siteOfStack, takeStack, type CapturedSite, type Stack } from './callSite';
import type { OperationStart } from './context';

const SETTLED_AFTER = 8;
const LOOK_EVERY = 8;

/** How stacks are taken and read. */
export interface StackReader {
  takeStack(below: object, depth: number): Stack;
  siteOfStack(stack: Stack): CapturedSite | undefined;
  isStackOf(site: CapturedSite, stack: Stack): boolean;
}

/** A call whose stack was taken. */
export interface Look {
  readonly streak: SiteStreak;
  /** The method that was called; the stack begins with its caller. */
  readonly below: object;
  readonly stack: Stack;
  readonly depth: number;
}

export class SiteStreak {
  private below: object | undefined;
  private start: OperationStart | undefined;
  private site: CapturedSite | undefined;
  private length = 0;

  constructor(private readonly stacks: StackReader = { takeStack, siteOfStack, isStackOf }) {}

  /** Takes as much of the stack of a call of the method `below` as is needed to tell its site, as far as that is known by now. */
  look(below: object): Look {
    const depth = this.depthOf(below);
    return { streak: this, below, stack: this.stacks.takeStack(below, depth), depth };
  }

  /** The site of a call that was looked at just before. */
  siteOf(start: OperationStart, { below, stack, depth }: Look): CapturedSite | undefined {
    const { site } = this;
    const isSame = this.start !== undefined && isSameCall(this.start, start);
    this.below = below;
    this.start = start;
    this.length = isSame ? this.length + 1 : 1;
    if (depth < MAX_DEPTH && isSame && site && this.stacks.isStackOf(site, stack)) return site;
    this.site = this.stacks.siteOfStack(depth < MAX_DEPTH ? this.stacks.takeStack(below, MAX_DEPTH) : stack);
    if (this.site !== site) this.length = 1;
    return this.site;
  }

  private depthOf(below: object): number {
    const { site, length } = this;
    if (site === undefined || below !== this.below || length < SETTLED_AFTER || (length + 1) % LOOK_EVERY === 0) return MAX_DEPTH;
    return site.syncCount > 0 ? site.syncDepth : MAX_DEPTH;
  }
}

function isSameCall(one: OperationStart, other: OperationStart): boolean {
  return one.api === other.api && one.entity === other.entity && one.relation === other.relation && one.source === other.source;
}
